"""What the deadline makes of everybody: one rule for the check that decides and for all that foretell it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from shared.domain.network.network import Network
from shared.domain.network.parts import WhenShort
from shared.domain.registration.history import settled
from shared.domain.registration.registration import Registration, State
from shared.domain.rule.standing import SchoolStanding, Standing, repair_until
from shared.domain.rule.waiting_list import waiting_list

_WHEN_SHORT = {
    WhenShort.HOLD: State.HELD,
    WhenShort.DECLINE: State.DECLINED,
    WhenShort.ADMIT: State.ADMITTED,
}
ADMITTED_STANDINGS = frozenset({Standing.COMPLETE, Standing.WAIVED})


class ClosingDecision(NamedTuple):
    """What becomes of somebody, and why."""

    state: State
    why: str


def closing_decisions(network: Network, stands: Sequence[SchoolStanding]) -> Mapping[str, ClosingDecision]:
    """Return what the deadline makes of everybody who counts, by person, were it now."""
    waits = waiting_list(network, stands, closed=True)
    found: dict[str, ClosingDecision] = {}
    for stand in stands:
        state = (
            State.ADMITTED if stand.standing in ADMITTED_STANDINGS else _WHEN_SHORT[network.rule.when_short]
        )
        for person in (r.person_key for r in stand.school.counted):
            found[person] = (
                ClosingDecision(State.HELD, waits[person])
                if person in waits
                else ClosingDecision(state, stand.why)
            )
    return found


def decide_closing(
    network: Network, stands: Sequence[SchoolStanding], now: datetime
) -> Iterator[Registration]:
    """Yield everybody about whom a check at an instant after the deadline decides, as they will be."""
    found = closing_decisions(network, stands)
    for school in stands:
        for person in school.school.counted:
            fate = found[person.person_key]
            if fate.state is not person.state and _is_open(network, school, person, now):
                yield person.become(fate.state, now, "check", fate.why)


def _is_open(network: Network, school: SchoolStanding, person: Registration, now: datetime) -> bool:
    """Say whether the check may still decide about somebody; it does so once, but for what comes after.

    Who was held by the check is admitted as soon as the school is complete or waived and there is room; who
    was admitted by it is let go only where the school lost someone and its repair window is over. So is who
    took over the place of such a person, by whose own hand they stand there.
    """
    last = settled(person.history) if person.history else None
    if person.state is State.REGISTERED:
        return school.standing is not Standing.REPAIR
    if last is None or last.by not in ("check", "person"):
        return False
    if person.state is State.HELD:
        return school.standing in ADMITTED_STANDINGS
    until = repair_until(network, school.school)
    return school.standing is Standing.SHORT and until is not None and until <= now
