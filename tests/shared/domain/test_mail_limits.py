from datetime import UTC, datetime, timedelta

import pytest

from shared.domain.mail_limits import AddressLedger, address_hash, entry, next_hour

AT = datetime(2023, 3, 20, 8, 30, tzinfo=UTC)


def mailed(*days: int) -> AddressLedger:
    return AddressLedger(frozenset(entry(f"m{i}", AT - timedelta(days=day)) for i, day in enumerate(days)))


@pytest.mark.parametrize(
    "other", ["J.A.N@x.example", "jan+werk@x.example", "JAN@X.EXAMPLE", "j.an+a+b@x.example"]
)
def test_one_mailbox_is_counted_once_however_it_is_written(other: str) -> None:
    assert address_hash(other) == address_hash("jan@x.example")
    assert address_hash(other) != address_hash("jan@y.example")


def test_an_address_gets_three_mails_a_day_and_ten_in_all() -> None:
    assert mailed(0, 0, 1, 1, 1).takes("new", AT)
    assert not mailed(0, 0, 0).takes("new", AT)
    assert mailed(0, 0, 0).takes("new", AT + timedelta(days=1))
    assert not mailed(*range(1, 11)).takes("new", AT)


def test_a_mail_that_has_its_place_may_be_offered_again() -> None:
    assert mailed(0, 0, 0).takes("m2", AT)


def test_the_next_hour_starts_on_the_hour() -> None:
    assert next_hour(AT) == datetime(2023, 3, 20, 9, tzinfo=UTC)
