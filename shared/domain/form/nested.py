"""Nested posts made flat: JSON, brackets, lists of label and value, JSON or PHP inside a text."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from shared.domain.form.answers import Answer, Path, path_of, texts_of

MAX_DEPTH = 12  # of objects and lists within each other; deeper ones are not read
_LABELS = ("label", "title", "question", "name", "key", "ref", "id")  # the most telling first
_TELLING = ("label", "title", "question")
# The first are no fields of a person: {"name": …, "email": …} is a row, not a pair of label and value.
_PLAIN_VALUES = ("value", "answer", "answers", "response", "raw_value", "text", "choice", "choices")
_VALUES = (*_PLAIN_VALUES, "email", "phone_number", "number", "boolean", "date", "url")


def read_nested_pairs(pairs: Iterable[tuple[str, str]]) -> Iterator[Answer]:
    """Yield the answers of pairs whose names write paths; a name that comes again holds several texts."""
    root: dict[str, Any] = {}
    for name, text in pairs:
        _insert(root, path_of(name), text)
    return flatten(root)


def _insert(root: dict[str, Any], path: Path, text: str) -> None:
    node = root
    for part in path[:MAX_DEPTH][:-1]:
        child = node.setdefault(part, {})
        if not isinstance(child, dict):  # "a=1&a[b]=2": both are kept
            child = node[part] = {"": child}
        node = child
    last = path[:MAX_DEPTH][-1]
    before = node.get(last)
    if isinstance(before, dict):
        node, last, before = before, "", before.get("")
    node[last] = text if before is None else [*(before if isinstance(before, list) else [before]), text]


def flatten(document: object) -> Iterator[Answer]:
    """Yield the answers of a document of objects, lists and texts, in their order."""
    return _flatten(document, (), _definitions(document), 0)


def _flatten(value: object, path: Path, defined: Mapping[str, Path], depth: int) -> Iterator[Answer]:
    if depth > MAX_DEPTH:
        return
    opened = _opened(value) if isinstance(value, str) else value
    if isinstance(opened, Mapping):
        yield from _of_object(opened, path, defined, depth)
    elif isinstance(opened, list):
        yield from _of_list(opened, path, defined, depth)
    else:
        yield from _answer((path,), opened)


def _of_object(
    value: Mapping[str, Any], path: Path, defined: Mapping[str, Path], depth: int
) -> Iterator[Answer]:
    pair = _pair(value, defined)
    if pair:
        labels, answer = pair
        own = () if not path or path[-1].isdigit() else (path,)
        paths = (*((*path[:-1], label) for label in labels), *own)
        for inner in _flatten(answer, paths[0], defined, depth + 1):
            yield inner._replace(paths=paths) if inner.paths == paths[:1] else inner
        return
    if set(value) <= {"value", "unix", "raw_value", "label", "date", "time"} and "value" in value:
        yield from _flatten(value["value"], path, defined, depth + 1)  # a field that is an object of its own
        return
    for key, inner in value.items():
        if key != "definition":  # what the questions are, not what was answered
            name = path_of(key) if key else ()
            yield from _flatten(inner, (*path, *name), defined, depth + 1)


def _of_list(values: list[Any], path: Path, defined: Mapping[str, Path], depth: int) -> Iterator[Answer]:
    if not any(isinstance(value, (Mapping, list)) for value in values):
        each = [((*path, str(number)), (value,)) for number, value in enumerate(values)]
        for place, texts in [(path, values)] if path else each:  # a row alone is a cell each
            yield from _answer((place,), *texts)
        return
    if len(values) == 1 and not path:  # a batch of one
        yield from _flatten(values[0], path, defined, depth + 1)
        return
    for number, value in enumerate(values):
        row = (*path, str(number))
        if isinstance(value, list) and not any(isinstance(cell, (Mapping, list)) for cell in value):
            for column, cell in enumerate(value):  # a row of a list of lists
                yield from _answer(((*row, str(column)),), cell)
        else:
            yield from _flatten(value, row, defined, depth + 1)


def _answer(paths: tuple[Path, ...], *values: object) -> Iterator[Answer]:
    texts = tuple(texts_of(values))
    if texts and paths[0]:
        yield Answer(paths, texts)


def _pair(value: Mapping[str, Any], defined: Mapping[str, Path]) -> tuple[Path, object] | None:
    """Return the labels and the value of an object that is an answer; None for any other object."""
    field = value.get("field")
    if isinstance(field, Mapping):  # Typeform: what is asked stands in the definition
        labels = _labels({**value, **field}, ("ref", "id", "title"))
        titles = defined.get(str(field.get("id", "")), ())
        return ((*titles, *labels), _chosen(value)) if labels else None
    labels = _labels(value, _LABELS)
    if not labels:
        return None
    telling = any(key in value for key in _TELLING)
    keys = [key for key in (_VALUES if telling else _PLAIN_VALUES) if key in value and key not in _TELLING]
    return (labels, _chosen(value, keys)) if keys else None


def _labels(value: Mapping[str, Any], keys: Iterable[str]) -> Path:
    texts = (str(value[key]).strip() for key in keys if isinstance(value.get(key), (str, int)))
    return tuple(dict.fromkeys(text for text in texts if text))


def _chosen(value: Mapping[str, Any], keys: Iterable[str] = _VALUES) -> object:
    """Return the value of an answer; a choice by its text instead of its number."""
    kind = value.get("type")
    key = kind if isinstance(kind, str) and kind in value else next((k for k in keys if k in value), "")
    answer = value.get(key)
    if isinstance(answer, Mapping):
        answer = answer.get("labels") or answer.get("label") or answer.get("other") or answer
    options = value.get("options")
    if isinstance(options, list) and answer is not None:
        texts = {str(o.get("id")): o.get("text") or o.get("label") for o in options if isinstance(o, Mapping)}
        chosen = answer if isinstance(answer, list) else [answer]
        answer = [texts.get(str(each)) or each for each in chosen]
    return answer


def _definitions(document: object) -> Mapping[str, Path]:
    """Return the titles and names of the questions that a document defines, by their ids (Typeform)."""
    definitions: dict[str, Path] = {}
    nodes = [document]
    for _ in range(3):  # the definition stands near the top
        nodes = [child for node in nodes if isinstance(node, Mapping) for child in node.values()]
        for node in nodes:
            fields = node.get("fields") if isinstance(node, Mapping) else None
            for field in fields if isinstance(fields, list) else ():
                if isinstance(field, Mapping) and "id" in field and "value" not in field:
                    definitions[str(field["id"])] = _labels(field, ("title", "ref"))
    return definitions


def _opened(text: str) -> object:
    """Return the document that a text is: JSON, or what PHP serialises, or else the text."""
    start = text.lstrip()[:2]
    with suppress(ValueError, RecursionError):
        if start[:1] in ("{", "["):
            return json.loads(text, parse_int=str, parse_float=str)
        if start == "a:":
            from shared.domain.form.php import unserialise

            return unserialise(text)
    return text
