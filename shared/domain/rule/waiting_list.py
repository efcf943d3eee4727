"""Who has a place and who waits for one, where a network has limits; a full network never splits a school."""

from collections.abc import Iterable, Mapping, Sequence

from shared.domain.network.network import Network
from shared.domain.registration.reason import ReasonCode
from shared.domain.registration.registration import Registration, State
from shared.domain.rule.standing import SchoolStanding, Standing


def waiting_list(
    network: Network, standings: Sequence[SchoolStanding], closed: bool
) -> Mapping[str, ReasonCode]:
    """Return why people wait, by person key; everybody else who counts has a place.

    Schools get places in the order in which their first person came; schools with an admitted person come
    before all others. Until the deadline a short school keeps the seats that it still needs, so that minimum
    and maximum do not lock each other out; after the deadline a short school has none.
    """
    waits = {r.person_key: ReasonCode.SCHOOL_FULL for s in standings for r in _over_maximum(network, s)}
    room = network.registration.max_participants
    if room is None:
        return waits
    for standing in sorted(standings, key=_rank):
        seats = _seats(network, standing, closed)
        if seats <= room:
            room -= seats
        else:
            waits |= {r.person_key: ReasonCode.NETWORK_FULL for r in standing.school.counted}
    return waits


def _over_maximum(network: Network, standing: SchoolStanding) -> Iterable[Registration]:
    maximum = network.rule.max_per_school
    return standing.school.counted[maximum:] if maximum else ()


def _rank(standing: SchoolStanding) -> tuple[bool, object, str]:
    counted = standing.school.counted
    admitted = any(r.state is State.ADMITTED for r in counted)
    first = min((r.received_at for r in counted), default=None)
    return (not admitted, first.timestamp() if first else 0.0, standing.school.key)


def _seats(network: Network, standing: SchoolStanding, closed: bool) -> int:
    people = len(standing.school.counted) - len(list(_over_maximum(network, standing)))
    if standing.standing is not Standing.SHORT:
        return people
    return 0 if closed else max(people, network.rule.min_per_school)
