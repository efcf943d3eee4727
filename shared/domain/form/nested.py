"""Nested posts made flat: JSON, brackets, lists of label and value, JSON or PHP inside a text."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeGuard

from shared.domain.form.answers import MAX_PARTS, Answer, Path, path_of, texts_of
from shared.domain.form.labelled import by_key, definitions_of, is_question, opened, pair_of, table_of
from shared.domain.form.names import meaning
from shared.domain.text import fold

# What a field that is an object of its own says besides its value.
_ABOUT = frozenset({"unix", "rawvalue", "label", "date", "time", "type", "fieldtype", "format", "versions"})


def read_nested_pairs(pairs: Iterable[tuple[str, str]]) -> Iterator[Answer]:
    """Yield the answers of pairs whose names write paths; a name that comes again holds several texts."""
    root: dict[str, Any] = {}
    for name, text in pairs:
        _insert(root, path_of(name), text)
    return flatten(root)


def _insert(root: dict[str, Any], path: Path, text: str) -> None:
    node = root
    for part in path[:-1]:
        child = node.setdefault(part, {})
        if not isinstance(child, dict):  # "a=1&a[b]=2": both are kept
            child = node[part] = {"": child}
        node = child
    last = path[-1]
    before = node.get(last)
    if isinstance(before, dict):
        node, last, before = before, "", before.get("")
    if isinstance(before, list):
        before.append(text)
    else:
        node[last] = text if before is None else [before, text]


def flatten(document: object) -> Iterator[Answer]:
    """Yield the answers of a document of objects, lists and texts, in their order."""
    if _is_entries(document):
        return read_nested_pairs((label, "".join(texts_of([value]))) for label, value in document)
    return _flatten(document, (), definitions_of(document), 0)


def _is_entries(document: object) -> TypeGuard[list[tuple[str, object]]]:
    """Say whether a document is a list of pairs, as a script's entries of a form are."""
    rows = document if isinstance(document, list) else []
    is_paired = all(
        isinstance(row, list)
        and len(row) == 2
        and isinstance(row[0], str)
        and not isinstance(row[1], (Mapping, list))
        for row in rows
    )
    return is_paired and any(meaning((row[0],)) for row in rows)


def _flatten(value: object, path: Path, defined: Mapping[str, Path], depth: int) -> Iterator[Answer]:
    if depth > MAX_PARTS or len(path) > MAX_PARTS:  # a name may write a path of its own
        return
    inner = opened(value) if isinstance(value, str) else value
    inner = _as_list(inner) if path and isinstance(inner, Mapping) else inner
    if isinstance(inner, Mapping):
        yield from _of_object(inner, path, defined, depth)
    elif isinstance(inner, list):
        yield from _of_list(inner, path, defined, depth)
    else:
        yield from _answer((path,), inner)


def _as_list(value: Mapping[str, Any]) -> Mapping[str, Any] | list[Any]:
    """Return the list that an object with the keys 0, 1, 2 is, unless it has rows: naam[0], naam[1]."""
    has_rows = any(isinstance(each, (Mapping, list)) and not _is_wrapped(each) for each in value.values())
    return (
        list(value.values())
        if list(value) == [str(at) for at in range(len(value))] and not has_rows
        else value
    )


def _is_wrapped(value: object) -> bool:
    return (
        isinstance(value, Mapping)
        and "value" in value
        and by_key(value).keys() <= _ABOUT - {"label"} | {"value"}
    )


def _of_object(
    value: Mapping[str, Any], path: Path, defined: Mapping[str, Path], depth: int
) -> Iterator[Answer]:
    pair = pair_of(value, defined) if path else None  # a whole post is never one answer
    if pair and (choice := _choice(value, path)):
        yield from _answer((choice[0],), choice[1])
    elif pair:
        labels, answer = pair
        own = () if path[-1].isdigit() else (path,)
        paths = (*((*path[:-1], label) for label in labels), *own)
        for inner in _flatten(answer, paths[0], defined, depth + 1):
            yield inner._replace(paths=paths) if inner.paths == paths[:1] else inner
    elif path and "value" in value:
        yield from _of_wrapped(value, path, defined, depth)
    elif table := table_of(value):
        yield from _flatten(table, path, defined, depth + 1)
    else:
        yield from _of_members(value, path, defined, depth)


def _choice(value: Mapping[str, Any], path: Path) -> tuple[Path, object] | None:
    """Return what was chosen for a field that we know: the label of a number, or an address with a label."""
    place = path[:-1] if path[-1].isdigit() else path
    means = meaning(place[-1:]) if place else None
    label, chosen = value.get("label"), value.get("value")
    if not means or not isinstance(label, str) or not isinstance(chosen, str):
        return None
    if means.field in ("email", "phone"):
        return place, chosen
    is_code = chosen.isdigit() or fold(chosen) == fold(label)
    return (place, label) if is_code and means.field in ("school", "place", "role") else None


def _of_members(
    value: Mapping[str, Any], path: Path, defined: Mapping[str, Path], depth: int
) -> Iterator[Answer]:
    for key, inner in value.items():
        if key != "definition" and not is_question(inner, defined):  # what is asked, not what was answered
            name = path_of(key) if key else ()
            place = (*path, *name)
            for answer in _flatten(inner, place, defined, depth + 1):
                titles = tuple((*path, title) for title in defined.get(key, ()) if answer.paths == (place,))
                yield answer._replace(paths=(*answer.paths, *titles))


def _of_wrapped(
    value: Mapping[str, Any], path: Path, defined: Mapping[str, Path], depth: int
) -> Iterator[Answer]:
    """Yield the value of a field that is an object of its own, and what else it says."""
    answers = list(_flatten(value["value"], path, defined, depth + 1))
    yield from answers
    texts = {text for answer in answers for text in answer.texts}
    others = {
        key: inner for key, inner in value.items() if key != "value" and not by_key({key: 0}).keys() & _ABOUT
    }
    for answer in _of_members(others, path, defined, depth):
        if not texts.issuperset(answer.texts):
            yield answer


def _of_list(values: list[Any], path: Path, defined: Mapping[str, Path], depth: int) -> Iterator[Answer]:
    if path and values and all(map(_is_wrapped, values)):
        values = [value["value"] for value in values]
    if not any(isinstance(value, (Mapping, list)) for value in values):
        each = [((*path, str(number)), (value,)) for number, value in enumerate(values)]
        for place, texts in [(path, values)] if path else each:  # a row alone is a cell each
            yield from _answer((place,), *texts)
        return
    if len(values) == 1 and not path:  # a batch of one
        yield from _flatten(values[0], path, defined, depth + 1)
        return
    yield from _of_rows(values, path, defined, depth)


def _of_rows(values: list[Any], path: Path, defined: Mapping[str, Path], depth: int) -> Iterator[Answer]:
    for number, value in enumerate(values):
        row = (*path, str(number))
        if isinstance(value, list) and not any(isinstance(cell, (Mapping, list)) for cell in value):
            for column, cell in enumerate(value):  # a row of a list of lists
                yield from _answer(((*row, str(column)),), cell)
        elif not is_question(value, defined):
            yield from _flatten(value, row, defined, depth + 1)


def _answer(paths: tuple[Path, ...], *values: object) -> Iterator[Answer]:
    texts = tuple(texts_of(values))
    if texts and paths[0]:
        yield Answer(paths, texts)
