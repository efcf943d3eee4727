"""Who has a place and who waits for one, where a network has limits; a full room never splits a school."""

from collections.abc import Iterable, Mapping, Sequence

from shared.domain.network.network import Network
from shared.domain.registration.registration import Registration, State
from shared.domain.rule.standing import SchoolStanding, Standing

FULL = "wachtlijst: alle plaatsen zijn bezet"
OVER = "wachtlijst: van deze school doet het hoogste aantal al mee"


def waiting_list(network: Network, stands: Sequence[SchoolStanding], closed: bool) -> Mapping[str, str]:
    """Return who waits and why, by person; everybody else who counts has a place.

    Schools have places in the order in which their first person came, who is admitted before all others.
    Until the deadline a short school keeps the seats that it still needs, so that minimum and maximum do not
    lock each other out; after it a short school has none.
    """
    waits = {r.person_key: OVER for s in stands for r in _over(network, s)}
    room = network.registration.max_participants
    if room is None:
        return waits
    for school in sorted(stands, key=_rank):
        seats = _seats(network, school, closed)
        if seats <= room:
            room -= seats
        else:
            waits |= {r.person_key: FULL for r in school.school.counted}
    return waits


def _over(network: Network, stand: SchoolStanding) -> Iterable[Registration]:
    most = network.rule.max_per_school
    return stand.school.counted[most:] if most else ()


def _rank(stand: SchoolStanding) -> tuple[bool, object, str]:
    counted = stand.school.counted
    admitted = any(r.state is State.ADMITTED for r in counted)
    first = min((r.received_at for r in counted), default=None)
    return (not admitted, first.timestamp() if first else 0.0, stand.school.key)


def _seats(network: Network, stand: SchoolStanding, closed: bool) -> int:
    people = len(stand.school.counted) - len(list(_over(network, stand)))
    if stand.standing is not Standing.SHORT:
        return people
    return 0 if closed else max(people, network.rule.min_per_school)
