"""A registration in time: when it came and what it was before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from shared.domain.registration.registration import Change, Registration

# Bytes that organisers may fill: half of an item of the table. The other half is for what they cannot stop.
_ROOM, _EACH = 200_000, 100


def entered(registration: Registration) -> datetime:
    """Return the instant at which this person first registered."""
    return registration.history[0].at if registration.history else registration.received_at


def settled(history: Sequence[Change]) -> Change:
    """Return the change that led to the present state; later ones, of somebody's own data, kept it."""
    return history[settled_index(history)]


def settled_index(history: Sequence[Change]) -> int:
    """Return the place in a history of the change that led to the present state."""
    place = len(history) - 1
    while place and history[place - 1].state is history[-1].state:
        place -= 1
    return place


def as_of(registration: Registration, moment: datetime) -> Registration | None:
    """Return a registration in the state and with the history of a moment; None when it was not there yet."""
    if entered(registration) > moment:
        return None
    history = tuple(change for change in registration.history if change.at <= moment)
    return replace(registration, state=history[-1].state, history=history) if history else registration


def is_full(registration: Registration) -> bool:
    """Say whether a history is so long that organisers add nothing more, so that its item always has room.

    What people do themselves ends long before, and a check adds a few words a day at most.
    """
    return sum(_EACH + len((change.by + change.why).encode()) for change in registration.history) > _ROOM
