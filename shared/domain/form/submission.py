"""A submission: what a form sent, checked, or every mistake in it at once."""

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from shared.domain.email import email_address
from shared.domain.form.draft import ColleagueRow, Draft
from shared.domain.network.fields import FIELDS
from shared.phrases import dutch
from shared.phrases.language import Phrases

MAX_COLLEAGUES = 10

# The bounds first: an empty address is a missing one, not a wrong one.
Email = Annotated[str, Field(min_length=1, max_length=FIELDS["email"]), AfterValidator(email_address)]


class Person(BaseModel):
    """Somebody who takes part; the parts of a name are already joined in `name` and are only bounded here."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(min_length=1, max_length=FIELDS["name"])
    first_name: str = Field("", max_length=FIELDS["first_name"])
    infix: str = Field("", max_length=FIELDS["infix"])
    last_name: str = Field("", max_length=FIELDS["last_name"])
    email: Email
    role: str = Field("", max_length=FIELDS["role"])
    phone: str = Field("", max_length=FIELDS["phone"])


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


def check(draft: Draft, words: Phrases = dutch) -> Submission:
    """Return the submission that a draft is; raise `InvalidError` with all that is wrong with it."""
    people = [row.values for row in draft.colleagues]
    try:
        return Submission.model_validate({**draft.values, "colleagues": people, "extra": draft.extra})
    except ValidationError as wrong:
        mistakes = wrong.errors(include_url=False, include_input=False)
        raise InvalidError(tuple(_field_error(each, draft.colleagues, words) for each in mistakes)) from None


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
