"""Who has a place and who waits for one: whole schools, in the order of their first person."""

from datetime import timedelta

import pytest

from shared.domain.network.network import Network
from shared.domain.registration.reason import ReasonCode
from shared.domain.registration.registration import Registration, State
from shared.domain.rule.standing import SchoolStanding, Standing
from shared.domain.rule.waiting_list import free_places, standings_of
from shared.domain.schools.school import schools
from tests.people import AT, colleagues

BERG = colleagues("Bergcollege", "Anna Bram")
ZEE = colleagues("Zeecollege", "Dirk Eva", at=AT + timedelta(hours=1))
DAL = colleagues("Dalcollege", "Carla", at=AT + timedelta(hours=2))
CLOSED = AT + timedelta(days=40)


def with_places(network: Network, most: int | None, of_a_school: int | None = None) -> Network:
    window = network.registration.model_copy(update={"max_participants": most})
    rule = network.rule.model_copy(update={"max_per_school": of_a_school})
    return network.model_copy(update={"registration": window, "rule": rule})


def standings(network: Network, *people: Registration, closed: bool = False) -> dict[str, SchoolStanding]:
    at = CLOSED if closed else AT + timedelta(days=1)
    return {s.school.name: s for s in standings_of(network, schools(people), (), at)}


def waiting(network: Network, *people: Registration, closed: bool = False) -> dict[str, ReasonCode]:
    here = standings(network, *people, closed=closed).values()
    names = {r.person_key: r.name for r in people}
    return {names[key]: code for s in here for key, code in s.school.waiting.items()}


def admitted(people: list[Registration]) -> list[Registration]:
    return [r.become(State.ADMITTED, CLOSED, "check") for r in people]


def test_a_school_without_a_place_is_not_shown_as_complete(network: Network) -> None:
    here = standings(with_places(network, 3), *BERG, *ZEE)
    assert here["Bergcollege"].shown is Standing.COMPLETE
    assert here["Zeecollege"].shown is Standing.WAITING
    assert here["Zeecollege"].school.is_waiting


def test_a_short_school_without_a_place_is_shown_as_short_and_its_people_wait(network: Network) -> None:
    here = standings(with_places(network, 3), *BERG, *DAL)["Dalcollege"]
    assert (here.shown, here.school.is_waiting) == (Standing.SHORT, True)


def test_only_who_comes_above_a_schools_maximum_waits(network: Network) -> None:
    three = [*BERG, *colleagues("Bergcollege", "Fien", at=AT + timedelta(hours=1))]
    assert waiting(with_places(network, None, 2), *three) == {"Fien": ReasonCode.SCHOOL_FULL}
    assert standings(with_places(network, None, 2), *three)["Bergcollege"].shown is Standing.COMPLETE


@pytest.mark.parametrize(("most", "of_a_school"), [(2, None), (None, 1)])
def test_who_is_admitted_keeps_the_place_when_there_are_fewer(
    network: Network, most: int | None, of_a_school: int | None
) -> None:
    people = [*admitted(BERG), *admitted(ZEE)]
    assert waiting(with_places(network, most, of_a_school), *people, closed=True) == {}


def test_whoever_joins_a_school_that_takes_part_waits_alone(network: Network) -> None:
    people = [*admitted(BERG), *colleagues("Bergcollege", "Fien", at=AT + timedelta(days=50))]
    assert waiting(with_places(network, 2), *people, closed=True) == {"Fien": ReasonCode.NETWORK_FULL}


def test_a_school_that_may_replace_someone_keeps_that_place(network: Network) -> None:
    anna, bram = admitted(BERG)
    gone = bram.become(State.CANCELLED, CLOSED, "person")
    small = with_places(network, 3)
    here = standings(small, anna, gone, *ZEE, closed=True)
    assert here["Bergcollege"].standing is Standing.REPAIR
    assert here["Zeecollege"].shown is Standing.WAITING
    assert free_places(small, here.values()) == 2


def test_a_network_without_limits_has_places_for_all(network: Network) -> None:
    assert waiting(with_places(network, None), *BERG, *ZEE, *DAL) == {}
    assert free_places(with_places(network, None), []) is None
