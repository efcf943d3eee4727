from datetime import UTC, date, datetime, timedelta

import pytest

from shared.domain.network.deadline_history import (
    DeadlineHistory,
    NetworkVersion,
    closing,
    deadline_history,
    last_day_before,
)
from shared.domain.network.network import Network

MARCH = datetime(2023, 3, 20, 8, tzinfo=UTC)
NOW = MARCH + timedelta(days=10)
HOUR = timedelta(hours=1)


def test_a_deadline_stands_since_it_last_became_this_one(network: Network) -> None:
    here, there = network.closes_at, network.closes_at + timedelta(days=21)
    moves = [(0, here), (1, there), (2, here), (3, here)]
    versions = [NetworkVersion(MARCH + n * HOUR, closes_at) for n, closes_at in moves]
    assert deadline_history(network, versions, NOW) == DeadlineHistory(MARCH + 2 * HOUR)
    assert deadline_history(network, reversed(versions), NOW) == DeadlineHistory(MARCH + 2 * HOUR)


def test_a_file_that_was_applied_after_we_read_the_network_says_nothing_of_it(network: Network) -> None:
    later = NetworkVersion(MARCH, network.closes_at + HOUR)
    assert deadline_history(network, [later], NOW).since is None
    assert not deadline_history(network, [later], NOW).is_settled(NOW)


@pytest.mark.parametrize(("minutes", "is_settled"), [(0, False), (29, False), (30, True)])
def test_a_deadline_settles_in_half_an_hour(minutes: int, is_settled: bool) -> None:
    assert DeadlineHistory(MARCH).is_settled(MARCH + timedelta(minutes=minutes)) is is_settled


def test_what_earlier_releases_wrote_is_about_the_deadline_that_they_left_behind(network: Network) -> None:
    first, moved = network.closes_at - 48 * HOUR, network.closes_at - 24 * HOUR
    versions = [
        NetworkVersion(MARCH, first, by_earlier_release=True),
        NetworkVersion(MARCH + HOUR, moved, by_earlier_release=True),
        NetworkVersion(MARCH + 2 * HOUR, network.closes_at),
    ]
    assert deadline_history(network, versions, NOW) == DeadlineHistory(MARCH + 2 * HOUR, moved)


@pytest.mark.parametrize("deadline", [date(2023, 5, 5), datetime(2023, 5, 5, 10, tzinfo=UTC)])
def test_a_deadline_is_worded_as_its_file_has_it(network: Network, deadline: date) -> None:
    window = network.registration.model_copy(update={"deadline": deadline})
    moved = network.model_copy(update={"registration": window})
    assert closing(network, moved.closes_at).deadline == moved.deadline
    assert closing(network, moved.closes_at).closes_at == moved.closes_at
    assert last_day_before(network, moved.closes_at) == date(2023, 5, 5)
