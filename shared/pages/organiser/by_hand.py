"""The form with which an organiser registers somebody who phoned or mailed."""

from collections.abc import Mapping

from shared.domain.actions.organiser.by_hand import AlreadyRegisteredError
from shared.domain.form.draft import Draft
from shared.domain.form.submission import FieldError, InvalidError
from shared.domain.network.fields import PERSON_FIELDS
from shared.http import FieldMessage, Problem
from shared.pages.form import FormView
from shared.pages.organiser import Desk, behind
from shared.phrases import dutch
from shared.phrases.fields import FIELD_NAMES, as_label
from shared.phrases.mistakes import mistake_text

LABELS = {
    **{field: as_label(FIELD_NAMES["nl"][field]) for field in PERSON_FIELDS},
    "school": "Naam van de school",
    "place": "Plaats van de school",
    "why": "Hoe weet je dit?",
    "state": "Na de deadline",
}
_MISSING = {
    "name": "Vul de naam in.",
    "email": "Vul het e-mailadres in.",
    "school": "Vul de naam van de school in.",
    "state": "Kies wat er met deze aanmelding gebeurt.",
    "why": "Vul in hoe je dit weet.",
}


def by_hand_page(desk: Desk, typed: Mapping[str, str], problem: Problem | None = None) -> str:
    """Show the form, to begin or with what was typed and every mistake in it."""
    form = FormView("nl", Draft(typed), {}, problem.errors if problem else (), LABELS)
    closed = desk.network.is_closed(desk.at)
    return behind("by_hand", desk, form=form, problem=problem, closed=closed)


def by_hand_mistakes(invalid: InvalidError) -> tuple[FieldMessage, ...]:
    """Return the mistakes in this form with their sentences for an organiser."""
    if isinstance(invalid, AlreadyRegisteredError):
        person = invalid.registration
        taken = f"{person.name} staat al op de lijst, als {person.reference}."
        return tuple(FieldMessage(error.field, error.code, taken) for error in invalid.errors)
    return tuple(FieldMessage(error.field, error.code, _sentence(error)) for error in invalid.errors)


def _sentence(error: FieldError) -> str:
    return _MISSING[error.field] if error.code == "required" else mistake_text(error, dutch)
