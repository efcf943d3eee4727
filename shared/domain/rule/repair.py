"""The repair window: for some days a complete school may replace a person it loses after the deadline."""

from datetime import datetime, timedelta
from typing import NamedTuple

from shared.domain.network.network import Network
from shared.domain.registration.history import settled
from shared.domain.registration.registration import COUNTED, Registration, State
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

    It runs to the end of the local day, `repair_days` after the loss that made the school incomplete, and not
    less than to the deadline, which may have moved after it decided about this school.
    """
    loss = last_loss(network, school)
    if loss is None or not network.rule.repair_days:
        return None
    return max(network.end_of_day(loss.at, network.rule.repair_days), network.closes_at)


def last_loss(network: Network, school: School) -> Loss | None:
    """Return the latest loss after a deadline that made a complete school incomplete."""
    losses = (Loss(r, c.at) for r in school.registrations for c in r.history if c.state not in COUNTED)
    breaks = (
        loss
        for loss in losses
        if _was_complete(network, school, loss.at) and _was_decided(network, school, loss.at)
    )
    return max(breaks, key=lambda loss: loss.at, default=None)


def _was_decided(network: Network, school: School, at: datetime) -> bool:
    """Say whether a deadline had passed: this one, or an earlier one at which the check admitted people."""
    before = school.as_of(at - JUST_BEFORE).registrations
    return network.is_closed(at) or any(
        r.state is State.ADMITTED and settled(r.history).by == "check" for r in before if r.history
    )


def _was_complete(network: Network, school: School, at: datetime) -> bool:
    return not school.as_of(at - JUST_BEFORE).missing(network.rule.min_per_school)
