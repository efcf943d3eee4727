"""How far each person takes part, in one word each: the answer to "who is coming?"."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from shared.domain.network.network import Network
from shared.domain.registration.registration import Registration, State
from shared.domain.report.report import Report
from shared.domain.rule.closing import ADMITTED_STANDINGS, foreseen_states
from shared.domain.rule.standing import SchoolStanding


class Participation(StrEnum):
    """How far a person takes part; each registration has exactly one."""

    ADMITTED = "admitted"  # for certain
    FORESEEN = "foreseen"  # takes part if all is decided now
    SHORT = "short"  # counts for a school with too few people
    WAITING = "waiting"  # for a place
    HELD = "held"
    LATE = "late"
    UNCONFIRMED = "unconfirmed"
    QUARANTINED = "quarantined"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    DOUBLE = "double"  # registered twice

    @property
    def is_coming(self) -> bool:
        """Whether this person takes part, as far as one can say now."""
        return self in (Participation.ADMITTED, Participation.FORESEEN)


def participations(report: Report) -> Mapping[str, Participation]:
    """Return how far everybody takes part, by person key."""
    return participations_in(report.network, (*report.standings, *report.uncounted))


def participations_in(network: Network, standings: Sequence[SchoolStanding]) -> Mapping[str, Participation]:
    """Return how far everybody of these schools takes part, by person key."""
    foreseen = foreseen_states(network, standings)
    return {
        r.person_key: _participation(r, standing, counted, foreseen)
        for standing in standings
        for counted in [{r.person_key for r in standing.school.counted}]
        for r in standing.school.registrations
    }


def _participation(
    person: Registration, standing: SchoolStanding, counted: set[str], foreseen: Mapping[str, State]
) -> Participation:
    if person.state in (State.REGISTERED, State.ADMITTED, State.HELD) and person.person_key not in counted:
        return Participation.DOUBLE
    if person.state is not State.HELD and person.person_key in standing.school.waiting:
        return Participation.WAITING
    if person.state is not State.REGISTERED:
        return Participation(person.state)
    state = foreseen[person.person_key]
    if state is State.ADMITTED:
        return Participation.FORESEEN
    if standing.standing in ADMITTED_STANDINGS:  # nothing is decided before they confirm their address
        return Participation.UNCONFIRMED if state is State.REGISTERED else Participation.WAITING
    return Participation.SHORT
