"""Where each school stands under the rule at an instant, since when, and why; computed, never stored."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from shared.domain.decision import Decision, Kind, in_force
from shared.domain.network.network import Network
from shared.domain.registration.history import as_of
from shared.domain.registration.registration import COUNTED, Registration
from shared.domain.schools.knowledge import NOTHING, SchoolKnowledge
from shared.domain.schools.school import School, schools
from shared.phrases import dutch

_JUST_BEFORE = timedelta(milliseconds=1)  # the finest step of our instants


class Standing(StrEnum):
    """A school's state under the rule."""

    COMPLETE = "complete"
    SHORT = "short"
    WAIVED = "waived"
    REPAIR = "repair"
    EMPTY = "empty"


class SchoolStanding(NamedTuple):
    """A school, its standing, and until when that lasts by itself (a waiver, a repair window)."""

    school: School
    standing: Standing
    missing: int
    why: str
    until: datetime | None = None


def standings_at(
    network: Network,
    registrations: Iterable[Registration],
    decisions: Sequence[Decision],
    moment: datetime,
    known: SchoolKnowledge = NOTHING,
) -> tuple[SchoolStanding, ...]:
    """Return every school's standing at a moment of the past or now, told from the histories."""
    then = [old for r in registrations if (old := as_of(r, moment))]
    return tuple(standing_of(network, school, decisions, moment) for school in schools(then, known))


def standing_of(
    network: Network, school: School, decisions: Sequence[Decision], now: datetime
) -> SchoolStanding:
    """Return the standing of a school whose registrations are as they are now."""
    missing = school.missing(network.rule.min_per_school)
    if not school.counted:
        return SchoolStanding(school, Standing.EMPTY, missing, "niemand doet mee")
    if not missing:
        return SchoolStanding(school, Standing.COMPLETE, 0, f"{_people(len(school.counted))} tellen mee")
    if waiver := _waiver(school, decisions, now):
        return SchoolStanding(school, Standing.WAIVED, missing, waiver.why, waiver.until)
    if (until := repair_until(network, school)) and now < until:
        last = dutch.day(network.local(until - _JUST_BEFORE).date())
        why = f"was compleet en kan tot en met {last} iemand vervangen"
        return SchoolStanding(school, Standing.REPAIR, missing, why, until)
    return SchoolStanding(school, Standing.SHORT, missing, f"nog {_people(missing)} nodig")


def standing_since(
    network: Network, school: School, decisions: Sequence[Decision], now: datetime
) -> datetime:
    """Return the instant at which a school came to stand as it does now."""
    reached = now
    standing = standing_of(network, school, decisions, now).standing
    for moment in sorted(_moments(network, school, decisions, now), reverse=True):
        if standing_of(network, school.as_of(moment), decisions, moment).standing is not standing:
            break
        reached = moment
    return reached


def may_repair(network: Network, school: School, at: datetime) -> bool:
    """Say whether a school may replace at an instant, after the deadline, who it lost."""
    return standing_of(network, school, (), at).standing is Standing.REPAIR


def repair_until(network: Network, school: School) -> datetime | None:
    """Return the end of the repair window of a school that was complete and lost someone after the deadline.

    It runs to the end of the local day, `repair_days` after the loss that made the school incomplete.
    """
    losses = [change.at for r in school.registrations for change in r.history if change.state not in COUNTED]
    broke = [at for at in losses if network.is_closed(at) and _was_complete(network, school, at)]
    if not broke or not network.rule.repair_days:
        return None
    return network.end_of_day(max(broke), network.rule.repair_days)


def _was_complete(network: Network, school: School, at: datetime) -> bool:
    return not school.as_of(at - _JUST_BEFORE).missing(network.rule.min_per_school)


def _waiver(school: School, decisions: Sequence[Decision], now: datetime) -> Decision | None:
    waivers = in_force(decisions, Kind.WAIVE, now)
    return next((waivers[r.reference] for r in school.registrations if r.reference in waivers), None)


def _moments(
    network: Network, school: School, decisions: Sequence[Decision], now: datetime
) -> Iterator[datetime]:
    """Yield every instant up to now at which this school's standing can have changed."""
    instants = [change.at for r in school.registrations for change in r.history]
    instants += [at for d in decisions for at in (d.at, d.until, d.undone_at) if at]
    instants += [end for end in (network.closes_at, repair_until(network, school)) if end]
    return (at for at in set(instants) if at <= now)


def _people(n: int) -> str:
    return dutch.count(n, "persoon", "personen")
