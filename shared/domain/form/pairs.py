"""Pairs and documents become answers; only a structured form loads what reads structure."""

from collections.abc import Iterable

from shared.domain.form.answers import MAX_EMPTY, STRUCTURE, Answer, TooManyAnswersError, bounded, path_of


def read_pairs(pairs: Iterable[tuple[str, str]]) -> tuple[Answer, ...]:
    """Return the answers of a form's pairs; a plain form's are read without any other module."""
    fields = list(pairs)
    if len(fields) > MAX_EMPTY:
        raise TooManyAnswersError
    if any(_is_structured(name, text) for name, text in fields):
        from shared.domain.form.nested import read_nested_pairs  # few forms need it

        return bounded(read_nested_pairs(fields))
    return bounded(Answer((path_of(name),), (text,)) for name, text in fields)


def read_document(document: object) -> tuple[Answer, ...]:
    """Return the answers of a JSON document; numbers are texts already."""
    from shared.domain.form.nested import flatten

    return bounded(flatten(document))


def _is_structured(name: str, text: str) -> bool:
    inner = name.removesuffix("[]")
    is_document = text[:1] in ("{", "[") or text[:2] == "a:" or ("\n" in text and " = " in text)
    return is_document or bool(STRUCTURE.search(inner))
