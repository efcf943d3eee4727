"""A registration in time: when it came and what it was before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from shared.domain.registration.registration import Change, Registration

# Bytes that organisers may fill: half of an item of the table. The other half is for what they cannot stop.
_ROOM, _EACH, _REASON = 200_000, 100, 150


def entered(registration: Registration) -> datetime:
    """Return the instant at which this person first registered."""
    return registration.history[0].at if registration.history else registration.received_at


def settled(history: Sequence[Change]) -> Change:
    """Return the change that led to the present state; later changes, of a person's own data, kept it."""
    return history[settled_index(history)]


def settled_index(history: Sequence[Change]) -> int:
    """Return the index in a history of the change that led to the present state."""
    index = len(history) - 1
    while index and history[index - 1].state is history[-1].state:
        index -= 1
    return index


def as_of(registration: Registration, moment: datetime) -> Registration | None:
    """Return a registration in the state and with the history of a moment; None if it came later."""
    if entered(registration) > moment:
        return None
    history = tuple(change for change in registration.history if change.at <= moment)
    return replace(registration, state=history[-1].state, history=history) if history else registration


def is_full(registration: Registration) -> bool:
    """Say whether a history is so long that organisers add nothing more, so that its item always has room.

    What people do themselves ends long before, and a check adds little a day.
    """
    return sum(map(_bytes, registration.history)) > _ROOM


def _bytes(change: Change) -> int:
    reason = _REASON + len(change.reason.by.encode()) if change.reason else 0
    return _EACH + reason + len((change.by + change.note).encode())
