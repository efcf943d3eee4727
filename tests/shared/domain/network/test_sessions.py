from datetime import date, datetime, time

from shared.domain.network.network import Network
from shared.domain.network.parts import Session
from shared.domain.network.sessions import session_entries, session_moves, sessions_ahead, upcoming

TODAY = date(2023, 4, 20)


def test_what_a_record_keeps_is_read_back_as_the_same_sessions(network: Network) -> None:
    assert session_entries(network)[0] == "2023-05-10T12:00:00/17:00:00 omgeving Utrecht"
    assert session_moves(session_entries(network), network, TODAY) == ()


def test_a_place_that_changes_is_a_move_too(network: Network) -> None:
    first, *others = network.sessions
    elsewhere = first.model_copy(update={"place": "Zeist"})
    changed = network.model_copy(update={"sessions": (elsewhere, *others)})
    (move,) = session_moves(session_entries(network), changed, TODAY)
    assert (move.number, move.was, move.now) == (1, first, elsewhere)


def test_a_session_is_reminded_of_only_where_the_network_asks_for_it(network: Network) -> None:
    assert upcoming(network, date(2023, 5, 3)) is None
    rule = network.rule.model_copy(update={"remind_session_days_before": 7})
    asked = network.model_copy(update={"rule": rule})
    days = [date(2023, 5, 2), date(2023, 5, 3), date(2023, 5, 9), date(2023, 5, 10)]
    assert [upcoming(asked, day) for day in days] == [None, date(2023, 5, 10), date(2023, 5, 10), None]


def test_who_has_the_sessions_of_before_is_told_an_address_or_a_link_that_came(network: Network) -> None:
    first, *others = network.sessions
    there = Session(
        **first.model_dump(exclude_none=True), address="Plein 6", online_url="https://meet.example/a"
    )
    changed = network.model_copy(update={"sessions": (there, *others)})
    assert session_moves(session_entries(changed), changed, TODAY) == ()
    (move,) = session_moves(session_entries(network), changed, TODAY)
    assert (move.number, move.was, move.now) == (1, first, there)


def test_a_session_is_still_to_come_until_it_ends_also_after_midnight(network: Network) -> None:
    first, *others = network.sessions
    late = network.model_copy(update={"sessions": (first.model_copy(update={"end": time(0, 30)}), *others)})
    assert len(sessions_ahead(network, datetime(2023, 5, 10, 16, 59, tzinfo=network.zone))) == 4
    assert len(sessions_ahead(network, datetime(2023, 5, 10, 17, tzinfo=network.zone))) == 3
    assert len(sessions_ahead(late, datetime(2023, 5, 11, 0, 29, tzinfo=network.zone))) == 4
    assert sessions_ahead(network, datetime(2023, 11, 22, tzinfo=network.zone)) == ()
