"""The repair window: for some days a complete school may replace a person it loses after the deadline."""

from datetime import datetime, timedelta

from shared.domain.network.network import Network
from shared.domain.registration.registration import COUNTED
from shared.domain.schools.school import School

JUST_BEFORE = timedelta(milliseconds=1)  # the finest step of our instants


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
    losses = [change.at for r in school.registrations for change in r.history if change.state not in COUNTED]
    breaks = [at for at in losses if network.is_closed(at) and _was_complete(network, school, at)]
    if not breaks or not network.rule.repair_days:
        return None
    return network.end_of_day(max(breaks), network.rule.repair_days)


def _was_complete(network: Network, school: School, at: datetime) -> bool:
    return not school.as_of(at - JUST_BEFORE).missing(network.rule.min_per_school)
