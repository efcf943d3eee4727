"""Objects that pair a label with a value, and objects that define what a field by its number asks."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from shared.domain.form.answers import MAX_NAME, Path

# The most telling first; what people read is telling.
_TELLING = (
    "label", "title", "question", "caption", "vraag", "veld", "veldnaam", "questiontext", "fieldlabel",
)  # fmt: skip
_LABELS = (*_TELLING, "fieldname", "name", "key", "ref", "id")
# The first are no fields of a person: {"name": …, "email": …} is a row, not a pair of label and value.
_PLAIN_VALUES = (
    "value", "answer", "answers", "antwoord", "waarde", "fieldvalue", "response", "rawvalue", "text",
    "choice", "choices",
)  # fmt: skip
_VALUES = (*_PLAIN_VALUES, "email", "phonenumber", "number", "boolean", "date", "url")
_HEADS = ("headers", "labels", "questions", "columns", "fields", "keys", "names", "vragen", "velden")
_CELLS = ("values", "answers", "row", "antwoorden", "waarden")
_SIGNS = re.compile(r"[^a-z0-9]")
_LINE = re.compile(r"([\w -]{1,40}) = (.*)")
_DEEPEST = 8  # where fields are defined


def by_key(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return an object by its keys without case and signs: "raw_value" and "RawValue" are "rawvalue"."""
    return {_SIGNS.sub("", key.casefold()): inner for key, inner in value.items()}


def pair_of(value: Mapping[str, Any], defined: Mapping[str, Path]) -> tuple[Path, object] | None:
    """Return the labels and the value of an object that is an answer; None for any other object."""
    keys = by_key(value)
    field = keys.get("field")
    if isinstance(field, Mapping):  # Typeform: what is asked stands in the definition
        labels = _labels({**keys, **by_key(field)}, ("ref", "id", "title"))
        titles = defined.get(str(field.get("id", "")), ())
        return ((*titles, *labels), _chosen(keys)) if labels else None
    telling = _labels(keys, _TELLING)
    if not telling and "answer" in keys:
        telling = _labels(keys, ("text",))  # then a text is what is asked
    labels = (*telling, *(label for label in _labels(keys, _LABELS) if label not in telling))
    names = [key for key in (_VALUES if telling else _PLAIN_VALUES) if key in keys]
    names = [key for key in names if not (key == "text" and str(keys[key]) in telling)]
    if not labels or not names:
        return None
    answer = _chosen(keys, names)
    titles = next((defined[label] for label in labels if label in defined), ())
    return ((*titles, *labels), answer) if telling or titles or _is_flat(answer) else None


def table_of(value: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the answers of a list of labels beside a list of as many values."""
    keys = by_key(value)
    heads: list[object] = next((keys[key] for key in _HEADS if _is_row(keys.get(key))), [])
    cells: list[object] = next((keys[key] for key in _CELLS if _is_row(keys.get(key))), [])
    return dict(zip(map(str, heads), cells, strict=True)) if heads and len(heads) == len(cells) else None


def definitions_of(document: object) -> Mapping[str, Path]:
    """Return what a document's questions ask, by the ids that its answers have."""
    titles: dict[str, Path] = {}
    used: set[str] = set()
    for node in _objects(document, 0):
        keys = by_key(node)
        ids = [str(keys[key]) for key in ("id", "ref", "key") if isinstance(keys.get(key), str | int)]
        field = keys.get("field")
        if is_question(node):
            titles |= dict.fromkeys(ids, _labels(keys, ("title", "label", "question", "ref")))
        else:
            used.update(ids, node, (str(field.get("id")),) if isinstance(field, Mapping) else ())
    return {id_: labels for id_, labels in titles.items() if id_ in used}


def is_question(value: object, defined: Mapping[str, Path] | None = None) -> bool:
    """Say whether an object asks something and answers nothing; with definitions: one of them."""
    if not isinstance(value, Mapping):
        return False
    keys = by_key(value)
    has_id = isinstance(keys.get("id"), str | int) and (defined is None or str(keys["id"]) in defined)
    return has_id and bool(_labels(keys, ("title", "label", "question"))) and keys.keys().isdisjoint(_VALUES)


def opened(text: str) -> object:
    """Return the document that a text is: JSON, what PHP serialises, or lines of names; or else the text."""
    start = text.lstrip()[:2]
    with suppress(ValueError, RecursionError):
        if start[:1] in ("{", "["):
            return json.loads(text, parse_int=str, parse_float=str, strict=False)
        if start == "a:":
            from shared.domain.form.php import unserialise

            return unserialise(text)
    if " = " not in text:
        return text
    matches = [_LINE.fullmatch(line.strip()) for line in text.splitlines() if line.strip()]
    lines = [match for match in matches if match]
    return {m[1]: m[2] for m in lines} if len(lines) == len(matches) > 1 else text


def _objects(value: object, depth: int) -> Iterator[Mapping[str, Any]]:
    inner = opened(value) if isinstance(value, str) and value[:1] in ("{", "[") else value
    if depth > _DEEPEST or not isinstance(inner, Mapping | list):
        return
    if isinstance(inner, Mapping):
        yield inner
    for child in inner.values() if isinstance(inner, Mapping) else inner:
        yield from _objects(child, depth + 1)


def _labels(keys: Mapping[str, Any], names: Iterable[str]) -> Path:
    values = (keys.get(name) for name in names)
    texts = (
        " ".join(each for each in v if isinstance(each, str)) if isinstance(v, list) else v for v in values
    )
    labels = (
        str(text).strip()[:MAX_NAME]
        for text in texts
        if isinstance(text, str | int) and not isinstance(text, bool)
    )
    return tuple(dict.fromkeys(label for label in labels if label))


def _is_row(value: object) -> bool:
    return (
        isinstance(value, list) and len(value) > 1 and not any(isinstance(v, Mapping | list) for v in value)
    )


def _is_flat(value: object) -> bool:
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return not any(isinstance(each, Mapping | list) for each in inner)


def _chosen(value: Mapping[str, Any], keys: Iterable[str] = _VALUES) -> object:
    """Return the value of an answer; a choice by its text instead of its number."""
    kind = value.get("type")
    kind = _SIGNS.sub("", kind.casefold()) if isinstance(kind, str) else ""
    key = kind if kind in value else next((k for k in keys if k in value), "")
    answer = value.get(key)
    if isinstance(answer, Mapping):
        answer = answer.get("labels") or answer.get("label") or answer.get("other") or answer
    options = value.get("options")
    if isinstance(options, list) and answer is not None:
        texts = {str(o.get("id")): o.get("text") or o.get("label") for o in options if isinstance(o, Mapping)}
        chosen = {str(each): each for each in (answer if isinstance(answer, list) else [answer])}
        answer = [texts.get(id_) or each for id_, each in chosen.items()]
    return answer
