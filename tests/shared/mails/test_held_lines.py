"""The line beside a held school says what happened, whoever or whatever held it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from shared.domain.network.network import Network
from shared.domain.registration.erasure import erased
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Registration, State
from shared.domain.report.question import questions_about_held
from shared.domain.rule.plan import plan
from shared.domain.schools.school import schools
from shared.mails.held_lines import why_held
from tests.people import AT, colleagues, someone

CLOSED, LEFT = datetime(2023, 4, 15, 5, tzinfo=UTC), datetime(2023, 5, 3, 10, tzinfo=UTC)
ENDED = datetime(2023, 5, 11, 5, tzinfo=UTC)


def checked(network: Network, people: list[Registration], *instants: datetime) -> list[Registration]:
    """Return people as checks at these instants leave them."""
    for at in instants:
        decided = {r.person_key: r for r in plan(network, people, (), at).decisions}
        people = [decided.get(r.person_key, r) for r in people]
    return people


def lines(network: Network, people: list[Registration]) -> list[str]:
    return [why_held(network, question) for question in questions_about_held(schools(people), (), True)]


def limited(network: Network, **limits: Any) -> Network:
    registration = network.registration.model_copy(update=limits)
    return network.model_copy(update={"registration": registration})


def pair() -> list[Registration]:
    return [someone("Anna Bos", "anna@berg.example"), someone("Jan de Vries", "jan@berg.example")]


def test_a_school_that_was_short_at_the_deadline(network: Network) -> None:
    (anna,) = checked(network, pair()[:1], CLOSED)
    assert lines(network, [anna]) == ["Niet compleet bij de deadline: 1 van 2."]


def test_a_school_that_has_its_second_person_since(network: Network) -> None:
    (anna,) = checked(network, pair()[:1], CLOSED)
    jan = pair()[1].become(State.ADMITTED, LEFT, "sanne@x.example")
    assert lines(network, [anna, jan]) == ["Niet compleet bij de deadline: 1 van 2. Nu 2 van 2."]


def test_a_school_whose_repair_window_ended_names_who_left_and_when(network: Network) -> None:
    anna, jan = checked(network, pair(), CLOSED)
    people = checked(network, [anna, jan.become(State.CANCELLED, LEFT, "person")], ENDED)
    (line,) = lines(network, people)
    assert line == (
        "Jan de Vries meldde zich op woensdag 3 mei af. "
        "Tot en met woensdag 10 mei werd de school niet weer compleet. Nu 1 van 2."
    )


def test_whoever_was_erased_meanwhile_is_named_no_more(network: Network) -> None:
    anna, jan = checked(network, pair(), CLOSED)
    people = checked(network, [anna, erased(jan, LEFT)], ENDED)
    assert lines(network, people)[0].startswith(f"{jan.reference} meldde zich op woensdag 3 mei af.")


def test_whom_an_organiser_took_off_the_list_did_not_leave(network: Network) -> None:
    anna, jan = checked(network, pair(), CLOSED)
    people = checked(network, [anna, jan.become(State.DECLINED, LEFT, "sanne@x.example")], ENDED)
    assert lines(network, people)[0].startswith("Jan de Vries is op woensdag 3 mei afgewezen.")


def test_what_an_earlier_release_stored_is_told_from_the_histories(network: Network) -> None:
    anna, jan = checked(network, pair(), CLOSED)
    held = anna.become(State.HELD, ENDED, "check", reason=Reason(ReasonCode.SHORT, people=1))
    assert lines(network, [held, jan.become(State.CANCELLED, LEFT, "person")]) == [
        "Jan de Vries meldde zich op woensdag 3 mei af. Daarna werd de school niet weer compleet. Nu 1 van 2."
    ]


@pytest.mark.parametrize("most", [2, 3])
def test_a_school_that_waits_for_a_place_was_complete(network: Network, most: int) -> None:
    full = limited(network, max_participants=most)
    others = colleagues("Dalcollege", "Emma Bram", at=AT.replace(day=1))
    people = checked(full, [*others, *pair()], CLOSED)
    assert lines(full, people) == ["Wachtlijst: alle plaatsen waren bezet. Nu 2 van 2."]


def test_whom_an_organiser_held(network: Network) -> None:
    anna, jan = pair()
    held = anna.become(State.HELD, CLOSED, "sanne@x.example", "eerst bellen")
    assert lines(network, [held, jan]) == [
        "Wacht op besluit sinds zaterdag 15 april, door sanne@x.example: eerst bellen. Nu 2 van 2."
    ]
