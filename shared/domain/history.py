"""A registration in time: when it came and what it was before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from shared.domain.registration import Change, Registration


def entered(registration: Registration) -> datetime:
    """Return the instant at which this person first registered."""
    return registration.history[0].at if registration.history else registration.received_at


def settled(history: Sequence[Change]) -> Change:
    """Return the change that led to the present state; later ones, of somebody's own data, kept it."""
    return history[settled_at(history)]


def settled_at(history: Sequence[Change]) -> int:
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
