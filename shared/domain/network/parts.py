"""The parts of a network file, each of which is checked by itself."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Annotated, Literal, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    HttpUrl,
    Strict,
    StringConstraints,
    model_validator,
)

from shared.domain.email import email_address
from shared.domain.network.fields import FIELDS, IGNORE
from shared.domain.network.questions import Question
from shared.domain.text import clean


def _tidy(value: object) -> object:
    return clean(value) if isinstance(value, str) else value


Tidy = BeforeValidator(_tidy)  # stands last: what stands after it would be checked by Python
Text = Annotated[str, StringConstraints(min_length=1, max_length=200), Tidy]
Paragraph = Annotated[str, StringConstraints(min_length=1, max_length=1000), Tidy]
Email = Annotated[str, AfterValidator(email_address)]
Number = Annotated[int, Strict()]  # "true" is not one


def _no_number(value: object) -> object:
    if isinstance(value, (int, float)):  # else seconds since midnight, or since 1970
        raise ValueError("write a date as 2023-04-14 and a time as 12:00:00")
    return value


Moment = TypeVar("Moment")
Written = Annotated[Moment, BeforeValidator(_no_number)]


Language = Literal["nl", "en"]  # of registrants' mails and pages


class WhenShort(StrEnum):
    """The outcome at the deadline for a school with too few people."""

    HOLD = "hold"
    DECLINE = "decline"
    ADMIT = "admit"


class NetworkPart(BaseModel):
    """One part of a network file; an unknown key is an error and never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Organiser(NetworkPart):
    """The organisation that runs the network; `email` is the Reply-To of every mail to a school."""

    # The display name of a mail's sender. These characters would need quoting there (RFC 5322, 3.2.3), and a
    # list of mails cuts off a longer name.
    name: Annotated[
        str,
        StringConstraints(pattern=r'^[^@:,;<>"\\()\[\]\x00-\x1f\x7f]+$', min_length=1, max_length=64),
        Tidy,
    ]
    email: Email
    phone: Text | None = None
    report_to: Annotated[tuple[Email, ...], Field(min_length=1)]
    links_version: Annotated[Number, Field(ge=0)] = (
        0  # raise it by one to void every earlier link and session
    )


class RegistrationWindow(NetworkPart):
    """When people can register; a date without a time is in the network's time zone."""

    opens: Written[datetime | date]
    deadline: Written[datetime | date]
    late: Literal["keep", "refuse"] = "keep"
    max_participants: Annotated[Number, Field(ge=1)] | None = None  # beyond it, whole schools wait
    # Whose address nobody confirms within three days counts no longer; "full": where places are limited.
    confirm: Literal["never", "full", "always"] = "never"

    @model_validator(mode="after")
    def _instants_have_an_offset(self) -> Self:
        for key in ("opens", "deadline"):
            value = getattr(self, key)
            if isinstance(value, datetime) and value.tzinfo is None:
                raise ValueError(f"{key} has a time but no offset; write a date or add +02:00")
        return self


class Rule(NetworkPart):
    """How many people of a school must take part, and what happens if fewer do."""

    min_per_school: Annotated[Number, Field(ge=1, le=50)] = 2
    recommend: Annotated[Number, Field(ge=1, le=50)] | None = None  # advice only; never holds a school
    max_per_school: Annotated[Number, Field(ge=1)] | None = None
    when_short: WhenShort = WhenShort.HOLD
    remind_days_before: tuple[Annotated[Number, Field(ge=1, le=365)], ...] = (14, 7, 2)
    remind_session_days_before: Annotated[Number, Field(ge=1, le=60)] | None = None  # of each session
    repair_days: Annotated[Number, Field(ge=0, le=60)] = 7

    @model_validator(mode="after")
    def _limits_leave_room(self) -> Self:
        if self.max_per_school is not None and self.max_per_school < self.min_per_school:
            raise ValueError("max_per_school is less than min_per_school")
        return self


_MORNING = time(6)  # a session that seems to end before it starts is mistyped, unless it ends before this


class Session(NetworkPart):
    """One meeting, in the network's time zone; one that ends early in the morning ends on the next day."""

    date: Written[date]
    start: Written[time]
    end: Written[time]
    place: Text
    address: Text | None = None
    route_url: HttpUrl | None = None
    online_url: HttpUrl | None = None  # only for who takes part

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.is_overnight and self.end >= _MORNING:
            raise ValueError(f"the session of {self.date} ends before it starts")
        return self

    @property
    def is_overnight(self) -> bool:
        """Whether the session ends on the day after it starts: at midnight or later."""
        return self.end <= self.start

    @property
    def where(self) -> str:
        """The place, with its address if there is one."""
        return ", ".join(filter(None, (self.place, self.address)))


class FormSettings(NetworkPart):
    """The web form that posts to us: the sites that it stands on, and its names of the fields."""

    origins: tuple[Annotated[str, StringConstraints(pattern=r"^https?://[^/\s*]+$")], ...] = ()
    thanks_url: HttpUrl | None = None
    fields: dict[str, str] = {}
    honeypot: Annotated[str, StringConstraints(min_length=1, max_length=64), Tidy] = (
        "website"  # only robots fill it in
    )
    questions: Annotated[tuple[Question, ...], Field(max_length=20)] = ()
    secret_version: Annotated[Number, Field(ge=0)] = 0  # raised by one, no earlier secret proves anything

    @model_validator(mode="after")
    def _fields_map_to_ours(self) -> Self:
        for theirs, ours in self.fields.items():
            if ours not in FIELDS and ours != IGNORE:
                raise ValueError(
                    f"{theirs!r} maps to {ours!r}; choose one of: {', '.join(sorted((*FIELDS, IGNORE)))}"
                )
        return self

    @model_validator(mode="after")
    def _questions_differ(self) -> Self:
        ids = [question.id for question in self.questions]
        if len(set(ids)) < len(ids):
            raise ValueError("two questions have the same id")
        return self


class AbuseLimits(NetworkPart):
    """Limits against robots and abuse of an open form; far above the needs of a real network."""

    mails_an_hour: Annotated[Number, Field(ge=1)] = 2000  # caused by strangers; more wait for the next hour
    people_an_hour_per_address: Annotated[Number, Field(ge=0)] = 60  # more are quarantined; 0: no limit
    min_fill_seconds: Annotated[Number, Field(ge=0, le=60)] = 0  # between our own form and its post; 0: off
    proof_of_work: Annotated[bool, Strict()] = False  # a post without it is quarantined

    @model_validator(mode="before")
    @classmethod
    def _read_the_key_of_earlier_files(cls, table: object) -> object:
        if isinstance(table, dict) and "posts_an_hour_per_visitor" in table:
            others = {key: value for key, value in table.items() if key != "posts_an_hour_per_visitor"}
            return {"people_an_hour_per_address": table["posts_an_hour_per_visitor"], **others}
        return table


class Privacy(NetworkPart):
    """How long we keep personal data after the last day, and the statement that says so."""

    keep_months: Annotated[Number, Field(ge=0, le=120)] = 3
    statement_url: HttpUrl | None = None
