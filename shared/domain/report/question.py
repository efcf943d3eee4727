"""What only the organiser can decide, about people and about schools that may be one."""

from collections.abc import Container, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from shared.domain.registration.history import settled
from shared.domain.registration.put_aside import aside_groups
from shared.domain.registration.reason import Reason
from shared.domain.registration.registration import Registration, State
from shared.domain.schools.reasons import PairReason
from shared.domain.schools.school import SameSchoolDoubt, School


class QuestionKind(StrEnum):
    """What a question to the organiser is about."""

    LATE = "late"
    HELD = "held"
    QUARANTINED = "quarantined"
    SAME_SCHOOL = "same_school"
    SITE = "site"  # is what a site posted ours?
    UNREACHABLE = "unreachable"  # on the list, but the address takes no mail
    ADDRESS = "address"  # is what came from one address ours?


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


def questions_about_groups(
    registrations: Sequence[Registration], other_sites: Container[str]
) -> Iterator[OrganiserQuestion]:
    """Ask once about everybody who was put aside together, unless they came from a site that is not ours."""
    for group in aside_groups(registrations):
        if group.site not in other_sites:
            yield OrganiserQuestion(QuestionKind.SITE if group.site else QuestionKind.ADDRESS, group.people)


def questions_about_held(schools: Sequence[School]) -> Iterator[OrganiserQuestion]:
    """Ask about each school with people who are held."""
    for school in schools:
        if held := tuple(r for r in school.registrations if r.state is State.HELD):
            yield OrganiserQuestion(QuestionKind.HELD, held, (school,))


def questions_about_doubts(doubts: Sequence[SameSchoolDoubt], minimum: int) -> Iterator[OrganiserQuestion]:
    """Ask whether two schools are one, if the answer decides which schools are complete."""
    for a, b, reason in doubts:
        if a.counted and b.counted and (a.missing(minimum) or b.missing(minimum)):
            yield OrganiserQuestion(QuestionKind.SAME_SCHOOL, a.counted + b.counted, (a, b), doubt=reason)
