"""A body of JSON, also of a template that texts with line breaks were put in, or wrapped once too often."""

import json
import math
import re
from typing import Any

from shared.domain.form.answers import Answer
from shared.domain.form.pairs import read_document

MAX_DEPTH = 12  # of JSON within JSON; the parser recurses
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)


def read_json(text: str) -> tuple[Answer, ...]:
    """Return the answers of a document; raise `ValueError` or `RecursionError` for what is none.

    A text that is a document itself is opened: some programs write JSON into JSON.
    """
    document = _parsed(text)
    if isinstance(document, str):
        document = _parsed(document)
    if isinstance(document, str):
        raise ValueError("a text alone")
    json.dumps(document, ensure_ascii=False).encode()  # a lone surrogate is no text
    return read_document(document)


def _parsed(text: str) -> Any:
    """Parse a document; a text in it may have line breaks and tabs."""
    if _depth(text) > MAX_DEPTH:  # before parsing
        raise ValueError("too deep")
    return json.loads(
        text,
        object_pairs_hook=_object,
        parse_int=str,
        parse_float=_number,
        parse_constant=_no_constant,
        strict=False,
    )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON; a name that comes twice has all its values, so that nobody is lost."""
    once = dict(pairs)
    if len(once) == len(pairs):
        return once
    values: dict[str, dict[str, Any]] = {}  # by how each is written, so that many cost no more than few
    for name, value in pairs:
        values.setdefault(name, {}).setdefault(repr(value), value)
    several = {name: [*each.values()] for name, each in values.items()}
    return {name: each[0] if len(each) == 1 else each for name, each in several.items()}


def _depth(text: str) -> int:
    deepest = depth = 0
    for token in _TOKEN.finditer(text):
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(token[0], 0)
        deepest = max(deepest, depth)
    return deepest


def _number(text: str) -> str:
    if math.isinf(float(text)):
        raise ValueError("a number without end")
    return text


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
