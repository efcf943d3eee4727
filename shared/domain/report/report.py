"""What the organiser's report says: facts about one network at one moment."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from shared.domain.decision import Decision, Kind, in_force
from shared.domain.form.misfit import Misfit, unanswered_misfits, unknown_field_names
from shared.domain.network.network import Network
from shared.domain.outbox import UNDELIVERED, MailRecord
from shared.domain.registration.bounces import unreachable_people
from shared.domain.registration.history import entered
from shared.domain.registration.reason import Reason
from shared.domain.registration.registration import Registration, State
from shared.domain.report.changes import Changes, Headcount, changes, headcounts
from shared.domain.report.growth import Day, growth
from shared.domain.report.question import Matter, Question, about_doubts, about_held, about_people
from shared.domain.report.totals import Totals, totals
from shared.domain.rule.closing import closing_decisions
from shared.domain.rule.standing import SchoolStanding, Standing, standing_of
from shared.domain.rule.waiting_list import waiting_list
from shared.domain.schools.knowledge import NOTHING, SchoolKnowledge
from shared.domain.schools.school import School, SchoolGrouping, group_by_school

_FORECAST_DAYS = 14  # how long before the deadline the report says what it would decide (DESIGN, section 5)


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
    decisions: tuple[Decision, ...] = ()
    before: Network | None = None  # the network's file at the previous report
    known: SchoolKnowledge = NOTHING
    kept: tuple[Misfit, ...] = ()  # posts that did not fit the form's map
    unread: int = 0  # registrations and decisions that only a later release can read

    @property
    def is_closed(self) -> bool:
        """Whether the deadline has passed."""
        return self.network.is_closed(self.at)

    @property
    def closes_soon(self) -> bool:
        """Whether this is one of the last two reports before the deadline decides."""
        return not self.is_closed and self.network.days_left(self.at) <= 1

    @cached_property
    def _grouping(self) -> SchoolGrouping:
        return group_by_school(self.registrations, self.known)

    @property
    def schools(self) -> tuple[School, ...]:
        """Every school, in the order of their names."""
        return self._grouping.schools

    @cached_property
    def standings(self) -> tuple[SchoolStanding, ...]:
        """Where each school stands."""
        return tuple(standing_of(self.network, school, self.decisions, self.at) for school in self.schools)

    def standing(self, standing: Standing) -> tuple[SchoolStanding, ...]:
        """Return the schools that stand so."""
        return tuple(stand for stand in self.standings if stand.standing == standing)

    @property
    def closing_held(self) -> Decision | None:
        """The organiser's word that the deadline decides nothing for now."""
        return in_force(self.decisions, Kind.HOLD_CLOSING, self.at).get("")

    @cached_property
    def waiting(self) -> tuple[Registration, ...]:
        """Who waits for a place, where there are limits."""
        waits = waiting_list(self.network, self.standings, self.is_closed)
        return tuple(r for r in self.registrations if r.person_key in waits)

    @cached_property
    def changes(self) -> Changes:
        """What happened since the previous report, or since the beginning when there was none."""
        minimum = self.network.rule.min_per_school
        was_minimum = self.before.rule.min_per_school if self.before else minimum
        return changes(self.schools, self.previous, minimum, was_minimum, self.known)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What only the organiser can decide: who is late, held or in quarantine, what schools look alike."""
        people, minimum = self.registrations, self.network.rule.min_per_school
        return (
            *about_people(people, State.LATE, Matter.LATE),
            *about_held(self.schools if self.is_closed else ()),
            *about_doubts(self._grouping.doubts, minimum),
            # Last: robots make many of these, and the mail has an end.
            *about_people(people, State.QUARANTINED, Matter.QUARANTINED),
        )

    @property
    def put_aside(self) -> tuple[tuple[Reason | None, int], ...]:
        """Why registrations are in quarantine and how many for each reason, the commonest first."""
        asked = (q for q in self.questions if q.matter is Matter.QUARANTINED)
        return tuple(Counter(q.reason for q in asked).most_common())

    @cached_property
    def forecast(self) -> tuple[Headcount, ...]:
        """What the deadline would decide if it were now; empty until two weeks before it, and after it."""
        if self.is_closed or self.network.days_left(self.at) > _FORECAST_DAYS:
            return ()
        foreseen = closing_decisions(self.network, self.standings)
        return headcounts(self.schools, {person: fate.state for person, fate in foreseen.items()})

    @cached_property
    def outcome(self) -> tuple[Headcount, ...]:
        """What has been decided; empty until the deadline."""
        return (
            headcounts(self.schools, {r.person_key: r.state for r in self.registrations})
            if self.is_closed
            else ()
        )

    @cached_property
    def growth(self) -> tuple[Day, ...]:
        """How registrations came in, day by day."""
        return growth(self.network, self.registrations, self.at)

    @cached_property
    def totals(self) -> Totals:
        """Where everyone is."""
        return totals(self.registrations, self.schools)

    @cached_property
    def undelivered(self) -> tuple[Undelivered, ...]:
        """The mails that somebody did not get, the latest first."""
        whose = {r.reference: r for r in self.registrations}
        lost = (m for m in self.mail_records if m.state in UNDELIVERED)
        return tuple(Undelivered(m, whose.get(m.reference)) for m in sorted(lost, key=lambda m: m.at)[::-1])

    @cached_property
    def unreachable(self) -> tuple[Registration, ...]:
        """Who is on the list while no mail reaches them; they count as everybody does."""
        return unreachable_people(self.registrations, self.mail_records)

    @cached_property
    def unknown_fields(self) -> tuple[tuple[str, int], ...]:
        """The form fields that we do not know and in how many registrations each was, the commonest first."""
        return tuple(Counter(name for r in self.registrations for name in r.extra).most_common())

    @cached_property
    def misfits(self) -> tuple[Misfit, ...]:
        """The posts of a changed form, but for those of who registered after all."""
        return unanswered_misfits(self.kept, self.registrations)

    @cached_property
    def misfit_fields(self) -> tuple[tuple[str, int], ...]:
        """The fields of those posts that we do not know, and in how many each was, the commonest first."""
        field_map = self.network.form.field_map
        return tuple(
            Counter(
                name for m in self.misfits for name in unknown_field_names(m.sent, field_map)
            ).most_common()
        )


def make_report(
    network: Network,
    registrations: Sequence[Registration],
    mail_records: Sequence[MailRecord],
    previous: datetime | None,
    now: datetime,
    decisions: Sequence[Decision] = (),
    before: Network | None = None,
    known: SchoolKnowledge = NOTHING,
    kept: Sequence[Misfit] = (),
    unread: int = 0,
) -> Report:
    """Return the report of a moment.

    `previous` is the moment of the last one, since which changes are told; `before` the network's file then;
    `unread` how many registrations and decisions there are besides these, which this release cannot read.
    """
    ordered = sorted(registrations, key=lambda r: (entered(r), r.person_key))
    people, mails = tuple(ordered), tuple(mail_records)
    decided = tuple(decisions)
    return Report(network, people, mails, previous, now, decided, before, known, tuple(kept), unread)
