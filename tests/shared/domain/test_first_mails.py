"""Our name stays good: whose first mails go, and whose wait, by what bounced before."""

from datetime import UTC, datetime, timedelta

import pytest

from shared.domain.first_mails import (
    AT_ONCE,
    FEW,
    Bounds,
    FirstMailHour,
    bounced_mail,
    bounds,
    held_back,
    next_turn,
    places_of,
)
from shared.domain.outbox import FROM_ONE_PLACE, MANY_BOUNCE

AT = datetime(2023, 3, 20, 8, 30, tzinfo=UTC)
ROBOT, OTHER = ("c0001", "d0001"), ("c0002", "d0002")
AN_HOUR = timedelta(hours=1)


def hour(sent: int, bounced: int, *, ago: int = 0, places: tuple[str, ...] = ROBOT) -> FirstMailHour:
    """An hour of so many first mails, of which some bounced: all of one place."""
    ids = (bounced_mail("-".join(places), f"PLG-{ago}-{i}") for i in range(bounced))
    return FirstMailHour(datetime(2023, 3, 20, 8, tzinfo=UTC) - ago * AN_HOUR, sent, frozenset(ids))


def scattered(sent: int, bounced: int, *, ago: int = 0) -> FirstMailHour:
    """An hour in which each first mail that bounced is of a place of its own."""
    ids = (bounced_mail(f"c{i:04x}-d{i:04x}", f"PLG-{i}") for i in range(bounced))
    return hour(sent, 0, ago=ago)._replace(bounced=frozenset(ids))


def test_one_place_invents_people_and_only_its_people_wait() -> None:
    held = held_back([hour(60, 20)], AT)
    assert (held.holds(ROBOT), held.holds(["c0001"])) == (True, True)
    assert not held.holds(OTHER)
    assert not held.everybody


def test_who_invents_colleagues_of_a_school_keeps_no_real_one_waiting() -> None:
    assert not held_back([hour(60, 20)], AT).holds(["c0002", "d0001"])
    from_everywhere = frozenset(bounced_mail(f"c{i:04x}-d0001", f"PLG-{i}") for i in range(16, 36))
    held = held_back([FirstMailHour(AT.replace(minute=0), 60, from_everywhere)], AT)
    assert held.holds(["c0002", "d0001"])
    assert not held.everybody


def test_what_is_no_first_mail_never_waits() -> None:
    assert not held_back([scattered(20, 20)], AT).holds(())


def test_invented_people_from_many_places_make_all_new_people_wait() -> None:
    assert held_back([scattered(100, 20)], AT).holds(OTHER)


def test_slips_of_the_pen_hold_back_nobody() -> None:
    assert not held_back([scattered(300, 9)], AT).holds(ROBOT)  # 3 %
    assert not held_back([scattered(9, 9)], AT).holds(ROBOT)  # too few to say
    assert not held_back([hour(9, 9)], AT).holds(ROBOT)


def test_a_slow_robot_is_noticed_by_the_day() -> None:
    hours = [hour(20, 4, ago=ago) for ago in range(0, 20, 4)]
    assert held_back(hours, AT).holds(ROBOT)
    assert not held_back(hours[:4], AT).holds(ROBOT)


def test_it_ends_by_itself_when_time_passes_or_the_rate_falls() -> None:
    robot = hour(20, 20)
    assert held_back([robot], AT + 23 * AN_HOUR).holds(ROBOT)
    assert not held_back([robot], AT + 24 * AN_HOUR).holds(ROBOT)
    assert not held_back([robot, hour(647, 0)], AT).holds(ROBOT)


def test_ten_scattered_bounces_hold_everybody_for_two_hours_at_most() -> None:
    few = scattered(100, 10)
    assert held_back([few], AT + AN_HOUR).everybody
    assert not held_back([few], AT + 2 * AN_HOUR).everybody


def test_a_school_is_one_place_and_a_mail_provider_for_everybody_is_none() -> None:
    assert places_of("anna@berg.example", "x") == places_of("bram@BERG.example", "x")
    (client,) = places_of("jan@gmail.com", "x")
    assert client == places_of("anna@berg.example", "x")[0] != places_of("jan@gmail.com", "y")[0]


@pytest.mark.parametrize("text", ["", "c1", "x0001", "c0001-d0001-e0001", "anna@berg.example", "c0001-"])
def test_what_is_no_place_is_not_counted(text: str) -> None:
    assert bounced_mail(text, "PLG-1") == ""


def test_twenty_go_at_once_and_from_half_the_networks_limit_on_five() -> None:
    assert bounds(2000, "") == (Bounds(1000, AT_ONCE), Bounds(2000, FEW))
    assert bounds(2000, MANY_BOUNCE) == (Bounds(1000, FEW), Bounds(2000, FEW))
    assert bounds(1, "") == (Bounds(1, FEW),)


def test_who_waits_for_a_turn_goes_within_the_hour_and_not_all_together() -> None:
    turns = [next_turn(20, 2000, "", f"PLG-{i}", AT) for i in range(40)]
    assert {turn.reason for turn in turns} == {FROM_ONE_PLACE}
    assert AT <= min(turn.due for turn in turns) < max(turn.due for turn in turns) < AT + AN_HOUR
    assert len({turn.due.replace(minute=turn.due.minute // 15 * 15, second=0) for turn in turns}) >= 3
    assert bounds(2000, FROM_ONE_PLACE)[0].place > 1000


def test_the_suspicious_wait_for_the_next_hour_once_half_the_limit_has_gone() -> None:
    assert next_turn(1000, 2000, "", "PLG-1", AT).due == AT.replace(minute=0) + AN_HOUR
    assert next_turn(5, 2000, MANY_BOUNCE, "PLG-1", AT) == (AT.replace(minute=0) + AN_HOUR, MANY_BOUNCE)
