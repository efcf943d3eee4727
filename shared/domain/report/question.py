"""What only the organiser can decide, about people and about schools that may be one."""

from collections.abc import Container, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from shared.domain.network.network import Network
from shared.domain.registration.history import settled
from shared.domain.registration.put_aside import aside_groups
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Registration, State
from shared.domain.rule.closing import is_organisers_word
from shared.domain.rule.reopened import late_but_in_time
from shared.domain.rule.standing import SchoolStanding, Standing
from shared.domain.schools.reasons import PairReason
from shared.domain.schools.school import SameSchoolDoubt, School


class QuestionKind(StrEnum):
    """What a question to the organiser is about."""

    LATE = "late"
    HELD = "held"
    QUARANTINED = "quarantined"
    SAME_SCHOOL = "same_school"
    REOPENED = "reopened"  # late for an earlier deadline, and in time for this one
    SITE = "site"  # is what a site posted ours?
    UNREACHABLE = "unreachable"  # on the list, but the address takes no mail
    ADDRESS = "address"  # is what came from one address ours?
    INCOMPLETE = "incomplete"  # takes part, with fewer people than the rule asks now


class OrganiserQuestion(NamedTuple):
    """One thing that only the organiser can decide, and the people and schools that it is about."""

    kind: QuestionKind
    registrations: tuple[Registration, ...]
    schools: tuple[School, ...] = ()
    why: str = ""
    reason: Reason | None = None
    note: str = ""
    doubt: PairReason | None = None

    @property
    def site(self) -> str:
        """The site from which these people came, if it is not listed."""
        return self.registrations[0].origin


def questions_by_state(
    registrations: Sequence[Registration], state: State, kind: QuestionKind
) -> Iterator[OrganiserQuestion]:
    """Ask about each person in a state."""
    for r in registrations:
        if r.state is state:
            change = settled(r.history) if r.history else None
            reason, note = (change.reason, change.note) if change else (None, "")
            yield OrganiserQuestion(kind, (r,), reason=reason, note=note)


def questions_about_late(
    network: Network, registrations: Sequence[Registration]
) -> Iterator[OrganiserQuestion]:
    """Ask once about everybody who is in time for a deadline that moved, and about each other late person."""
    in_time = late_but_in_time(network, registrations)
    if in_time:
        yield OrganiserQuestion(QuestionKind.REOPENED, in_time)
    reopened = {r.person_key for r in in_time}
    others = [r for r in registrations if r.person_key not in reopened]
    yield from questions_by_state(others, State.LATE, QuestionKind.LATE)


def questions_about_groups(
    registrations: Sequence[Registration], other_sites: Container[str]
) -> Iterator[OrganiserQuestion]:
    """Ask once about everybody who was put aside together, unless they came from a site that is not ours."""
    for group in aside_groups(registrations):
        if group.site not in other_sites:
            yield OrganiserQuestion(QuestionKind.SITE if group.site else QuestionKind.ADDRESS, group.people)


def questions_about_held(
    schools: Sequence[School], settled_people: Container[str], is_closed: bool
) -> Iterator[OrganiserQuestion]:
    """Ask about each school with people who are held; before the deadline, only about whom an organiser held.

    `settled_people` are the keys of those about whom the next check decides.
    """
    for school in schools:
        held = (r for r in school.registrations if r.state is State.HELD)
        open_ones = (r for r in held if is_closed or is_organisers_word(r))
        if people := tuple(r for r in open_ones if r.person_key not in settled_people):
            yield OrganiserQuestion(QuestionKind.HELD, people, (school,))


def questions_about_incomplete(
    standings: Sequence[SchoolStanding], settled_people: Container[str]
) -> Iterator[OrganiserQuestion]:
    """Ask about each short school that takes part, if neither an organiser nor the rule wanted that.

    The rule asks more than it did, or somebody left when nobody could be replaced.
    """
    for standing in standings:
        if standing.standing is Standing.SHORT:
            takes_part = (r for r in standing.school.counted if r.state is State.ADMITTED)
            as_complete = (r for r in takes_part if not is_organisers_word(r) and not _came_short(r))
            if people := tuple(r for r in as_complete if r.person_key not in settled_people):
                yield OrganiserQuestion(QuestionKind.INCOMPLETE, people, (standing.school,))


def _came_short(person: Registration) -> bool:
    reason = settled(person.history).reason
    return reason is not None and reason.code in (ReasonCode.SHORT, ReasonCode.REPAIR_ENDED)


def questions_about_doubts(doubts: Sequence[SameSchoolDoubt], minimum: int) -> Iterator[OrganiserQuestion]:
    """Ask whether two schools are one, if the answer decides which schools are complete."""
    for a, b, reason in doubts:
        if a.counted and b.counted and (a.missing(minimum) or b.missing(minimum)):
            yield OrganiserQuestion(QuestionKind.SAME_SCHOOL, a.counted + b.counted, (a, b), doubt=reason)
