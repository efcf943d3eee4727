"""A submission: a checked post of a form, or every mistake in that post at once."""

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from shared.domain.email import email_address
from shared.domain.form.draft import ColleagueRow, Draft
from shared.domain.network.fields import FIELDS

MAX_COLLEAGUES = 10

# The length first: an empty address is missing, not wrong.
Email = Annotated[str, Field(min_length=1, max_length=FIELDS["email"]), AfterValidator(email_address)]


class Person(BaseModel):
    """A person who takes part; the parts of the name are joined in `name` already and only bounded here."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(min_length=1, max_length=FIELDS["name"])
    first_name: str = Field("", max_length=FIELDS["first_name"])
    infix: str = Field("", max_length=FIELDS["infix"])
    last_name: str = Field("", max_length=FIELDS["last_name"])
    email: Email
    role: str = Field("", max_length=FIELDS["role"])
    phone: str = Field("", max_length=FIELDS["phone"])


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


class FieldError(NamedTuple):
    """One mistake: its field, its code, and the limit that the value exceeds; 0 if there is none."""

    field: str
    code: str
    limit: int = 0


class InvalidError(ValueError):
    """A post that cannot be accepted; carries every mistake in it."""

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        super().__init__(", ".join(f"{error.field}: {error.code}" for error in errors))
        self.errors = errors


def check(draft: Draft) -> Submission:
    """Return a draft as a submission; raise `InvalidError` with every mistake in it."""
    people = [row.values for row in draft.colleagues]
    try:
        return Submission.model_validate({**draft.values, "colleagues": people, "extra": draft.extra})
    except ValidationError as wrong:
        mistakes = wrong.errors(include_url=False, include_input=False)
        raise InvalidError(tuple(_field_error(each, draft.colleagues) for each in mistakes)) from None


def _field_error(mistake: Any, rows: tuple[ColleagueRow, ...]) -> FieldError:
    limit = mistake.get("ctx", {}).get("max_length", 0)
    return FieldError(_field_name(mistake["loc"], rows), _CODES[mistake["type"]], limit)


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
