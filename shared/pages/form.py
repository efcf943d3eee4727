"""The form as its template needs it: the name, label, value and mistake of each input."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from shared.domain.form.candidates import FormMap
from shared.domain.form.colleagues import ColleagueRow
from shared.domain.form.draft import Draft
from shared.domain.form.form_map import sent_as
from shared.domain.network.fields import FIELDS, PERSON_DETAILS, PERSON_FIELDS
from shared.domain.network.parts import Language
from shared.domain.network.questions import Question
from shared.http import FieldMessage
from shared.phrases.field_labels import FIELD_WORDS, input_labels
from shared.phrases.questions import answer_options, question_label

# What a browser fills in by itself, and the keyboard that it shows; a field that is not here is plain text.
_AUTOCOMPLETE = {
    "name": "name",
    "email": "email",
    "role": "organization-title",
    "phone": "tel",
    "school": "organization",
}
_TYPES = {"email": "email", "phone": "tel"}
_REQUIRED = frozenset({"name", "email", "school"})


class QuestionInput(NamedTuple):
    """The input for a question of the network's own: a list if it has options, otherwise one line of text."""

    id: str
    label: str
    is_required: bool
    is_sensitive: bool
    is_number: bool
    options: tuple[tuple[str, str], ...]


class FormView:
    """The inputs by their id, which is also the field of a mistake."""

    person_fields, person_details = PERSON_FIELDS, PERSON_DETAILS

    def __init__(
        self,
        language: Language,
        draft: Draft,
        form: FormMap,
        errors: Sequence[FieldMessage],
        labels: Mapping[str, str] | None = None,
        questions: Sequence[Question] = (),
    ) -> None:
        self.names = {field: sent_as(field, form) for field in FIELDS}
        self.questions, self._errors = [_question_input(q, language) for q in questions], errors
        self.labels = {**(labels or input_labels(language)), **{q.id: q.label for q in self.questions}}
        shown = {q.field: _shown(q, draft.questions.get(q.id, "")) for q in questions}
        answers = {f"question_{id_}": text for id_, text in draft.questions.items()}
        unasked = {field: text for field, text in answers.items() if field not in shown}
        self.sent_along = {**draft.extra, **draft.consents, **unasked}
        self.hints = {field: words.hint for field, words in FIELD_WORDS[language].items()}
        # One empty row where there is no colleague yet.
        self.rows = draft.colleagues or (ColleagueRow("colleague_{}", {}),)
        rows = {id_: value for row in self.rows for id_, value in _by_id(row).items()}
        self._values = {**draft.values, **shown, **rows}
        self.errors = {error.field: error.message for error in errors}

    def value(self, id_: str) -> str:
        """Return the typed text of an input; empty for a value that is not text."""
        value = self._values.get(id_, "")
        return value if isinstance(value, str) else ""

    @staticmethod
    def attributes(field: str) -> dict[str, Any]:
        """Return how an input of a registrant's own data behaves, as arguments of the template's `input`."""
        return {
            "type": _TYPES.get(field, "text"),
            "autocomplete": _AUTOCOMPLETE.get(field, "off"),
            "required": field in _REQUIRED,
        }

    @property
    def summary(self) -> list[tuple[str, str]]:
        """Every mistake with the id of its input, or of the form if it has no input."""
        return [(self._target(error.field), self._sentence(error)) for error in self._errors]

    def _target(self, id_: str) -> str:
        has_input = id_ in self.labels or any(
            id_ in map(row.field, ("name", "email", "role")) for row in self.rows
        )
        return id_ if has_input else "form"

    def _sentence(self, error: FieldMessage) -> str:
        label = self.labels.get(error.field.partition(".")[0])
        if label and any(question.id == error.field for question in self.questions):
            return f"{label}{'' if label.endswith('?') else ':'} {error.message}"
        if error.code == "required" or not label:
            return error.message
        return f"{label}: {error.message[0].lower()}{error.message[1:]}"


def _by_id(row: ColleagueRow) -> dict[str, object]:
    values = row.values if isinstance(row.values, Mapping) else {}
    return {row.field(name): value for name, value in values.items()}


def _question_input(question: Question, language: Language) -> QuestionInput:
    return QuestionInput(
        question.field,
        question_label(question, language),
        question.required,
        question.sensitive,
        question.kind == "number",
        answer_options(question, language),
    )


def _shown(question: Question, text: str) -> str:
    """Return a typed answer as its input shows it: one that is not in the list cannot be chosen."""
    return (question.read(text) or "") if question.kind in ("choice", "yes-no") else text
