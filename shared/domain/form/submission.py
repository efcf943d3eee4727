"""A submission: what a form sent, checked, or every mistake in it at once."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from shared.domain.email import email_address
from shared.domain.form.draft import Draft
from shared.domain.form.people import ColleagueRow
from shared.domain.network.fields import FIELDS
from shared.domain.network.questions import Question
from shared.phrases import dutch
from shared.phrases.language import Phrases

MAX_COLLEAGUES = 10
_OPTIONAL = frozenset({"role", "phone", "place", "brin", "remarks"})
_MAX_CUT = 500  # characters of a value that was cut, kept beside it

# The bounds first: an empty address is a missing one, not a wrong one.
Email = Annotated[str, Field(min_length=1, max_length=FIELDS["email"]), AfterValidator(email_address)]


class Person(BaseModel):
    """Somebody who takes part; the parts of a name are joined in `name` already."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(min_length=1, max_length=FIELDS["name"])
    email: Email
    role: str = Field("", max_length=FIELDS["role"])
    phone: str = Field("", max_length=FIELDS["phone"])
    school: str = ""  # of a colleague: only where their row says it
    place: str = ""


class Submission(Person):
    """The one truth about a post that we take: the registrant, their school and the colleagues they bring."""

    school: str = Field(min_length=1, max_length=FIELDS["school"])
    place: str = Field("", max_length=FIELDS["place"])
    brin: str = Field("", max_length=FIELDS["brin"])
    colleagues: tuple[Person, ...] = Field((), max_length=MAX_COLLEAGUES)
    remarks: str = Field("", max_length=FIELDS["remarks"])
    website: str = ""  # the honeypot; a robot is not told what would be too long
    forward: str = ""
    shown: str = ""  # when our own form was first shown, signed
    altcha: str = ""  # a proof of work
    extra: Mapping[str, str] = {}
    questions: Mapping[str, str] = {}  # answers to the network's own questions, by their id
    consents: Mapping[str, str] = {}
    without_address: tuple[str, ...] = ()  # the names of colleagues of whom we lack the address


class FieldError(NamedTuple):
    """One mistake, at a field: for a program (`code`) and for a person (`message`)."""

    field: str
    code: str
    message: str


class InvalidError(ValueError):
    """A post that cannot be taken as it is; carries every mistake in it."""

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        super().__init__(", ".join(f"{error.field}: {error.code}" for error in errors))
        self.errors = errors


def check(draft: Draft, phrases: Phrases = dutch, questions: Sequence[Question] = ()) -> Submission:
    """Return the submission that a draft is; raise `InvalidError` with all that is wrong with it.

    An optional value that is too long is cut, and kept whole among the unknown fields; it never costs a
    registration. A colleague without an address is named, and registered when we have it.
    """
    values, extra = _cut(draft)
    rows = [row for row in draft.colleagues if row.values.get("email")]
    answers, wrong = _answers(draft, questions, phrases)
    document = {
        **values,
        "colleagues": [_bounded_person(row.values) for row in rows],
        "extra": extra,
        "questions": answers,
        "consents": draft.consents,
        "without_address": _without_address(draft),
    }
    try:
        submission = Submission.model_validate(document)
    except ValidationError as error:
        mistakes = error.errors(include_url=False, include_input=False)
        wrong = [*(_field_error(each, tuple(rows), phrases) for each in mistakes), *wrong]
    if wrong:
        raise InvalidError(tuple(wrong))
    return submission


def _cut(draft: Draft) -> tuple[dict[str, str], dict[str, str]]:
    """Return the values with optional ones cut to their bounds, and what was cut among the unknown fields."""
    cut = {
        name: text
        for name, text in draft.values.items()
        if len(text) > FIELDS.get(name, 0) and name in _OPTIONAL
    }
    values = {**draft.values, **{name: text[: FIELDS[name]].strip() for name, text in cut.items()}}
    kept = {
        name: text[:_MAX_CUT] for name, text in cut.items() if name != "remarks" and name not in draft.extra
    }
    return values, {**draft.extra, **kept}


def _bounded_person(values: Mapping[str, str]) -> dict[str, str]:
    return {
        name: text[: FIELDS[name]].strip() if name in _OPTIONAL else text for name, text in values.items()
    }


def _without_address(draft: Draft) -> tuple[str, ...]:
    names = (row.values.get("name", "") for row in draft.colleagues if not row.values.get("email"))
    return tuple(name[: FIELDS["name"]] for name in names if name)[:MAX_COLLEAGUES]


def _answers(
    draft: Draft, questions: Sequence[Question], phrases: Phrases
) -> tuple[dict[str, str], list[FieldError]]:
    """Return the answers that fit their questions, and what is wrong with those that must be there."""
    answers = {q.id: answer for q in questions if (answer := q.read(draft.questions.get(q.id, "")))}
    missing = [q for q in questions if q.required and q.ask == "registering" and q.id not in answers]
    return answers, [
        FieldError(f"question_{q.id}", "required", phrases.MISTAKES["question"]) for q in missing
    ]


def _field_error(mistake: Any, rows: tuple[ColleagueRow, ...], words: Phrases) -> FieldError:
    code = _CODES[mistake["type"]]
    return FieldError(_where(mistake["loc"], rows), code, _message(code, mistake, words))


def _where(loc: tuple[Any, ...], rows: tuple[ColleagueRow, ...]) -> str:
    if loc[0] != "colleagues":
        return str(loc[0])
    if len(loc) == 1:
        return "participants"
    row: ColleagueRow = rows[loc[1]]
    return row.field(str(loc[2]) if len(loc) > 2 else "")


def _message(code: str, mistake: Any, words: Phrases) -> str:
    """Say what is wrong; never what was typed."""
    if code == "required":
        *colleagues, name = mistake["loc"]
        return words.MISTAKES[f"colleague_{name}" if colleagues else str(name)]
    return words.MISTAKES[code].format(max=mistake.get("ctx", {}).get("max_length"))


# What pydantic calls a mistake, and what we call it.
_CODES = {
    "missing": "required",
    "string_too_short": "required",
    "string_too_long": "too_long",
    "too_long": "too_many",
    "value_error": "invalid_email",
    "string_type": "wrong_type",
    "model_type": "wrong_type",
}
