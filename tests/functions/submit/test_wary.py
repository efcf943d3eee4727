"""A form that is open to all, and what is put aside of it: nobody who may be a person is locked out."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from functions.submit import handler as submit
from shared.aws.table import Table
from shared.domain.network import Network
from shared.domain.registration import State
from tests.conftest import PLG
from tests.engines import Around, Engine
from tests.faults import Faults, answer_lost, fails_after, hangs, refused, says
from tests.functions.submit.posts import JAN, OPEN, form_post, json_post

SCHOOL = "1.2.3.4"  # an address that many may share
HOME = "1.2.3.5"


@pytest.fixture(autouse=True)
def fresh(table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TABLE", "tweetal")
    monkeypatch.setenv("LINK_SECRET", "links")
    submit.services.cache_clear()
    yield
    submit.services.cache_clear()


@pytest.fixture
def of_three(table: Table) -> None:
    """Of one place three posts an hour are taken, and thirty kept."""
    table.apply_network(f"{PLG.read_text()}\n[abuse]\nposts_an_hour_per_visitor = 3", PLG.name, OPEN)


def posts(number: int, visitor: str, first: int = 0) -> list[dict[str, Any]]:
    """Have so many people register, each with an address of their own, from one place."""
    return [
        submit.handler(
            json_post(JAN | {"email": f"p{i}@berg.example"}, request_id=f"{visitor}-{i}", visitor=visitor),
            None,
        )
        for i in range(first, first + number)
    ]


def states(table: Table) -> list[str]:
    found = sorted(table.registrations("plg-2023"), key=lambda r: int(r.email[1:].partition("@")[0]))
    return [r.state.value for r in found]


def test_more_than_one_place_can_mean_is_put_aside_and_answered_as_always(
    table: Table, of_three: None
) -> None:
    answers = posts(5, SCHOOL)
    assert [a["statusCode"] for a in answers] == [201] * 5
    assert {json.loads(a["body"])["status"] for a in answers} == {"registered"}
    assert states(table) == ["registered"] * 3 + ["quarantined"] * 2
    why = {r.history[0].why for r in table.registrations("plg-2023") if r.state is State.QUARANTINED}
    assert why == {"te veel aanmeldingen van één plek"}


def test_other_places_and_the_next_hour_have_nothing_to_do_with_it(table: Table, of_three: None) -> None:
    posts(5, SCHOOL)
    posts(2, HOME, first=5)
    assert states(table)[5:] == ["registered"] * 2


def test_a_flood_is_refused_with_what_was_typed_and_fills_no_table(table: Table, of_three: None) -> None:
    answers = posts(32, SCHOOL)
    assert [a["statusCode"] for a in answers] == [201] * 30 + [429] * 2
    assert len(states(table)) == 30
    said = json.loads(answers[-1]["body"])
    assert (said["type"], answers[-1]["headers"]["retry-after"]) == ("/problems/too-many", "3600")
    page = submit.handler(form_post(JAN | {"name": "Jip ten Have"}, visitor=SCHOOL), None)
    assert page["statusCode"] == 429
    assert 'value="Jip ten Have"' in page["body"]
    assert "Probeer het over 60 minuten opnieuw" in page["body"]


def test_three_hundred_posts_from_this_very_machine_are_all_registered(table: Table) -> None:
    posts(300, "127.0.0.1")
    assert states(table) == ["registered"] * 300


def test_a_network_that_counts_nobody_puts_nobody_aside(table: Table) -> None:
    table.apply_network(f"{PLG.read_text()}\n[abuse]\nposts_an_hour_per_visitor = 0", PLG.name, OPEN)
    posts(30, SCHOOL)
    assert set(states(table)) == {"registered"}


def test_what_is_not_valid_is_not_counted(table: Table, of_three: None) -> None:
    for _ in range(40):
        assert submit.handler(json_post({"name": "Jan"}, visitor=SCHOOL), None)["statusCode"] == 422
    posts(1, SCHOOL)
    assert states(table) == ["registered"]


@pytest.mark.parametrize("fault", [answer_lost, hangs, refused, fails_after, says("ThrottlingException")])
def test_who_cannot_be_counted_is_registered_all_the_same_and_waits_for_it_only_once(
    table: Table, of_three: None, monkeypatch: pytest.MonkeyPatch, fault: Around
) -> None:
    faults = Faults([fault] * 10, ["UpdateItem"])
    Engine().around(monkeypatch, faults)
    posts(10, SCHOOL)
    assert states(table) == ["registered"] * 10
    assert faults.happened == 10  # none of them was tried again
