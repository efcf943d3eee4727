"""What the organiser's report says: facts about one network at one moment."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from shared.domain.alike import alike
from shared.domain.changes import Changes, Group, changes, groups
from shared.domain.growth import Day, growth
from shared.domain.history import entered
from shared.domain.network import Network, WhenShort
from shared.domain.outbox import UNDELIVERED, MailRecord
from shared.domain.registration import Registration, State
from shared.domain.school import School, Standing, schools

_FORECAST_DAYS = 14  # how long before the deadline the report says what it would decide (DESIGN, section 5)
_FATE = {
    WhenShort.HOLD: State.HELD,
    WhenShort.DECLINE: State.DECLINED,
    WhenShort.ADMIT: State.ADMITTED,
}


class Matter(StrEnum):
    """What a question to the organiser is about."""

    LATE = "late"
    HELD = "held"
    QUARANTINED = "quarantined"
    SAME_SCHOOL = "same_school"


class Question(NamedTuple):
    """One thing that only the organiser can decide, and whom it is about."""

    matter: Matter
    registrations: tuple[Registration, ...]
    schools: tuple[School, ...] = ()


class Totals(NamedTuple):
    """Where everyone is; the first is the sum of the others, so that nobody is lost."""

    received: int
    counted: int
    double: int
    cancelled: int
    declined: int
    late: int
    quarantined: int


class Undelivered(NamedTuple):
    """A mail that did not arrive, and whose it was when that is a registrant's."""

    record: MailRecord
    registration: Registration | None


@dataclass(frozen=True)
class Report:
    """A network at one moment; each fact is worked out when it is read, so that one may fail alone."""

    network: Network
    registrations: tuple[Registration, ...]
    mail_records: tuple[MailRecord, ...]
    previous: datetime | None
    at: datetime

    @property
    def closed(self) -> bool:
        """Whether the deadline has passed."""
        return self.at >= self.network.closes_at

    @cached_property
    def schools(self) -> tuple[School, ...]:
        """Every school, in the order of their names."""
        return schools(self.registrations)

    def standing(self, standing: Standing) -> tuple[School, ...]:
        """Return the schools that stand so."""
        minimum = self.network.rule.min_per_school
        return tuple(school for school in self.schools if school.standing(minimum) == standing)

    @cached_property
    def changes(self) -> Changes:
        """What happened since the previous report, or since the beginning when there was none."""
        return changes(self.schools, self.previous, self.network.rule.min_per_school)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What only the organiser can decide: who is late, held or in quarantine, what schools look alike."""
        return (
            *(Question(Matter.LATE, (r,)) for r in self._in(State.LATE)),
            *self._held(),
            *(Question(Matter.QUARANTINED, (r,)) for r in self._in(State.QUARANTINED)),
            *(Question(Matter.SAME_SCHOOL, a.counted + b.counted, (a, b)) for a, b in alike(self.schools)),
        )

    @cached_property
    def forecast(self) -> tuple[Group, ...]:
        """What the deadline would decide if it were now; empty until two weeks before it, and after it."""
        if self.closed or self.network.days_left(self.at) > _FORECAST_DAYS:
            return ()
        return groups(self.schools, {r.person: self._fate(s) for s in self.schools for r in s.counted})

    @cached_property
    def outcome(self) -> tuple[Group, ...]:
        """What has been decided; empty until the deadline."""
        return groups(self.schools, {r.person: r.state for r in self.registrations}) if self.closed else ()

    @cached_property
    def growth(self) -> tuple[Day, ...]:
        """How registrations came in, day by day."""
        return growth(self.network, self.registrations, self.at)

    @cached_property
    def totals(self) -> Totals:
        """Where everyone is."""
        states = Counter(r.state for r in self.registrations)
        return Totals(
            received=len(self.registrations),
            counted=sum(len(s.counted) for s in self.schools),
            double=sum(len(s.doubles) for s in self.schools),
            cancelled=states[State.CANCELLED],
            declined=states[State.DECLINED],
            late=states[State.LATE],
            quarantined=states[State.QUARANTINED],
        )

    @cached_property
    def undelivered(self) -> tuple[Undelivered, ...]:
        """The mails that somebody did not get, the latest first."""
        whose = {r.reference: r for r in self.registrations}
        lost = (m for m in self.mail_records if m.state in UNDELIVERED)
        return tuple(Undelivered(m, whose.get(m.reference)) for m in sorted(lost, key=lambda m: m.at)[::-1])

    @cached_property
    def unknown_fields(self) -> tuple[tuple[str, int], ...]:
        """The form fields that we do not know and in how many registrations each was, the commonest first."""
        return tuple(Counter(name for r in self.registrations for name in r.extra).most_common())

    def _in(self, state: State) -> tuple[Registration, ...]:
        return tuple(r for r in self.registrations if r.state is state)

    def _held(self) -> Iterator[Question]:
        for school in self.schools if self.closed else ():
            if held := tuple(r for r in school.registrations if r.state is State.HELD):
                yield Question(Matter.HELD, held, (school,))

    def _fate(self, school: School) -> State:
        rule = self.network.rule
        return _FATE[rule.when_short] if school.missing(rule.min_per_school) else State.ADMITTED


def make_report(
    network: Network,
    registrations: Sequence[Registration],
    mail_records: Sequence[MailRecord],
    previous: datetime | None,
    now: datetime,
) -> Report:
    """Return the report of a moment; `previous` is that of the last one, from which changes are told."""
    ordered = sorted(registrations, key=lambda r: (entered(r), r.person))
    return Report(network, tuple(ordered), tuple(mail_records), previous, now)
