"""How many registrations are in each state, in numbers that add up."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from shared.domain.registration.registration import Registration, State
from shared.domain.schools.school import School


class Totals(NamedTuple):
    """How many registrations there are of each sort; the first number is the sum of the others."""

    received: int
    counted: int
    double: int
    cancelled: int
    declined: int
    late: int
    quarantined: int


def totals(registrations: Sequence[Registration], schools: Sequence[School]) -> Totals:
    """Count every registration in exactly one sort; the schools say which count and which are double."""
    states = Counter(r.state for r in registrations)
    return Totals(
        received=len(registrations),
        counted=sum(len(s.counted) for s in schools),
        double=sum(len(s.doubles) for s in schools),
        cancelled=states[State.CANCELLED],
        declined=states[State.DECLINED],
        late=states[State.LATE],
        quarantined=states[State.QUARANTINED],
    )
