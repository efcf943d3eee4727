"""What only the organiser can decide: who is late, held or in quarantine, and which schools may be one."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from shared.domain.registration.history import settled
from shared.domain.registration.registration import Registration, State
from shared.domain.schools.reasons import PairReason
from shared.domain.schools.school import SameSchoolDoubt, School


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
    why: str = ""
    doubt: PairReason | None = None


def about_people(registrations: Sequence[Registration], state: State, matter: Matter) -> Iterator[Question]:
    """Ask about each person in a state."""
    return (Question(matter, (r,), why=_why(r)) for r in registrations if r.state is state)


def _why(registration: Registration) -> str:
    return settled(registration.history).why if registration.history else ""


def about_held(schools: Sequence[School]) -> Iterator[Question]:
    """Ask about each school of which somebody is held."""
    for school in schools:
        if held := tuple(r for r in school.registrations if r.state is State.HELD):
            yield Question(Matter.HELD, held, (school,))


def about_doubts(doubts: Sequence[SameSchoolDoubt], minimum: int) -> Iterator[Question]:
    """Ask whether two schools are one, where that makes a difference to who is complete."""
    for a, b, reason in doubts:
        if a.counted and b.counted and (a.missing(minimum) or b.missing(minimum)):
            yield Question(Matter.SAME_SCHOOL, a.counted + b.counted, (a, b), doubt=reason)
