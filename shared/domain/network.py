"""A network: what an organiser writes down about one learning network, read and checked."""

import tomllib
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from shared.domain.email import email_address
from shared.domain.fields import FIELDS, squash

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Email = Annotated[str, AfterValidator(email_address)]


class NetworkError(ValueError):
    """A network file that cannot be used: which file, which key and why, in English for its operator."""


class WhenShort(StrEnum):
    """What the deadline does with a school that has too few people."""

    HOLD = "hold"
    DECLINE = "decline"
    ADMIT = "admit"


class Part(BaseModel):
    """One part of a network file; a key that we do not know is an error, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Organiser(Part):
    """Who runs the network; `email` is the Reply-To of every mail to a school."""

    # A display name of a mail's sender: these signs would need quoting there (RFC 5322, 3.2.3).
    name: Annotated[Text, StringConstraints(pattern=r'^[^@:,;<>"\\()\[\]]+$')]
    email: Email
    phone: Text | None = None
    report_to: Annotated[tuple[Email, ...], Field(min_length=1)]


class Window(Part):
    """When people can register; a bare date is judged in the network's time zone."""

    opens: datetime | date
    deadline: datetime | date
    late: Literal["keep", "refuse"] = "keep"
    max_participants: Annotated[int, Field(ge=1)] | None = None  # full: whole schools wait

    @model_validator(mode="after")
    def _instants_have_an_offset(self) -> Self:
        for key in ("opens", "deadline"):
            value = getattr(self, key)
            if isinstance(value, datetime) and value.tzinfo is None:
                raise ValueError(f"{key} has a time but no offset; write a date or add +02:00")
        return self


class Rule(Part):
    """How many of a school must take part, and what happens when they do not."""

    min_per_school: Annotated[int, Field(ge=1, le=50)] = 2
    recommend: Annotated[int, Field(ge=1, le=50)] | None = None  # advice only: nobody is held for it
    max_per_school: Annotated[int, Field(ge=1)] | None = None
    when_short: WhenShort = WhenShort.HOLD
    remind_days_before: tuple[Annotated[int, Field(ge=1, le=365)], ...] = (14, 7, 2)
    repair_days: Annotated[int, Field(ge=0, le=60)] = 7

    @model_validator(mode="after")
    def _limits_leave_room(self) -> Self:
        if self.max_per_school is not None and self.max_per_school < self.min_per_school:
            raise ValueError("max_per_school is less than min_per_school")
        return self


class Session(Part):
    """One meeting, in the network's own time zone."""

    date: date
    start: time
    end: time
    place: Text

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"the session of {self.date} ends before it starts")
        return self


class Form(Part):
    """The web form that posts to us: where it stands and what it calls its fields."""

    origins: tuple[Annotated[str, StringConstraints(pattern=r"^https?://[^/\s*]+$")], ...] = ()
    thanks_url: HttpUrl | None = None
    fields: dict[str, str] = {}

    @model_validator(mode="after")
    def _fields_map_to_ours(self) -> Self:
        for theirs, ours in self.fields.items():
            if ours not in FIELDS:
                raise ValueError(f"{theirs!r} maps to {ours!r}; choose one of: {', '.join(sorted(FIELDS))}")
        return self

    @property
    def field_map(self) -> dict[str, str]:
        """The form's own field names, as they compare, with our canonical ones."""
        return {squash(theirs): ours for theirs, ours in self.fields.items()}


class Privacy(Part):
    """How long we keep personal data after the last session, and where that is promised."""

    keep_months: Annotated[int, Field(ge=0, le=120)] = 3
    statement_url: HttpUrl | None = None


class Network(Part):
    """One learning network, as its file in `networks/` says."""

    # 40 characters at most: it is part of keys, links and SES tags.
    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,39}$")]
    title: Text
    time_zone: str = "Europe/Amsterdam"
    organiser: Organiser
    registration: Window
    rule: Rule = Rule()
    sessions: tuple[Session, ...] = ()
    form: Form = Form()
    privacy: Privacy = Privacy()

    @model_validator(mode="after")
    def _times_make_sense(self) -> Self:
        try:
            ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError) as unknown:
            raise ValueError(f"time_zone {self.time_zone!r} is not in the IANA database") from unknown
        if self.closes_at <= self.opens_at:
            raise ValueError("registration.deadline is not after registration.opens")
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which this network's dates are judged."""
        return ZoneInfo(self.time_zone)

    @property
    def prefix(self) -> str:
        """What references of this network start with: "PLG" for plg-2023."""
        return self.id.partition("-")[0][:8].upper()

    @property
    def is_limited(self) -> bool:
        """Whether people may have to wait for a place."""
        return self.registration.max_participants is not None or self.rule.max_per_school is not None

    @property
    def opens_at(self) -> datetime:
        """The first instant (UTC) at which a registration is taken."""
        return self._instant(self.registration.opens)

    @property
    def closes_at(self) -> datetime:
        """The first instant (UTC) that is too late; of a bare date all of that day counts."""
        deadline = self.registration.deadline
        if isinstance(deadline, datetime):
            return deadline.astimezone(UTC) + timedelta(milliseconds=1)
        return self._instant(deadline + timedelta(days=1))

    @property
    def deadline_day(self) -> date:
        """The deadline's date in the network's zone."""
        deadline = self.registration.deadline
        return self.local(deadline).date() if isinstance(deadline, datetime) else deadline

    @property
    def last_day(self) -> date:
        """The last date on which the network is alive: its last session, or else its deadline."""
        return max([self.deadline_day, *(session.date for session in self.sessions)])

    @property
    def forgotten_at(self) -> datetime:
        """The instant (UTC) at which personal data goes: `keep_months` after the last session's day."""
        months = self.last_day.month - 1 + self.privacy.keep_months
        year, month = self.last_day.year + months // 12, months % 12 + 1
        last = min(self.last_day.day, monthrange(year, month)[1])
        return self._instant(date(year, month, last) + timedelta(days=1))

    def end_of_day(self, instant: datetime, days: int = 0) -> datetime:
        """Return the first instant (UTC) after the local day that is some days after an instant's."""
        return self._instant(self.local(instant).date() + timedelta(days=days + 1))

    def local(self, instant: datetime) -> datetime:
        """Return an instant as the clocks of this network show it."""
        return instant.astimezone(self.zone)

    def days_left(self, now: datetime) -> int:
        """Count the days from now's local date to the deadline's; negative once it has passed."""
        return (self.deadline_day - self.local(now).date()).days

    def _instant(self, moment: datetime | date) -> datetime:
        if isinstance(moment, datetime):
            return moment.astimezone(UTC)
        return datetime.combine(moment, time(), self.zone).astimezone(UTC)


def read_network(toml: str, source: str) -> Network:
    """Read a network file; `source` names it in the `NetworkError` that a mistake raises.

    >>> read_network("id = 1", "networks/x.toml")
    Traceback (most recent call last):
    shared.domain.network.NetworkError: networks/x.toml: id: Input should be a valid string (and 3 more)
    """
    try:
        return _NETWORK.validate_python(tomllib.loads(toml))
    except tomllib.TOMLDecodeError as broken:
        raise NetworkError(f"{source}: not valid TOML: {broken}") from broken
    except ValidationError as wrong:
        raise NetworkError(_first_mistake(wrong, source)) from wrong


def _first_mistake(wrong: ValidationError, source: str) -> str:
    first, *others = wrong.errors(include_url=False, include_input=False)
    key = ".".join(str(part) for part in first["loc"]) or "the file"
    more = f" (and {len(others)} more)" if others else ""
    return f"{source}: {key}: {first['msg'].removeprefix('Value error, ')}{more}"


_NETWORK = TypeAdapter(Network)
