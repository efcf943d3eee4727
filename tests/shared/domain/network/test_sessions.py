from datetime import date, datetime, time, timedelta

from shared.domain.network.network import Network
from shared.domain.network.parts import Session
from shared.domain.network.sessions import (
    removed_sessions,
    session_changes,
    session_entries,
    sessions_ahead,
    sessions_by_name,
    upcoming,
)

TODAY = date(2023, 4, 20)


def having(network: Network, *sessions: Session) -> Network:
    return network.model_copy(update={"sessions": sessions})


def test_what_a_record_keeps_is_read_back_as_the_same_sessions(network: Network) -> None:
    assert session_entries(network)[0] == "2023-05-10T12:00:00/17:00:00 omgeving Utrecht"
    assert session_changes(session_entries(network), network, TODAY) == ()


def test_a_place_that_changes_is_a_move_too(network: Network) -> None:
    first, *others = network.sessions
    elsewhere = first.model_copy(update={"place": "Zeist"})
    changed = network.model_copy(update={"sessions": (elsewhere, *others)})
    (move,) = session_changes(session_entries(network), changed, TODAY)
    assert (move.number, move.was, move.now) == (1, first, elsewhere)


def test_where_one_is_dropped_the_others_did_not_change(network: Network) -> None:
    first, *others = network.sessions
    entries, now = session_entries(network), having(network, *others)
    (change,) = session_changes(entries, now, TODAY)
    assert (change.number, change.was, change.now) == (1, first, None)
    assert list(removed_sessions(entries, now, TODAY)) == [4]
    assert session_changes(entries, now, first.date + timedelta(days=1)) == ()


def test_one_that_comes_between_has_its_number_by_date_and_moves_no_other(network: Network) -> None:
    first, *others = network.sessions
    between = first.model_copy(update={"date": date(2023, 6, 1)})
    now = having(network, *network.sessions, between)
    (change,) = session_changes(session_entries(network), now, TODAY)
    assert (change.number, change.was, change.now) == (2, None, between)
    assert now.agenda == (first, between, *others)
    assert session_changes(session_entries(now), having(network, *now.agenda), TODAY) == ()


def test_two_sessions_of_one_day_are_told_apart_by_their_hour(network: Network) -> None:
    first, *others = network.sessions
    morning = first.model_copy(update={"start": time(9), "end": time(11)})
    now = having(network, first, morning, *others)
    assert list(sessions_by_name(now))[:3] == ["2023-05-10", "2023-05-10T12:00", "2023-06-29"]
    assert sessions_by_name(now)["2023-05-10"] == morning


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
    assert session_changes(session_entries(changed), changed, TODAY) == ()
    (move,) = session_changes(session_entries(network), changed, TODAY)
    assert (move.number, move.was, move.now) == (1, first, there)


def test_a_session_is_still_to_come_until_it_ends_also_after_midnight(network: Network) -> None:
    first, *others = network.sessions
    late = network.model_copy(update={"sessions": (first.model_copy(update={"end": time(0, 30)}), *others)})
    assert len(sessions_ahead(network, datetime(2023, 5, 10, 16, 59, tzinfo=network.zone))) == 4
    assert len(sessions_ahead(network, datetime(2023, 5, 10, 17, tzinfo=network.zone))) == 3
    assert len(sessions_ahead(late, datetime(2023, 5, 11, 0, 29, tzinfo=network.zone))) == 4
    assert sessions_ahead(network, datetime(2023, 11, 22, tzinfo=network.zone)) == ()
