"""How many registrations are in each state, in numbers that add up."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from shared.domain.registration.registration import Registration, State
from shared.domain.schools.school import School


class Totals(NamedTuple):
    """How many registrations there are of each sort; the first number is the sum of the others.

    `counted` have a place as far as we know, `waiting` wait for one, `held` wait for an organiser's decision.
    """

    received: int
    counted: int
    waiting: int
    held: int
    double: int
    cancelled: int
    declined: int
    late: int
    quarantined: int
    unconfirmed: int


def totals(registrations: Sequence[Registration], schools: Sequence[School]) -> Totals:
    """Count every registration in exactly one sort; the schools say which count and which are double."""
    states = Counter(r.state for r in registrations)
    here = [(r, school.waiting) for school in schools for r in school.counted]
    held = [r for r, _ in here if r.state is State.HELD]
    waiting = [r for r, waits in here if r.person_key in waits and r.state is not State.HELD]
    return Totals(
        received=len(registrations),
        counted=len(here) - len(held) - len(waiting),
        waiting=len(waiting),
        held=len(held),
        double=sum(len(s.doubles) for s in schools),
        cancelled=states[State.CANCELLED],
        declined=states[State.DECLINED],
        late=states[State.LATE],
        quarantined=states[State.QUARANTINED],
        unconfirmed=states[State.UNCONFIRMED],
    )
