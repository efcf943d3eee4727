"""Mistakes in a form as sentences for the person who filled it in; none repeats what was typed."""

import re

from shared.domain.form.submission import FieldError
from shared.phrases.language import Phrases


def mistake_text(error: FieldError, phrases: Phrases) -> str:
    """Write a mistake: "Dit is te lang. Gebruik hoogstens 40 tekens."."""
    key = _missing_field(error.field) if error.code == "required" else error.detail or error.code
    return phrases.MISTAKES[key].format(max=error.limit)


def _missing_field(field: str) -> str:
    """Return the key of the sentence for a missing field: "colleague_name" for "participants.0.name".

    "colleague_name.1" and "invite_email" are a colleague's too; "cancel_sure" is a box that was not ticked.
    """
    whose, _, name = re.sub(r"\.\d+", "", field).replace(".", "_").rpartition("_")
    if field.startswith("question_"):
        return "question"
    if name == "sure":
        return name
    return f"colleague_{name}" if whose else name
