"""What the deadline makes of everybody: one rule for the check that decides and the report that foretells."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from shared.domain.network import Network
from shared.domain.network_parts import WhenShort
from shared.domain.registration import State
from shared.domain.seats import waiting
from shared.domain.standing import Stand, Standing

_WHEN_SHORT = {
    WhenShort.HOLD: State.HELD,
    WhenShort.DECLINE: State.DECLINED,
    WhenShort.ADMIT: State.ADMITTED,
}
IN = frozenset({Standing.COMPLETE, Standing.WAIVED})


class Fate(NamedTuple):
    """What becomes of somebody, and why."""

    state: State
    why: str


def fates(network: Network, stands: Sequence[Stand]) -> Mapping[str, Fate]:
    """Return what the deadline makes of everybody who counts, by person, were it now."""
    waits = waiting(network, stands, closed=True)
    found: dict[str, Fate] = {}
    for stand in stands:
        state = State.ADMITTED if stand.standing in IN else _WHEN_SHORT[network.rule.when_short]
        for person in (r.person for r in stand.school.counted):
            found[person] = Fate(State.HELD, waits[person]) if person in waits else Fate(state, stand.why)
    return found
