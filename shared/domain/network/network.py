"""A learning network: its file, read and checked."""

import tomllib
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    Field,
    HttpUrl,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from shared.domain.network.paragraphs import ParagraphKind
from shared.domain.network.parts import (
    AbuseLimits,
    FormSettings,
    Language,
    NetworkPart,
    Organiser,
    Paragraph,
    Privacy,
    RegistrationWindow,
    Rule,
    Session,
    Text,
)

PROBE = "probe"  # the id of the network that the function `probe` registers in, and of no other
_SIMULATOR = "@simulator.amazonses.com"  # SES's own mailboxes, which are nobody's
_TIME_TO_DECIDE = timedelta(weeks=4)
YEARS = range(2000, 2101)  # so that adding months or an offset stays a date


class NetworkError(ValueError):
    """A network file that cannot be used: which file, which key and why, in English for the operator."""


class Network(NetworkPart):
    """One learning network, as its file in `networks/` describes it."""

    # 40 characters at most, because it is part of keys, links and SES tags.
    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,39}$")]
    title: Text
    summary: Paragraph | None = None  # what it brings, on our own form
    costs: Text | None = None
    call_url: HttpUrl | None = None  # the page on which people read all of it
    language: Language = "nl"  # of registrants' mails and pages; organisers read Dutch
    time_zone: str = "Europe/Amsterdam"
    report: Literal["daily", "weekly"] = "daily"  # weekly once everything is decided
    organiser: Organiser
    registration: RegistrationWindow
    rule: Rule = Rule()
    sessions: tuple[Session, ...] = ()
    paragraphs: dict[ParagraphKind, Paragraph] = Field({})  # of organisers, each in mails of its kind
    form: FormSettings = FormSettings()
    abuse: AbuseLimits = AbuseLimits()
    privacy: Privacy = Privacy()

    @model_validator(mode="after")
    def _times_make_sense(self) -> Self:
        try:
            ZoneInfo(self.time_zone)
        except (
            ZoneInfoNotFoundError,
            ValueError,
            OSError,
        ) as unknown:  # a folder is not a zone
            raise ValueError(f"time_zone {self.time_zone!r} is not in the IANA database") from unknown
        days = (self.registration.opens, self.registration.deadline, *(s.date for s in self.sessions))
        if any(day.year not in YEARS for day in days):
            raise ValueError(f"every date is of a year from {YEARS[0]} to {YEARS[-1]}")
        if self.is_probe and not all(to.endswith(_SIMULATOR) for to in self.organiser.report_to):
            raise ValueError(
                "the id probe is for what `tweetal network probe` prints, whose people are deleted daily"
            )
        if self.closes_at <= self.opens_at:
            raise ValueError("registration.deadline is not after registration.opens")
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of this network's dates."""
        return ZoneInfo(self.time_zone)

    @property
    def agenda(self) -> tuple[Session, ...]:
        """The sessions by date, by which people number them; calendar files number `sessions`."""
        return tuple(sorted(self.sessions, key=lambda session: (session.date, session.start)))

    @property
    def prefix(self) -> str:
        """The start of this network's references: "PLG" for plg-2023."""
        return self.id.partition("-")[0][:8].upper()

    @property
    def is_limited(self) -> bool:
        """Whether people may have to wait for a place."""
        return self.registration.max_participants is not None or self.rule.max_per_school is not None

    @property
    def confirms_addresses(self) -> bool:
        """Whether people must confirm their address."""
        is_full = self.registration.max_participants is not None
        return self.registration.confirm == "always" or (self.registration.confirm == "full" and is_full)

    @property
    def opens_at(self) -> datetime:
        """The first instant (UTC) at which people can register."""
        return self._instant(self.registration.opens)

    @property
    def deadline(self) -> datetime | date:
        """The last local moment to register, or the last whole day; midnight is the end of the day before."""
        deadline = self.registration.deadline
        if not isinstance(deadline, datetime):
            return deadline
        local = self.local(deadline)
        return local if local.time() != time() else local.date() - timedelta(days=1)

    @property
    def closes_at(self) -> datetime:
        """The first instant (UTC) that is too late; a date without a time includes all of that day."""
        deadline = self.deadline
        if isinstance(deadline, datetime):
            return deadline.astimezone(UTC) + timedelta(milliseconds=1)
        return self._instant(deadline + timedelta(days=1))

    @property
    def is_probe(self) -> bool:
        """Whether this is the network of the daily probe, which no count and no report includes."""
        return self.id == PROBE

    def is_closed(self, at: datetime) -> bool:
        """Say whether the deadline has passed at an instant."""
        return at >= self.closes_at

    @property
    def deadline_day(self) -> date:
        """The deadline's date in the network's zone."""
        return self.deadline.date() if isinstance(self.deadline, datetime) else self.deadline

    @property
    def last_day(self) -> date:
        """The date on which the network ends: its last session, or its deadline if it has none later."""
        return max([self.deadline_day, *(session.date for session in self.sessions)])

    @property
    def reported_until(self) -> date:
        """The day of the last report: the last day, or weeks after a deadline that no session follows.

        Somebody must still read whom that deadline held, and decide.
        """
        is_followed = self.last_day > self.deadline_day
        return self.last_day if is_followed else self.deadline_day + _TIME_TO_DECIDE

    def is_over(self, at: datetime) -> bool:
        """Say whether nobody reads any longer who registers."""
        return self.local(at).date() > self.reported_until

    @property
    def sensitive_until(self) -> datetime:
        """The instant (UTC) at which sensitive answers are erased: a week after the last day."""
        return self._instant(self.last_day + timedelta(days=7))

    @property
    def forgotten_at(self) -> datetime:
        """The instant (UTC) at which personal data is deleted: `keep_months` after the last day."""
        months = self.last_day.month - 1 + self.privacy.keep_months
        year, month = self.last_day.year + months // 12, months % 12 + 1
        last = min(self.last_day.day, monthrange(year, month)[1])
        return self._instant(date(year, month, last) + timedelta(days=1))

    def end_of_day(self, instant: datetime, days: int = 0) -> datetime:
        """Return the first instant (UTC) after the local day of an instant, and after some more days."""
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

    >>> read_network("id = 1", "x.toml")
    Traceback (most recent call last):
    shared.domain.network.network.NetworkError: x.toml: id: Input should be a valid string (and 3 more)
    """
    try:
        file = tomllib.loads(toml)
    except (ValueError, RecursionError) as broken:  # also a number or a depth beyond Python's limits
        raise NetworkError(f"{source}: not valid TOML: {broken}") from broken
    try:
        return _NETWORK.validate_python(file)
    except ValidationError as wrong:
        raise NetworkError(_first_mistake(wrong, source)) from wrong


def mistakes_of(file: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Return every mistake in a network file that was read as TOML, as pydantic describes it."""
    try:
        _NETWORK.validate_python(file)
    except ValidationError as wrong:
        return wrong.errors(include_url=False, include_input=False)
    return ()


def _first_mistake(wrong: ValidationError, source: str) -> str:
    first, *others = wrong.errors(include_url=False, include_input=False)
    key = ".".join(str(part) for part in first["loc"]) or "the file"
    more = f" (and {len(others)} more)" if others else ""
    return f"{source}: {key}: {_WORDS.get(first['type'], first['msg'].removeprefix('Value error, '))}{more}"


# Pydantic's type of a mistake -> what an operator reads.
_WORDS = {"missing": "is required, and is not there", "extra_forbidden": "there is no such key here"}


_NETWORK = TypeAdapter(Network)
