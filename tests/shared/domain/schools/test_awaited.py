from dataclasses import replace

import pytest

from shared.domain.registration.registration import State
from shared.domain.schools.awaited import awaited_at, awaited_colleagues
from tests.people import someone

ANNA = someone("Anna Bos", "anna@berg.example", without_address=("Jan de Vries", "Bo"))


def test_a_school_waits_for_a_colleague_until_they_register() -> None:
    assert awaited_colleagues(ANNA, [ANNA]) == ("Jan de Vries", "Bo")
    assert awaited_colleagues(ANNA, [ANNA, someone("J. de Vries")]) == ("Bo",)
    assert awaited_at([ANNA, replace(ANNA, person_key="x")]) == ("Jan de Vries", "Bo")


def test_a_first_name_alone_is_whoever_has_it() -> None:
    assert awaited_colleagues(ANNA, [ANNA, someone("Bo Smit", "bo@berg.example")]) == ("Jan de Vries",)
    assert awaited_colleagues(ANNA, [ANNA, someone("Bob Smit", "bo@berg.example")]) == ANNA.without_address


def test_a_colleague_who_registered_and_left_is_not_waited_for() -> None:
    assert awaited_colleagues(ANNA, [ANNA, someone(state=State.CANCELLED)]) == ("Bo",)
    assert awaited_colleagues(ANNA, [ANNA, someone(state=State.QUARANTINED)]) == ANNA.without_address


@pytest.mark.parametrize("state", [State.CANCELLED, State.DECLINED, State.QUARANTINED])
def test_nobody_waits_for_the_colleagues_of_a_person_who_does_not_take_part(state: State) -> None:
    anna = replace(ANNA, state=state)
    assert awaited_colleagues(anna, [anna]) == ()
