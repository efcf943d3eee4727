"""Arrays as PHP's `serialize` writes them: WordPress plugins put the rows of a list field into a text so."""

import re
from typing import Any

_SCALAR = re.compile(r"(?:i:(-?\d+)|b:([01])|d:([-\d.eE]+)|(N));")
_ARRAY, _STRING = re.compile(r"a:(\d{1,3}):\{"), re.compile(r's:(\d{1,6}):"')
_DEEPEST = 6


def unserialise(text: str) -> Any:
    """Return the arrays and texts of a serialised value; raise `ValueError` for anything else."""
    raw = text.encode()
    value, end = _value(raw, 0, 0)
    if raw[end:].strip():
        raise ValueError("something stands behind the value")
    return value


def _value(raw: bytes, at: int, depth: int) -> tuple[Any, int]:
    head = raw[at : at + 40].decode("ascii", "replace")
    if array := _ARRAY.match(head):
        return _array(raw, at + array.end(), int(array[1]), depth)
    if string := _STRING.match(head):
        start = at + string.end()
        end = start + int(string[1])  # of bytes, not of characters
        if raw[end : end + 2] != b'";':
            raise ValueError("a text of another length")
        return raw[start:end].decode(), end + 2
    if scalar := _SCALAR.match(head):
        return scalar[1] or scalar[2] or scalar[3], at + scalar.end()
    raise ValueError("no serialised value")


def _array(raw: bytes, at: int, length: int, depth: int) -> tuple[Any, int]:
    if depth > _DEEPEST:
        raise ValueError("too deep")
    members: dict[str, Any] = {}
    for _ in range(length):
        key, at = _value(raw, at, depth + 1)
        members[str(key)], at = _value(raw, at, depth + 1)
    if raw[at : at + 1] != b"}":
        raise ValueError("an array without end")
    is_list = list(members) == [str(number) for number in range(length)]
    return (list(members.values()) if is_list else members), at + 1
