"""The form as its template needs it: what each field is sent as, holds and complains about."""

from collections.abc import Mapping, Sequence

from shared.domain.form.candidates import FormMap
from shared.domain.form.draft import Draft
from shared.domain.form.form_map import sent_as
from shared.domain.form.people import ColleagueRow
from shared.domain.form.submission import FieldError
from shared.domain.network.fields import FIELDS
from shared.domain.network.parts import Language

_DUTCH = {
    "name": "Je naam",
    "email": "Je e-mailadres",
    "role": "Je functie",
    "phone": "Je telefoonnummer",
    "school": "Naam van je school",
    "place": "Plaats van je school",
    "brin": "BRIN-nummer",
    "remarks": "Wil je nog iets kwijt?",
    "colleague_name": "Naam van je collega",
    "colleague_email": "E-mailadres van je collega",
    "colleague_role": "Functie van je collega",
    # Of one's own page only.
    "invite_email": "E-mailadres van je collega",
    "cancel_sure": "Afmelden",
    "restore_sure": "Weer aanmelden",
    "links_sure": "Links mailen",
    "data_sure": "Gegevens mailen",
    "revoke_sure": "Nieuwe links maken",
    "erase_sure": "Gegevens wissen",
}
_ENGLISH = {
    "name": "Your name",
    "email": "Your email address",
    "role": "Your role",
    "phone": "Your phone number",
    "school": "Name of your school",
    "place": "Town of your school",
    "brin": "BRIN number",
    "remarks": "Anything else you want to tell us?",
    "colleague_name": "Your colleague’s name",
    "colleague_email": "Your colleague’s email address",
    "colleague_role": "Your colleague’s role",
    "invite_email": "Your colleague’s email address",
    "cancel_sure": "Cancel",
    "restore_sure": "Register again",
    "links_sure": "Email links",
    "data_sure": "Email data",
    "revoke_sure": "New links",
    "erase_sure": "Erase data",
}
LABELS: Mapping[Language, Mapping[str, str]] = {"nl": _DUTCH, "en": _ENGLISH}


class FormView:
    """What was typed in each input, by the input's id: the field that an error points at."""

    def __init__(
        self,
        language: Language,
        draft: Draft,
        form: FormMap,
        errors: Sequence[FieldError],
        labels: Mapping[str, str] | None = None,
    ) -> None:
        self.names = {field: sent_as(field, form) for field in FIELDS}
        self.labels, self.extra, self._errors = labels or LABELS[language], draft.extra, errors
        # One empty row where there is no colleague yet.
        self.rows = draft.colleagues or (ColleagueRow("colleague_{}", {}),)
        self._values = {**draft.values, **{id_: v for row in self.rows for id_, v in _by_id(row).items()}}
        self.errors = {error.field: error.message for error in errors}

    def value(self, id_: str) -> str:
        """Return what was typed in an input; nothing for what is no text."""
        value = self._values.get(id_, "")
        return value if isinstance(value, str) else ""

    @property
    def summary(self) -> list[tuple[str, str]]:
        """Every mistake with the id to go to; what has no input of its own leads to the form."""
        return [(self._target(error.field), self._sentence(error)) for error in self._errors]

    def _target(self, id_: str) -> str:
        shown = id_ in self.labels or any(
            id_ in map(row.field, ("name", "email", "role")) for row in self.rows
        )
        return id_ if shown else "form"

    def _sentence(self, error: FieldError) -> str:
        label = self.labels.get(error.field.partition(".")[0])
        if error.code == "required" or not label:
            return error.message
        return f"{label}: {error.message[0].lower()}{error.message[1:]}"


def _by_id(row: ColleagueRow) -> dict[str, object]:
    values = row.values if isinstance(row.values, Mapping) else {}
    return {row.field(name): value for name, value in values.items()}
