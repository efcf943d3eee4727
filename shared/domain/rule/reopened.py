"""A window that was opened again: whoever was late for an earlier deadline may be in time for this one."""

from collections.abc import Iterable

from shared.domain.network.network import Network
from shared.domain.registration.registration import Registration, State


def late_but_in_time(network: Network, registrations: Iterable[Registration]) -> tuple[Registration, ...]:
    """Return the people who are late, though they posted before the deadline as it is now."""
    return tuple(
        r
        for r in registrations
        if r.state is State.LATE and not r.is_erased and not network.is_closed(r.received_at)
    )
