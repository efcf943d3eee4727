from datetime import UTC, datetime, timedelta

import pytest

from shared.domain.mail_limits import AddressLedger, Verdict, address_hash, entry, next_evening, next_hour
from shared.domain.network.network import Network

AT = datetime(2023, 3, 20, 8, 30, tzinfo=UTC)


def mailed(network: Network, *days: int) -> AddressLedger:
    """A ledger of mails, each so many days ago."""
    entries = (entry(network, f"PLG-{i}", AT - timedelta(days=day)) for i, day in enumerate(days))
    return AddressLedger(frozenset(entries))


@pytest.mark.parametrize(
    "other", ["J.A.N@x.example", "jan+werk@x.example", "JAN@X.EXAMPLE", "j.an+a+b@x.example"]
)
def test_one_mailbox_is_counted_once_however_it_is_written(other: str) -> None:
    assert address_hash(other) == address_hash("jan@x.example")
    assert address_hash(other) != address_hash("jan@y.example")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("jan@gmail.com", "j.an+x@GoogleMail.com"),
        ("jan@icloud.com", "jan@me.com"),
        ("jan@proton.me", "jan@pm.me"),
    ],
)
def test_a_provider_with_several_names_has_one_mailbox_of_a_name(one: str, other: str) -> None:
    assert address_hash(one) == address_hash(other)


def test_a_mailbox_gets_three_mails_a_day_and_ten_in_all(network: Network) -> None:
    assert mailed(network, 0, 0, 1, 1, 1).judge(network, "new", AT) is Verdict.NOW
    assert mailed(network, 0, 0, 0).judge(network, "new", AT) is Verdict.EVENING
    assert mailed(network, 0, 0, 0).judge(network, "new", AT + timedelta(days=1)) is Verdict.NOW
    assert mailed(network, *range(1, 11)).judge(network, "new", AT) is Verdict.NEVER


def test_the_one_mail_of_the_evening_comes_after_the_three_of_the_day_and_counts_too(
    network: Network,
) -> None:
    assert mailed(network, 0, 0, 0).judge(network, "new", AT, is_evening=True) is Verdict.NOW
    assert mailed(network, 0, 0, 0, 0).judge(network, "new", AT, is_evening=True) is Verdict.EVENING
    assert mailed(network, *range(1, 11)).judge(network, "new", AT, is_evening=True) is Verdict.NEVER


def test_a_mail_that_has_its_place_may_be_offered_again(network: Network) -> None:
    assert mailed(network, 0, 0, 0).judge(network, "PLG-2", AT) is Verdict.NOW


def test_each_network_counts_by_itself(network: Network) -> None:
    other = network.model_copy(update={"id": "plg-2024"})
    assert mailed(network, 0, 0, 0).judge(other, "new", AT) is Verdict.NOW


def test_a_day_begins_at_midnight_on_local_clocks(network: Network) -> None:
    midnight = datetime(2023, 3, 20, 23, 30, tzinfo=UTC)  # 0.30 on the 21st in Amsterdam
    assert entry(network, "PLG-1", midnight) == "2023-03-21 plg-2023 PLG-1"
    assert mailed(network, 0, 0, 0).judge(network, "new", midnight) is Verdict.NOW


def test_what_earlier_releases_counted_still_counts_in_networks_of_that_name(network: Network) -> None:
    ledger = AddressLedger(frozenset(f"2023-03-20 PLG-{i}-confirmation-1" for i in range(3)))
    assert ledger.judge(network, "new", AT) is Verdict.EVENING
    assert ledger.judge(network, "PLG-2-confirmation-1", AT) is Verdict.NOW
    assert ledger.judge(network.model_copy(update={"id": "wis-2023"}), "new", AT) is Verdict.NOW


@pytest.mark.parametrize(
    ("hour", "day"), [(8, 20), (15, 20), (16, 21), (22, 21)]
)  # in Amsterdam an hour more
def test_the_evening_begins_at_five_on_local_clocks(network: Network, hour: int, day: int) -> None:
    at = AT.replace(hour=hour, minute=0)
    assert next_evening(network, at) == datetime(2023, 3, day, 16, tzinfo=UTC)


def test_the_next_hour_starts_on_the_hour() -> None:
    assert next_hour(AT) == datetime(2023, 3, 20, 9, tzinfo=UTC)
