"""The form with which an organiser registers somebody who phoned or mailed."""

from collections.abc import Mapping

from shared.domain.actions.organiser.by_hand import AlreadyRegisteredError
from shared.domain.actions.organiser.kept_posts import typed_rows
from shared.domain.form.candidates import FormMap
from shared.domain.form.draft import Draft
from shared.domain.form.kept_post import KeptPost
from shared.domain.form.submission import FieldError, InvalidError
from shared.domain.network.fields import PERSON_FIELDS
from shared.domain.registration.registration import State
from shared.http import FieldMessage
from shared.pages.form import FormView
from shared.pages.organiser import Desk, render_desk_page
from shared.pages.organiser.kept_posts import sent_post
from shared.pages.problems import not_valid
from shared.phrases import dutch
from shared.phrases.field_labels import title
from shared.phrases.mistakes import mistake_text

LABELS = {
    **{field: title(field, "nl") for field in PERSON_FIELDS},
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


def by_hand_page(
    desk: Desk, typed: Mapping[str, str], invalid: InvalidError | None = None, post: KeptPost | None = None
) -> str:
    """Show the form, empty or with what was typed and every mistake in it; `post` is what it completes."""
    mistakes = _mistakes(invalid) if invalid else ()
    problem = not_valid(mistakes) if mistakes else None
    rows = typed_rows(typed) if post else ()
    ids = {row.field(field): title(field, "nl") for row in rows for field in PERSON_FIELDS}
    form = FormView("nl", Draft(typed, rows), FormMap(), mistakes, {**LABELS, **ids})
    form.names |= {id_: id_ for id_ in ids}
    asks_state = not post and desk.network.is_closed(desk.at)
    sent = sent_post(desk, post) if post else None
    return render_desk_page(
        "by_hand", desk, form=form, problem=problem, asks_state=asks_state, colleagues=rows, post=sent
    )


def _mistakes(invalid: InvalidError) -> tuple[FieldMessage, ...]:
    return tuple(FieldMessage(e.field, e.code, _sentence(e, invalid)) for e in invalid.errors)


def _sentence(error: FieldError, invalid: InvalidError) -> str:
    if isinstance(invalid, AlreadyRegisteredError):
        person = invalid.registration
        left = ", en is afgemeld" * (person.state is State.CANCELLED)
        return f"{person.name} staat al op de lijst, als {person.reference}{left}."
    is_missing = error.code == "required" and error.field in _MISSING
    return _MISSING[error.field] if is_missing else mistake_text(error, dutch)
