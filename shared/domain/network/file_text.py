"""The text of a network file with other settings: its order and its comments stay where they can."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any, NamedTuple

Place = tuple[str, int]  # the name of a table, and which of the tables with that name
_HEADER = re.compile(r"^[ \t]*\[+[ \t]*([^\]#]+?)[ \t]*\]", re.MULTILINE)
_KEY = re.compile(r"[ \t]*([A-Za-z0-9_-]+)[ \t]*=")


class _Block(NamedTuple):
    """A part of the text: the lines of one table, its header included."""

    place: Place
    lines: list[str]


def file_text(toml: str, file: Mapping[str, Any]) -> str:
    """Return the text of a network file in which the settings are those of `file`.

    Lines of settings that stay are left alone. A layout that these rules do not fit is written anew.
    """
    edited = _edited(toml, file)
    try:
        is_right = tomllib.loads(edited) == file
    except tomllib.TOMLDecodeError:
        is_right = False
    return edited if is_right else "\n\n".join(_written(*table) for table in _tables(file)) + "\n"


def _edited(toml: str, file: Mapping[str, Any]) -> str:
    before, after = dict(_tables(tomllib.loads(toml))), dict(_tables(file))
    texts = [
        (block.place, _with_values(block, before[block.place], after[block.place]))
        for block in _blocks(toml)
        if block.place in before and block.place in after
    ]
    for place, values in after.items():
        if place not in before:
            alike = [index for index, (other, _) in enumerate(texts) if other[0] == place[0]]
            index = alike[-1] + 1 if alike else len(texts)
            texts[index - 1] = (texts[index - 1][0], f"{texts[index - 1][1].rstrip()}\n\n")
            texts.insert(index, (place, f"{_written(place, values)}\n\n"))
    return "".join(text for _, text in texts).rstrip() + "\n"


def _tables(
    table: Mapping[str, Any], name: str = "", number: int = 0
) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Yield each table of a file with the values that it has itself."""
    inner = {key: value for key, value in table.items() if _is_table(value)}
    yield (name, number), {key: value for key, value in table.items() if key not in inner}
    for key, value in inner.items():
        for index, each in enumerate(value if isinstance(value, list) else [value]):
            yield from _tables(each, f"{name}.{key}".lstrip("."), index)


def _is_table(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(v, dict) for v in value))


def _blocks(toml: str) -> Iterator[_Block]:
    starts = [0, *(match.start() for match in _HEADER.finditer(toml)), len(toml)]
    counts: dict[str, int] = {}
    for start, end in pairwise(starts):
        text = toml[start:end]
        header = _HEADER.match(text)
        name = header[1].strip("[] \t") if header else ""
        counts[name] = counts.get(name, -1) + 1
        yield _Block((name, counts[name]), text.splitlines(keepends=True))


def _with_values(block: _Block, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Return a table's text with its values changed; new ones come after the last."""
    lines, last = list[str](), 0
    for line in block.lines:
        key = match[1] if (match := _KEY.match(line)) else ""
        if key in before:
            last = len(lines) + 1
            if key not in after:
                last -= 1
                continue
            if after[key] != before[key]:
                line = _line(key, after[key])
        lines.append(line)
    if block.lines and _HEADER.match(block.lines[0]):
        last = max(last, 1)
    new = [_line(key, value) for key, value in after.items() if key not in before]
    if new and last and not lines[last - 1].endswith("\n"):
        lines[last - 1] += "\n"
    return "".join((*lines[:last], *new, *lines[last:]))


def _written(place: Place, values: Mapping[str, Any]) -> str:
    name = place[0]
    is_repeated = name in ("sessions", "form.questions")
    header = (f"[[{name}]]\n" if is_repeated else f"[{name}]\n") if name else ""
    return (header + "".join(_line(key, value) for key, value in values.items())).rstrip()


def _line(key: str, value: object) -> str:
    bare = key if re.fullmatch("[A-Za-z0-9_-]+", key) else _value(key)
    return f"{bare} = {_value(value)}\n"


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case datetime() | date() | time():
            return value.isoformat()
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case list():
            return f"[{', '.join(map(_value, value))}]"
        case _:
            return str(value)
