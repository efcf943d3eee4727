"""The form with which an organiser registers somebody who phoned or mailed."""

from collections.abc import Mapping

from shared.domain.actions.organiser.by_hand import AlreadyRegisteredError
from shared.domain.form.draft import Draft
from shared.domain.form.submission import FieldError, InvalidError
from shared.http import Problem
from shared.pages.form import FormView
from shared.pages.organiser import Desk, render_desk_page
from shared.pages.problems import not_valid
from shared.phrases.fields import FIELD_NAMES, as_label

LABELS = {
    **{field: as_label(FIELD_NAMES["nl"][field]) for field in ("name", "email", "role", "phone")},
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


def by_hand_page(desk: Desk, typed: Mapping[str, str], invalid: InvalidError | None = None) -> str:
    """Show the form, empty or with what was typed and every mistake in it."""
    errors = [_worded(error, invalid) for error in invalid.errors] if invalid else []
    problem: Problem | None = not_valid(*errors) if errors else None
    form = FormView("nl", Draft(typed), {}, errors, LABELS)
    is_closed = desk.network.is_closed(desk.at)
    return render_desk_page("by_hand", desk, form=form, problem=problem, closed=is_closed)


def _worded(error: FieldError, invalid: InvalidError | None) -> FieldError:
    if isinstance(invalid, AlreadyRegisteredError):
        person = invalid.registration
        return error._replace(message=f"{person.name} staat al op de lijst, als {person.reference}.")
    is_missing = error.code == "required"
    return error._replace(message=_MISSING[error.field]) if is_missing else error
