from datetime import timedelta

import pytest

from shared.aws.table import Table
from shared.domain.network.network import Network
from shared.domain.registration.registration import Registration, State
from tests.cli.test_main import tweetal
from tests.people import AT, colleagues

WORD = ("--by", "organiser", "--why", "kleine school")


@pytest.fixture
def people(table: Table, plg: Network) -> list[Registration]:
    everyone = colleagues("Bergcollege", "Anna Bram") + colleagues("Dalcollege", "Carla")
    for person in everyone:
        table.register([person])
    bram = table.registration("plg-2023", everyone[1].person_key)
    assert bram is not None
    table.save(bram.become(State.CANCELLED, AT + timedelta(days=10), "person", ""))
    return everyone


def test_the_standing_now_and_of_a_past_moment(people: list[Registration]) -> None:
    assert "complete" not in tweetal("standing", "plg-2023")
    past = tweetal("standing", "plg-2023", "--at", "2023-03-21T09:00")
    assert "complete" in past
    assert "2023-03-20 09:00" in past
    assert "Bergcollege" not in tweetal("standing", "plg-2023", "--at", "2023-03-20T08:59")
    assert "Bergcollege" not in tweetal("standing", "plg-2023", "--at", "2023-03-20T07:59Z")


def test_why_a_school_counts_as_it_does(people: list[Registration]) -> None:
    output = tweetal("why", "plg-2023", "berg")
    assert "niet meegeteld, want heeft zich afgemeld" in output
    assert "1 persoon te kort" in output
    assert "no school of" in tweetal("why", "plg-2023", "zee")


def test_a_waiver_is_given_and_undone(people: list[Registration], table: Table) -> None:
    carla = people[2].reference
    assert "is waived" in tweetal("waive", "plg-2023", carla.lower(), *WORD)
    assert "kleine school" in tweetal("standing", "plg-2023")
    assert "is undone" in tweetal("unwaive", "plg-2023", carla)
    assert "waived" not in tweetal("standing", "plg-2023")
    assert "no waiver" in tweetal("unwaive", "plg-2023", carla)
    assert len(table.decisions("plg-2023")) == 1


def test_a_waiver_can_end_by_itself_and_not_before_it_is_given(
    people: list[Registration], table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = tweetal("waive", "plg-2023", people[2].reference, *WORD, "--until", "2023-04-30")
    assert "--until 2023-04-30 has passed" in over
    assert table.decisions("plg-2023") == ()
    monkeypatch.setattr("cli.rule.now", lambda: AT)
    tweetal("waive", "plg-2023", people[2].reference, *WORD, "--until", "2023-04-30")
    (waiver,) = table.decisions("plg-2023")
    assert waiver.until is not None
    assert waiver.until.isoformat() == "2023-04-30T22:00:00+00:00"


def test_the_closing_is_held_and_released_once(people: list[Registration], table: Table) -> None:
    for _ in range(2):
        assert "is held" in tweetal("closing", "plg-2023", "hold")
    assert len(table.decisions("plg-2023")) == 1
    for _ in range(2):
        assert "is released" in tweetal("closing", "plg-2023", "release")
    assert table.decisions("plg-2023")[0].undone_at is not None
