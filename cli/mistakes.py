"""What is wrong with a post, in words; its values are never among them."""

from collections.abc import Iterable, Mapping

from shared.domain.form.submission import FieldError

_CODES: Mapping[str, str] = {
    "required": "is missing",
    "too_long": "is too long",
    "too_many": "are too many",
    "invalid_email": "is no mail address",
    "wrong_type": "is of a wrong type",
    "known": "is of somebody who is registered already",
}


def mistake_in_words(mistake: FieldError) -> str:
    """Say what is wrong with one field, and the limit if it exceeds one."""
    limit = f" (at most {mistake.limit})" if mistake.limit and mistake.code != "required" else ""
    return f"{mistake.field}: {_CODES.get(mistake.code, mistake.code)}{limit}"


def mistakes_in_words(mistakes: Iterable[FieldError]) -> str:
    """Say what is wrong with each field."""
    return ", ".join(map(mistake_in_words, mistakes))
