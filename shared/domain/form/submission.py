"""A submission: a checked post of a form, or every mistake in that post at once."""

from collections.abc import Container, Mapping, Sequence
from typing import Annotated, Any, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from shared.domain.email import EmailError, email_address
from shared.domain.form.colleagues import ColleagueRow
from shared.domain.form.draft import MAX_BESIDES, Draft
from shared.domain.network.fields import FIELDS
from shared.domain.network.questions import Question

MAX_COLLEAGUES = 10
_OPTIONAL = frozenset({"role", "phone", "place", "brin", "remarks"})

# The length first: an empty address is missing, not wrong.
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
    """The content of an accepted post: the registrant, their school and the colleagues they bring."""

    school: str = Field(min_length=1, max_length=FIELDS["school"])
    place: str = Field("", max_length=FIELDS["place"])
    brin: str = Field("", max_length=FIELDS["brin"])
    colleagues: tuple[Person, ...] = Field((), max_length=MAX_COLLEAGUES)
    remarks: str = Field("", max_length=FIELDS["remarks"])
    website: str = ""  # the honeypot; a robot does not learn its limit
    forward: str = ""
    shown: str = ""  # when our own form was first shown, signed
    altcha: str = ""  # a proof of work
    extra: Mapping[str, str] = {}
    questions: Mapping[str, str] = {}  # answers to the network's own questions, by their id
    consents: Mapping[str, str] = {}
    without_address: tuple[str, ...] = ()  # the names of colleagues of whom we lack the address


class FieldError(NamedTuple):
    """One mistake: its field, its code, and the limit that the value exceeds; 0 if there is none."""

    field: str
    code: str
    limit: int = 0
    detail: str = ""  # a more particular code, for the sentence


class InvalidError(ValueError):
    """A post that cannot be accepted; carries every mistake in it."""

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        super().__init__(", ".join(f"{error.field}: {error.code}" for error in errors))
        self.errors = errors


def check(
    draft: Draft, questions: Sequence[Question] = (), demanded: Container[str] = frozenset()
) -> Submission:
    """Return a draft as a submission; raise `InvalidError` with every mistake in it.

    An optional value that is too long is cut, and kept whole among the unknown fields; it never costs a
    registration. A colleague without an address is only named. An answer that does not fit its question is
    kept among the unknown fields. A required answer is a mistake only where it is one of `demanded`: the ids
    of the questions that somebody at hand was asked. The others can be answered on the person's own page.
    """
    values, whole = _cut(draft)
    rows = tuple(row for row in draft.colleagues if row.values.get("email"))
    answers = {q.id: answer for q in questions if (answer := q.read(draft.questions.get(q.id, "")))}
    unfit = {id_: text for id_, text in draft.questions.items() if text and id_ not in answers}
    document: dict[str, Any] = {
        **values,
        "colleagues": [_bounded_person(row.values) for row in rows],
        "extra": _within_bounds({**whole, **unfit, **draft.extra}),
        "questions": answers,
        "consents": draft.consents,
        "without_address": _without_address(draft),
    }
    submission, mistakes = _validated(document, rows)
    mistakes += _unfit(draft.questions, [q for q in questions if q.required and q.id in demanded])
    if mistakes or not submission:
        # Not while handling another error: what pydantic says repeats what was typed.
        raise InvalidError(mistakes)
    return submission


def _validated(
    document: dict[str, Any], rows: tuple[ColleagueRow, ...]
) -> tuple[Submission | None, tuple[FieldError, ...]]:
    try:
        return Submission.model_validate(document), ()
    except ValidationError as wrong:
        errors = wrong.errors(include_url=False, include_input=False)
    return None, tuple(_field_error(each, rows) for each in errors)


def check_answers(texts: Mapping[str, str], questions: Sequence[Question]) -> dict[str, str]:
    """Return answers as they are stored, "" for none; raise `InvalidError` with every mistake in them."""
    mistakes = _unfit(texts, questions)
    if mistakes:
        raise InvalidError(mistakes)
    return {q.id: q.read(texts.get(q.id, "")) or "" for q in questions}


def _unfit(texts: Mapping[str, str], questions: Sequence[Question]) -> tuple[FieldError, ...]:
    codes = ((q, q.mistake(texts.get(q.id, ""))) for q in questions)
    wrong = ((q, code) for q, code in codes if code and (q.required or code != "required"))
    return tuple(FieldError(q.field, code) for q, code in wrong)


def _cut(draft: Draft) -> tuple[dict[str, str], dict[str, str]]:
    """Return the values with optional ones cut to their bounds, and what was cut."""
    long = [name for name, text in draft.values.items() if name in _OPTIONAL and len(text) > FIELDS[name]]
    cut = {name: draft.values[name][: FIELDS[name]].strip() for name in long}
    whole = {name: draft.values[name] for name in long}
    if "remarks" in long:  # only what its own field has no room for
        whole["remarks"] = whole["remarks"][FIELDS["remarks"] :]
    for row in draft.colleagues:
        theirs = {name: text for name, text in row.values.items() if name in _OPTIONAL and text}
        has_room = bool(row.values.get("email"))  # only their name is kept of others
        whole |= {row.field(n): t for n, t in theirs.items() if not has_room or len(t) > FIELDS[n]}
    return {**draft.values, **cut}, whole


def _within_bounds(texts: Mapping[str, str]) -> dict[str, str]:
    """Keep as much as fits beside our own fields, the first texts first."""
    kept: dict[str, str] = {}
    room = MAX_BESIDES
    for name, text in texts.items():
        room -= len(name)
        if room > 0:
            kept[name] = text[:room]
            room -= len(kept[name])
    return kept


def _bounded_person(values: Mapping[str, str]) -> dict[str, str]:
    return {
        name: text[: FIELDS[name]].strip() if name in _OPTIONAL else text for name, text in values.items()
    }


def _without_address(draft: Draft) -> tuple[str, ...]:
    names = (row.values.get("name", "") for row in draft.colleagues if not row.values.get("email"))
    return tuple(name[: FIELDS["name"]].strip() for name in names if name)[:MAX_COLLEAGUES]


def _field_error(mistake: Any, rows: tuple[ColleagueRow, ...]) -> FieldError:
    context = mistake.get("ctx", {})
    error = context.get("error")
    detail = error.mistake.value if isinstance(error, EmailError) else ""
    return FieldError(
        _field_name(mistake["loc"], rows), _CODES[mistake["type"]], context.get("max_length", 0), detail
    )


def _field_name(loc: tuple[Any, ...], rows: tuple[ColleagueRow, ...]) -> str:
    if loc[0] != "colleagues":
        return str(loc[0])
    if len(loc) == 1:
        return "participants"
    row: ColleagueRow = rows[loc[1]]
    return row.field(str(loc[2]) if len(loc) > 2 else "")


# Pydantic's type of a mistake -> our code.
_CODES = {
    "missing": "required",
    "string_too_short": "required",
    "string_too_long": "too_long",
    "too_long": "too_many",
    "value_error": "invalid_email",
    "string_type": "wrong_type",
    "model_type": "wrong_type",
}
