from datetime import UTC, date, datetime, timedelta

import pytest

from shared.domain.network.network import Network
from shared.domain.network.sessions import session_entries
from shared.domain.network.version_history import (
    NetworkVersion,
    VersionHistory,
    closing,
    last_day_before,
    version_history,
)

MARCH = datetime(2023, 3, 20, 8, tzinfo=UTC)
NOW = MARCH + timedelta(days=10)
HOUR = timedelta(hours=1)


def version(hour: int, closes_at: datetime, sessions: tuple[str, ...] = ()) -> NetworkVersion:
    return NetworkVersion(MARCH + hour * HOUR, closes_at, sessions)


def test_a_deadline_stands_since_it_last_became_this_one(network: Network) -> None:
    here, there = network.closes_at, network.closes_at + timedelta(days=21)
    moves = [(0, here), (1, there), (2, here), (3, here)]
    versions = [version(n, closes_at) for n, closes_at in moves]
    assert version_history(network, versions, NOW).deadline_since == MARCH + 2 * HOUR
    assert version_history(network, reversed(versions), NOW).deadline_since == MARCH + 2 * HOUR


def test_sessions_stand_since_they_last_became_these(network: Network) -> None:
    here = session_entries(network)
    versions = [version(n, network.closes_at, s) for n, s in enumerate((here, here[1:], here, here))]
    assert version_history(network, versions, NOW) == VersionHistory(MARCH, MARCH + 2 * HOUR)


def test_a_file_that_was_applied_after_we_read_the_network_says_nothing_of_it(network: Network) -> None:
    history = version_history(network, [version(0, network.closes_at + HOUR, ())], NOW)
    assert history == VersionHistory(None, None)
    assert not history.is_deadline_settled(NOW)
    assert not history.are_sessions_settled(NOW)


@pytest.mark.parametrize(("minutes", "is_settled"), [(0, False), (29, False), (30, True)])
def test_what_moves_settles_in_half_an_hour(minutes: int, is_settled: bool) -> None:
    now = MARCH + timedelta(minutes=minutes)
    assert VersionHistory(deadline_since=MARCH).is_deadline_settled(now) is is_settled
    assert VersionHistory(sessions_since=MARCH).are_sessions_settled(now) is is_settled


def test_what_earlier_releases_wrote_is_about_the_deadline_that_they_left_behind(network: Network) -> None:
    first, moved = network.closes_at - 48 * HOUR, network.closes_at - 24 * HOUR
    versions = [
        version(0, first)._replace(by_earlier_release=True),
        version(1, moved)._replace(by_earlier_release=True),
        version(2, network.closes_at),
    ]
    assert version_history(network, versions, NOW).deadline_since == MARCH + 2 * HOUR
    assert version_history(network, versions, NOW).unstated == moved


@pytest.mark.parametrize("deadline", [date(2023, 5, 5), datetime(2023, 5, 5, 10, tzinfo=UTC)])
def test_a_deadline_is_worded_as_its_file_has_it(network: Network, deadline: date) -> None:
    window = network.registration.model_copy(update={"deadline": deadline})
    moved = network.model_copy(update={"registration": window})
    assert closing(network, moved.closes_at).deadline == moved.deadline
    assert closing(network, moved.closes_at).closes_at == moved.closes_at
    assert last_day_before(network, moved.closes_at) == date(2023, 5, 5)
