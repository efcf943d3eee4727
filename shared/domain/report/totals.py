"""Where everyone is, in numbers that add up."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from shared.domain.registration.registration import Registration, State
from shared.domain.schools.school import School


class Totals(NamedTuple):
    """Where everyone is; the first is the sum of the others, so that nobody is lost."""

    received: int
    counted: int
    double: int
    cancelled: int
    declined: int
    late: int
    quarantined: int


def totals(registrations: Sequence[Registration], schools: Sequence[School]) -> Totals:
    """Count everyone in the one place where the rule has them; schools say who counts and who is double."""
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
