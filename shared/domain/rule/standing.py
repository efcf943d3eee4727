"""Where each school stands under the rule at an instant, since when, and why; computed, never stored."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from shared.domain.decision import Decision, Kind, in_force
from shared.domain.network.network import Network
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.rule.repair import JUST_BEFORE, is_mended, last_loss, repair_until
from shared.domain.schools.school import School


class Standing(StrEnum):
    """A school's state under the rule; `WAITING` is only shown: enough people, and no place."""

    COMPLETE = "complete"
    SHORT = "short"
    WAIVED = "waived"
    REPAIR = "repair"
    EMPTY = "empty"
    WAITING = "waiting"


class SchoolStanding(NamedTuple):
    """A school, its standing and why: a reason of the rule's, and the note of an organiser who waived it.

    `until` is when the standing ends by itself: with a waiver or a repair window.
    """

    school: School
    standing: Standing
    missing: int
    reason: Reason | None = None
    note: str = ""
    until: datetime | None = None

    @property
    def shown(self) -> Standing:
        """The standing that people read: a school with enough people and no place waits."""
        has_enough = self.standing in (Standing.COMPLETE, Standing.WAIVED)
        return Standing.WAITING if has_enough and self.school.is_waiting else self.standing


def standing_of(
    network: Network, school: School, decisions: Sequence[Decision], now: datetime
) -> SchoolStanding:
    """Return the standing of a school whose registrations are as they are now."""
    missing = school.missing(network.rule.min_per_school)
    if not school.counted:
        return SchoolStanding(school, Standing.EMPTY, missing, Reason(ReasonCode.NOBODY_COUNTS))
    if not missing:
        return SchoolStanding(school, Standing.COMPLETE, 0, _complete(network, school))
    if waiver := _waiver(school, decisions, now):
        waived = Reason(ReasonCode.WAIVED, by=waiver.by, day=network.local(waiver.at).date())
        return SchoolStanding(school, Standing.WAIVED, missing, waived, waiver.why, waiver.until)
    if (until := repair_until(network, school)) and now < until:
        last = network.local(until - JUST_BEFORE).date()
        may_replace = Reason(ReasonCode.MAY_REPLACE, until=last)
        return SchoolStanding(school, Standing.REPAIR, missing, may_replace, until=until)
    reason = _why_not_repaired(network, school, missing) or Reason(ReasonCode.SHORT, people=missing)
    return SchoolStanding(school, Standing.SHORT, missing, reason)


def _complete(network: Network, school: School) -> Reason:
    rule = network.rule
    people, days = len(school.counted), rule.repair_days
    return Reason(ReasonCode.COMPLETE, people=people, minimum=rule.min_per_school, repair_days=days)


def _why_not_repaired(network: Network, school: School, missing: int) -> Reason | None:
    """Return the reason of a school whose repair window ended without a new colleague; None for another."""
    until, loss = repair_until(network, school), last_loss(network, school)
    if not until or not loss or is_mended(network, school.as_of(until)):
        return None
    return Reason(
        ReasonCode.REPAIR_ENDED,
        reference=loss.person.reference,
        people=missing,
        until=network.local(until - JUST_BEFORE).date(),
        day=network.local(loss.at).date(),
    )


def standing_since(
    network: Network, school: School, decisions: Sequence[Decision], now: datetime
) -> datetime:
    """Return the instant at which a school got the standing that it has now."""
    reached = now
    standing = standing_of(network, school, decisions, now).standing
    for moment in sorted(_moments(network, school, decisions, now), reverse=True):
        if standing_of(network, school.as_of(moment), decisions, moment).standing is not standing:
            break
        reached = moment
    return reached


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
