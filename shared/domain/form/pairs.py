"""Pairs and documents become answers; only a structured form loads what reads structure."""

from collections.abc import Iterable

from shared.domain.form.answers import (
    MAX_EMPTY,
    STRUCTURE,
    Answer,
    TooManyAnswersError,
    bounded,
    path_of,
    texts_of,
)


def read_pairs(pairs: Iterable[tuple[str, str]]) -> tuple[Answer, ...]:
    """Return the answers of a form's pairs; a plain form's are read without any other module."""
    fields = list(pairs)
    if len(fields) > MAX_EMPTY:
        raise TooManyAnswersError
    if any(_is_structured(name, text) for name, text in fields):
        from shared.domain.form.nested import read_nested_pairs  # few forms need it

        return bounded(read_nested_pairs(fields))
    return _read_plain(fields)


def read_document(document: object) -> tuple[Answer, ...]:
    """Return the answers of a JSON document; numbers are texts already."""
    if isinstance(document, dict) and all(map(_is_plain, document, document.values())):
        return _read_plain((name, text) for name, value in document.items() for text in texts_of([value]))
    from shared.domain.form.nested import flatten  # few forms need it

    return bounded(flatten(document))


def _read_plain(pairs: Iterable[tuple[str, str]]) -> tuple[Answer, ...]:
    return bounded(Answer((path_of(name),), (text,)) for name, text in pairs)


def _is_plain(name: str, value: object) -> bool:
    """Say whether a document's member is an answer by itself; a "definition" says what others are."""
    is_text = isinstance(value, str | bool | None)
    return is_text and name not in ("", "definition") and not _is_structured(name, str(value))


def _is_structured(name: str, text: str) -> bool:
    inner = name.removesuffix("[]")
    start = text.lstrip()[:2]
    is_lines = " = " in text and len(text.splitlines()) > 1
    return start[:1] in ("{", "[") or start == "a:" or is_lines or bool(STRUCTURE.search(inner))
