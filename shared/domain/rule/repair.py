"""The repair window: for some days a complete school may replace a person it loses after the deadline."""

from datetime import datetime, timedelta
from typing import NamedTuple

from shared.domain.network.network import Network
from shared.domain.registration.registration import COUNTED, Registration
from shared.domain.schools.school import School

JUST_BEFORE = timedelta(milliseconds=1)  # the finest step of our instants


class Loss(NamedTuple):
    """A person whom a school lost, and when."""

    person: Registration
    at: datetime


def may_repair(network: Network, school: School, at: datetime) -> bool:
    """Say whether a school's repair window is open at an instant, so that it may replace a person it lost."""
    if not school.counted or not school.missing(network.rule.min_per_school):
        return False
    until = repair_until(network, school)
    return until is not None and at < until


def repair_until(network: Network, school: School) -> datetime | None:
    """Return the end of the repair window of a school that was complete and lost someone after the deadline.

    It runs to the end of the local day, `repair_days` after the loss that made the school incomplete.
    """
    loss = last_loss(network, school)
    return (
        network.end_of_day(loss.at, network.rule.repair_days) if loss and network.rule.repair_days else None
    )


def last_loss(network: Network, school: School) -> Loss | None:
    """Return the latest loss after the deadline that made a complete school incomplete."""
    losses = (Loss(r, c.at) for r in school.registrations for c in r.history if c.state not in COUNTED)
    breaks = (
        loss for loss in losses if network.is_closed(loss.at) and _was_complete(network, school, loss.at)
    )
    return max(breaks, key=lambda loss: loss.at, default=None)


def _was_complete(network: Network, school: School, at: datetime) -> bool:
    return not school.as_of(at - JUST_BEFORE).missing(network.rule.min_per_school)
