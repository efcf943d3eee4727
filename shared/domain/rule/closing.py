"""What the deadline decides about everybody: one rule for the check and for all that foretells it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from shared.domain.network.network import Network
from shared.domain.network.parts import WhenShort
from shared.domain.registration.confirming import awaits_confirmation
from shared.domain.registration.history import settled
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Registration, State
from shared.domain.rule.repair import is_mended, repair_until
from shared.domain.rule.standing import SchoolStanding, Standing
from shared.domain.rule.waiting_list import waiting_list
from shared.domain.schools.school import School

_WHEN_SHORT = {
    WhenShort.HOLD: State.HELD,
    WhenShort.DECLINE: State.DECLINED,
    WhenShort.ADMIT: State.ADMITTED,
}
ADMITTED_STANDINGS = frozenset({Standing.COMPLETE, Standing.WAIVED})


class ClosingDecision(NamedTuple):
    """What becomes of a person, and why: a reason of the rule's, and the note of a waiver."""

    state: State
    reason: Reason | None
    note: str = ""


def closing_decisions(network: Network, standings: Sequence[SchoolStanding]) -> Mapping[str, ClosingDecision]:
    """Return what the deadline makes of everybody who counts, by person key, if it closed now."""
    waits = waiting_list(network, standings, closed=True)
    return {
        r.person_key: _decision(network, standing, waits.get(r.person_key))
        for standing in standings
        for r in standing.school.counted
    }


def foreseen_states(network: Network, standings: Sequence[SchoolStanding]) -> Mapping[str, State]:
    """Return the state of everybody who counts, by person key, once the check after the deadline has decided.

    What an organiser decided before stays.
    """
    decisions, at = closing_decisions(network, standings), network.closes_at
    return {
        r.person_key: decisions[r.person_key].state if _may_decide(network, standing, r, at) else r.state
        for standing in standings
        for r in standing.school.counted
    }


def _decision(network: Network, standing: SchoolStanding, waits: ReasonCode | None) -> ClosingDecision:
    if waits:
        return ClosingDecision(State.HELD, Reason(waits))
    is_admitted = standing.standing in ADMITTED_STANDINGS or _is_repaired(network, standing.school)
    state = State.ADMITTED if is_admitted else _WHEN_SHORT[network.rule.when_short]
    return ClosingDecision(state, standing.reason, standing.note)


def _is_repaired(network: Network, school: School) -> bool:
    """Say whether a school replaced whom it lost, by the rule of then where a stricter one came since."""
    return repair_until(network, school) is not None and is_mended(network, school)


def is_closing_done(network: Network, schools: Iterable[School], now: datetime) -> bool:
    """Say whether the deadline has decided about everybody who was in time and counts."""
    counted = (r for school in schools for r in school.counted)
    ahead = (
        r.state is State.REGISTERED
        and not network.is_closed(r.received_at)
        and not awaits_confirmation(network, r)
        for r in counted
    )
    return network.is_closed(now) and not any(ahead)


def decide_closing(
    network: Network, standings: Sequence[SchoolStanding], now: datetime
) -> Iterator[Registration]:
    """Yield everybody about whom a check at an instant after the deadline decides, as they will be."""
    decisions = closing_decisions(network, standings)
    for standing in standings:
        for person in standing.school.counted:
            state, reason, note = decisions[person.person_key]
            if state is not person.state and _may_decide(network, standing, person, now):
                yield person.become(state, now, "check", note, reason)


def is_organisers_word(person: Registration) -> bool:
    """Say whether an organiser brought a person into their state, so that no check changes it."""
    return not person.history or settled(person.history).by not in ("check", "person")


def _may_decide(network: Network, standing: SchoolStanding, person: Registration, now: datetime) -> bool:
    """Say whether the check may still decide about a person; it decides once, but for what comes after.

    A person held by the check is admitted as soon as the school is complete or waived and there is room. A
    person admitted by it is let go only if the school lost someone and its repair window is over. The same
    goes for a person who took over such a place, whose last change is their own.
    """
    if person.state is State.REGISTERED:
        if awaits_confirmation(network, person):  # nobody is told that they take part who may not have asked
            return False
        return standing.standing is not Standing.REPAIR or _is_repair_over(network, standing, now)
    if is_organisers_word(person):
        return False
    if person.state is State.HELD:
        return standing.standing in ADMITTED_STANDINGS
    return standing.standing in (Standing.SHORT, Standing.REPAIR) and _is_repair_over(network, standing, now)


def _is_repair_over(network: Network, standing: SchoolStanding, now: datetime) -> bool:
    """Say whether the repair window ends by an instant: with the deadline, where that was moved later."""
    until = repair_until(network, standing.school)
    return until is not None and until <= now
