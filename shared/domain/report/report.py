"""What the organiser's report says: facts about one network at one instant."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from shared.domain.decision import Decision, Kind, in_force, site_rulings
from shared.domain.form.form_map import form_map
from shared.domain.form.kept_post import KeptPost, KeptReason, unanswered_posts
from shared.domain.form.reading import read_form
from shared.domain.message import Message
from shared.domain.network.network import Network
from shared.domain.outbox import UNDELIVERED, MailRecord
from shared.domain.registration.bounces import last_bounces, unreachable_people
from shared.domain.registration.confirming import awaits_confirmation
from shared.domain.registration.history import entered, settled
from shared.domain.registration.put_aside import aside_site
from shared.domain.registration.reason import Reason
from shared.domain.registration.registration import Registration, State
from shared.domain.report.answers import AnswerTotals, answer_totals
from shared.domain.report.changes import Changes, Headcount, changes, headcounts
from shared.domain.report.detours import Detour
from shared.domain.report.growth import GrowthDay, growth, quiet_days
from shared.domain.report.question import (
    OrganiserQuestion,
    QuestionKind,
    questions_about_doubts,
    questions_about_groups,
    questions_about_held,
    questions_about_incomplete,
    questions_about_late,
    questions_by_state,
)
from shared.domain.report.readers import unreachable_readers
from shared.domain.report.refusals import NO_REFUSALS, Refusals
from shared.domain.report.totals import Totals, totals
from shared.domain.rule.closing import foreseen_states, is_closing_done
from shared.domain.rule.plan import is_decided_anew, next_decisions
from shared.domain.rule.standing import SchoolStanding, Standing
from shared.domain.rule.waiting_list import free_places, standings_of, waiting_list
from shared.domain.schools.knowledge import NOTHING, SchoolKnowledge
from shared.domain.schools.school import School, SchoolGrouping, group_by_school

_QUIET_DAYS = 5  # working days without a registration after which somebody should try the form
_FORECAST_DAYS = 14  # how long before the deadline the report says what it would decide


class UndeliveredMail(NamedTuple):
    """A mail that did not arrive, and the registration that it was about, if any."""

    record: MailRecord
    registration: Registration | None


@dataclass(frozen=True)
class Report:
    """A network at one instant; each fact is worked out when it is read, so that one may fail alone.

    The registrations stand in the order in which these people came, however they were given.
    """

    network: Network
    registrations: Sequence[Registration]
    mail_records: Sequence[MailRecord]
    previous: datetime | None  # the instant of the previous report, where the changes begin
    at: datetime
    decisions: Sequence[Decision] = ()
    previous_network: Network | None = None  # the network's file at the previous report
    knowledge: SchoolKnowledge = NOTHING
    kept_posts: Sequence[KeptPost] = ()  # posts that were kept and not registered
    unreadable_count: int = 0  # registrations and decisions that only a later release can read
    changes_until: datetime | None = None  # later changes belong to the next report
    refusals: Refusals = NO_REFUSALS  # since the previous report
    weekly_since: date | None = None  # the day of the last daily report, where they go weekly
    messages: Sequence[Message] = ()  # that organisers wrote since the previous report
    detours: Sequence[Detour] = ()  # what the file said since the previous report, and no longer says
    gave_way: int = 0  # posts that were kept for less than two weeks, because their place sent too many

    def __post_init__(self) -> None:
        """Put the registrations in order; a frozen dataclass is set like this once."""
        in_order = tuple(sorted(self.registrations, key=lambda r: (entered(r), r.person_key)))
        object.__setattr__(self, "registrations", in_order)

    @property
    def is_closed(self) -> bool:
        """Whether the deadline has passed."""
        return self.network.is_closed(self.at)

    @property
    def is_settled(self) -> bool:
        """Whether the deadline has decided about everybody, and the organiser has nothing to decide."""
        is_open = self.questions or self.coming or self.closing_held or self.unreadable_count
        is_ahead = any(r.state is State.REGISTERED for school in self.schools for r in school.counted)
        return self.is_closed and not is_open and not is_ahead

    @property
    def closes_soon(self) -> bool:
        """Whether this is one of the last two reports before the deadline decides."""
        return not self.is_closed and self.network.days_left(self.at) <= 1

    @cached_property
    def _grouping(self) -> SchoolGrouping:
        return group_by_school(self.registrations, self.knowledge)

    @cached_property
    def schools(self) -> tuple[School, ...]:
        """Everybody by school, ordered by its name; of some of these schools nobody counts."""
        return tuple(standing.school for standing in self._all_standings)

    @cached_property
    def standings(self) -> tuple[SchoolStanding, ...]:
        """The standing of each school of which somebody counts."""
        return tuple(s for s in self._all_standings if s.standing is not Standing.EMPTY)

    @property
    def uncounted(self) -> tuple[SchoolStanding, ...]:
        """The schools of which nobody counts: their people can be looked up, and no list has them."""
        return tuple(s for s in self._all_standings if s.standing is Standing.EMPTY)

    @cached_property
    def _all_standings(self) -> tuple[SchoolStanding, ...]:
        return standings_of(self.network, self._grouping.schools, self.decisions, self.at)

    @cached_property
    def _by_standing(self) -> Mapping[Standing, Sequence[SchoolStanding]]:
        shown: defaultdict[Standing, list[SchoolStanding]] = defaultdict(list)
        for each in self.standings:
            shown[each.shown].append(each)
        return shown

    def standing(self, standing: Standing) -> tuple[SchoolStanding, ...]:
        """Return the schools that are shown with this standing."""
        return tuple(self._by_standing.get(standing, ()))

    @property
    def closing_held(self) -> Decision | None:
        """The organiser's decision that the deadline decides nothing for now."""
        return in_force(self.decisions, Kind.HOLD_CLOSING, self.at).get("")

    @cached_property
    def waiting(self) -> tuple[Registration, ...]:
        """The people who wait for a place, if the network has limits."""
        waiting = {person_key for school in self.schools for person_key in school.waiting}
        return tuple(r for r in self.registrations if r.person_key in waiting)

    @property
    def free_places(self) -> int:
        """How many places are left for people who wait, after the deadline; places are planned until then."""
        free = free_places(self.network, self.standings) if self.is_closed else None
        taken = sum(r.state is State.ADMITTED for r in self._next)
        return max(0, (free or 0) - taken)

    @cached_property
    def changes(self) -> Changes:
        """What happened since the previous report, or since the opening if there is none."""
        minimum = self.network.rule.min_per_school
        before = self.previous_network
        was_minimum = before.rule.min_per_school if before else minimum
        return changes(self.schools, self.previous, minimum, was_minimum, self.knowledge, self.changes_until)

    @cached_property
    def coming(self) -> tuple[Registration, ...]:
        """The people about whom all is settled and whom the next check carries out, as they will be.

        Whom it decides about for the first time is foretold elsewhere.
        """
        return tuple(r for r in self._next if is_decided_anew(r))

    @cached_property
    def _next(self) -> tuple[Registration, ...]:
        if self.unreadable_count:  # then a check decides nothing
            return ()
        return next_decisions(self.network, self.schools, self.decisions, self.at)

    @property
    def is_closing_done(self) -> bool:
        """Whether the deadline has decided, so that nothing of it can be held any longer."""
        return is_closing_done(self.network, self.schools, self.at)

    @cached_property
    def questions(self) -> tuple[OrganiserQuestion, ...]:
        """What only the organiser can decide."""
        people, minimum = self.registrations, self.network.rule.min_per_school
        settled_people = {r.person_key for r in self.coming}
        return (
            *questions_about_late(self.network, people),
            *(OrganiserQuestion(QuestionKind.UNREACHABLE, (r,)) for r in self._unreachable_in_time),
            *questions_about_held(self.schools, settled_people, self.is_closed),
            *questions_about_incomplete(self.standings if self.is_closed else (), settled_people),
            *questions_about_doubts(self._grouping.doubts, minimum),
            *questions_about_groups(people, [site for site, is_ours in self.site_rulings if not is_ours]),
            # Last, because robots make many of these and the mail has room for few.
            *questions_by_state(
                [r for r in people if aside_site(r) is None], State.QUARANTINED, QuestionKind.QUARANTINED
            ),
        )

    @property
    def put_aside(self) -> tuple[tuple[Reason | None, int], ...]:
        """Why registrations are in quarantine and how many for each reason, the commonest first."""
        people = (r for r in self.registrations if r.state is State.QUARANTINED)
        return tuple(Counter(settled(r.history).reason if r.history else None for r in people).most_common())

    @property
    def site_rulings(self) -> tuple[tuple[str, bool], ...]:
        """What organisers said of sites that the network's file does not list: whether each is theirs."""
        rulings = site_rulings(self.decisions, self.at)
        return tuple((site, rulings[site]) for site in rulings if site not in self.network.form.origins)

    @cached_property
    def forecast(self) -> tuple[Headcount, ...]:
        """What the deadline would decide if it passed now; empty until two weeks before it, and after it."""
        if self.is_closed or self.network.days_left(self.at) > _FORECAST_DAYS:
            return ()
        return headcounts(self.schools, dict(foreseen_states(self.network, self.standings)))

    @cached_property
    def foreseen_waiting(self) -> tuple[Registration, ...]:
        """The people who would have no place if the deadline passed now."""
        waits = waiting_list(self.network, self.standings, closed=True)
        return tuple(r for r in self.registrations if r.person_key in waits)

    @cached_property
    def outcome(self) -> tuple[Headcount, ...]:
        """What has been decided; empty until the deadline."""
        return (
            headcounts(self.schools, {r.person_key: r.state for r in self.registrations})
            if self.is_closed
            else ()
        )

    @cached_property
    def growth(self) -> tuple[GrowthDay, ...]:
        """The number of registrations, day by day."""
        return growth(self.network, self.registrations, self.at)

    @property
    def quiet_days(self) -> int:
        """For how many working days nobody registered, while the network is open; 0 for fewer than five."""
        days = quiet_days(self.growth, self.network.local(self.at).date())
        return days if days >= _QUIET_DAYS and not self.is_closed else 0

    @cached_property
    def totals(self) -> Totals:
        """How many registrations are in each state."""
        return totals(self.registrations, self.schools)

    @cached_property
    def answer_totals(self) -> tuple[AnswerTotals, ...]:
        """How the network's own questions are answered by the people who count."""
        counted = (r for school in self.schools for r in school.counted)
        return answer_totals(self.network, counted, self.at)

    @cached_property
    def undelivered(self) -> tuple[UndeliveredMail, ...]:
        """The mails that did not arrive, the latest first."""
        people = {r.reference: r for r in self.registrations}
        mails = (m for m in self.mail_records if m.state in UNDELIVERED)
        return tuple(
            UndeliveredMail(m, people.get(m.reference)) for m in sorted(mails, key=lambda m: m.at)[::-1]
        )

    @property
    def held_back(self) -> Mapping[str, int]:
        """How many first mails wait for their turn, by why."""
        return Counter(mail.reason for mail in self.mail_records if mail.is_held_back)

    @cached_property
    def unreachable(self) -> tuple[Registration, ...]:
        """The registered people whom no mail reaches; they count like everybody else."""
        bounces = last_bounces(self.registrations, self.mail_records)
        return unreachable_people(self.registrations, bounces)

    @property
    def awaits_confirmation(self) -> tuple[Registration, ...]:
        """The people who have not confirmed their address; some of them still count."""
        return tuple(r for r in self.registrations if awaits_confirmation(self.network, r))

    @property
    def unreachable_readers(self) -> tuple[str, ...]:
        """The addresses of organisers whose last report bounced for good."""
        before = self.previous_network or self.network
        return unreachable_readers(self.network, before, self.mail_records)

    @property
    def _unreachable_in_time(self) -> tuple[Registration, ...]:
        """The unreachable people, until the last session: after that an address is of no use."""
        is_over = self.network.local(self.at).date() > self.network.last_day
        return () if is_over else self.unreachable

    @cached_property
    def unknown_fields(self) -> tuple[tuple[str, int], ...]:
        """The unknown form fields, each with its number of registrations, the commonest first."""
        # An answer that did not fit its question stands there too, and is no sign of a changed form.
        ours = {question.id for question in self.network.form.questions}
        names = (name for r in self.registrations for name in r.extra if name not in ours)
        return tuple(Counter(names).most_common())

    @cached_property
    def changed_form_posts(self) -> tuple[KeptPost, ...]:
        """The kept posts of a changed form, without those of people who registered after all."""
        return tuple(p for p in self._unanswered if p.reason is KeptReason.CHANGED_FORM)

    @cached_property
    def invalid_posts(self) -> tuple[KeptPost, ...]:
        """The kept posts with a mistake in them, without those of people who registered after all."""
        return tuple(p for p in self._unanswered if p.reason is not KeptReason.CHANGED_FORM)

    @cached_property
    def _unanswered(self) -> tuple[KeptPost, ...]:
        return unanswered_posts(self.kept_posts, self.registrations)

    @cached_property
    def kept_fields(self) -> tuple[tuple[str, int], ...]:
        """The unknown fields of changed forms, each with its number of posts, the commonest first."""
        form = form_map(self.network.form)
        readings = (read_form(post.answers, form) for post in self.changed_form_posts)
        return tuple(Counter(a.name for reading in readings for a in reading.unknown).most_common())
