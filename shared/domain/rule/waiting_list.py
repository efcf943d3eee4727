"""Who has a place and who waits for one, where a network has limits; a full network never splits a school."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from shared.domain.decision import Decision
from shared.domain.network.network import Network
from shared.domain.registration.history import as_of
from shared.domain.registration.reason import ReasonCode
from shared.domain.registration.registration import Registration, State
from shared.domain.rule.standing import SchoolStanding, Standing, standing_of
from shared.domain.schools.knowledge import NOTHING, SchoolKnowledge
from shared.domain.schools.school import School, group_by_school


def standings_at(
    network: Network,
    registrations: Iterable[Registration],
    decisions: Sequence[Decision],
    moment: datetime,
    knowledge: SchoolKnowledge = NOTHING,
) -> tuple[SchoolStanding, ...]:
    """Return every school's standing at a moment of the past or now, computed from the histories."""
    then = [old for r in registrations if (old := as_of(r, moment))]
    return standings_of(network, group_by_school(then, knowledge).schools, decisions, moment)


def standings_of(
    network: Network, schools: Iterable[School], decisions: Sequence[Decision], at: datetime
) -> tuple[SchoolStanding, ...]:
    """Return the standing of each school, which then knows who of its people wait for a place.

    `schools` are all schools of the network, because they share its places.
    """
    standings = [standing_of(network, school, decisions, at) for school in schools]
    waits = waiting_list(network, standings, closed=network.is_closed(at))
    return tuple(s._replace(school=_with_rule(network, s, waits)) for s in standings)


def _with_rule(network: Network, standing: SchoolStanding, waits: Mapping[str, ReasonCode]) -> School:
    school, until = standing.school, standing.until
    waiting = {r.person_key: waits[r.person_key] for r in school.counted if r.person_key in waits}
    is_waived = standing.standing is Standing.WAIVED and (until is None or until > network.closes_at)
    return replace(school, waiting=waiting, is_waived=is_waived) if waiting or is_waived else school


def waiting_list(
    network: Network, standings: Sequence[SchoolStanding], closed: bool
) -> Mapping[str, ReasonCode]:
    """Return why people wait, by person key; everybody else who counts has a place.

    Who is admitted keeps their place. Schools get places in the order in which their first person came;
    schools with an admitted person come before all others. Until the deadline a short school keeps the seats
    that it still needs, so that minimum and maximum do not lock each other out; after the deadline only one
    in its repair window does.
    """
    waits = {r.person_key: ReasonCode.SCHOOL_FULL for s in standings for r in _over_maximum(network, s)}
    room = free_places(network, standings)
    if room is None:
        return waits
    for standing in sorted(standings, key=_rank):
        seats = _seats(network, standing, closed)
        if seats <= max(room, 0):
            room -= seats
        else:
            waits |= {r.person_key: ReasonCode.NETWORK_FULL for r in _not_admitted(standing)}
    return waits


def free_places(network: Network, standings: Iterable[SchoolStanding]) -> int | None:
    """Return how many places nobody is admitted to, below zero if too many are; None without a limit."""
    most = network.registration.max_participants
    return None if most is None else most - sum(_count_admitted(standing) for standing in standings)


def _over_maximum(network: Network, standing: SchoolStanding) -> Sequence[Registration]:
    maximum = network.rule.max_per_school
    return _not_admitted(standing)[max(0, maximum - _count_admitted(standing)) :] if maximum else ()


def _not_admitted(standing: SchoolStanding) -> Sequence[Registration]:
    return [r for r in standing.school.counted if r.state is not State.ADMITTED]


def _count_admitted(standing: SchoolStanding) -> int:
    return len(standing.school.counted) - len(_not_admitted(standing))


def _rank(standing: SchoolStanding) -> tuple[bool, object, str]:
    counted = standing.school.counted
    first = min((r.received_at for r in counted), default=None)
    return (not _count_admitted(standing), first.timestamp() if first else 0.0, standing.school.key)


def _seats(network: Network, standing: SchoolStanding, closed: bool) -> int:
    """Return how many places a school needs besides those of its admitted people."""
    people = len(_not_admitted(standing)) - len(_over_maximum(network, standing))
    if standing.standing is Standing.SHORT and closed:
        return 0
    is_growing = standing.standing in (Standing.SHORT, Standing.REPAIR)
    return max(people, network.rule.min_per_school - _count_admitted(standing)) if is_growing else people
