"""The repair window: for some days a complete school may replace a person it loses after the deadline.

Whoever the check admitted keeps the rule by which it did: a stricter one takes nothing from their school.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from shared.domain.network.network import Network
from shared.domain.registration.history import settled
from shared.domain.registration.reason import Reason
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
    days = repair_days(network, school.as_of(loss.at - JUST_BEFORE)) if loss else 0
    return max(network.end_of_day(loss.at, days), network.closes_at) if loss and days else None


def repair_days(network: Network, school: School) -> int:
    """Return how many days a school has to replace a person whom it loses."""
    return max([network.rule.repair_days, *(reason.repair_days for reason in _admissions(school))])


def is_mended(network: Network, school: School) -> bool:
    """Say whether a school has as many people as it needed when the check admitted its people."""
    return not school.missing(_needed(network, school))


def _needed(network: Network, school: School) -> int:
    return min([network.rule.min_per_school, *(reason.minimum for reason in _admissions(school))])


def _admissions(school: School) -> Iterator[Reason]:
    """Yield by which rule the check admitted people; earlier releases did not store it."""
    for person in school.registrations:
        change = settled(person.history) if person.history else None
        if person.state is State.ADMITTED and change and change.by == "check":
            yield from filter(lambda reason: reason.minimum, filter(None, [change.reason]))


def last_loss(network: Network, school: School) -> Loss | None:
    """Return the latest loss after a deadline that made a complete school incomplete."""
    losses = (Loss(r, c.at) for r in school.registrations for c in r.history if c.state not in COUNTED)
    breaks = (loss for loss in losses if _is_break(network, school, loss.at))
    return max(breaks, key=lambda loss: loss.at, default=None)


def _is_break(network: Network, school: School, at: datetime) -> bool:
    before = school.as_of(at - JUST_BEFORE)
    needed = _needed(network, before)
    is_short_since = not before.missing(needed) and school.as_of(at).missing(needed)
    return bool(is_short_since) and _was_decided(network, before, at)


def _was_decided(network: Network, before: School, at: datetime) -> bool:
    """Say whether a deadline had passed: this one, or an earlier one at which the check admitted people."""
    return network.is_closed(at) or any(
        r.state is State.ADMITTED and settled(r.history).by == "check"
        for r in before.registrations
        if r.history
    )
