from datetime import timedelta

import pytest

from shared.domain.form.client_bucket import client_bucket
from tests.people import AT

HERE = "1.2.3.4"


def test_one_place_is_the_same_all_hour_and_another_the_next_hour() -> None:
    assert client_bucket(HERE, "plg", AT) == client_bucket(HERE, "plg", AT + timedelta(minutes=59))
    one, next_ = (client_bucket(HERE, "plg", at).partition("T")[2] for at in (AT, AT + timedelta(hours=1)))
    assert one.partition("-")[2] != next_.partition("-")[2]


def test_places_are_told_apart_by_address_and_by_network() -> None:
    assert (
        len({client_bucket(f"1.2.3.{n}", network, AT) for n in range(20) for network in ("plg", "lob")}) == 40
    )


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "10.0.0.7", "192.168.1.2", "fe80::1", "", "unix:"])
def test_an_address_that_says_nothing_of_who_visits_is_not_counted(address: str) -> None:
    assert client_bucket(address, "plg", AT) == ""


def test_whoever_has_a_whole_network_of_addresses_is_one_place() -> None:
    assert len({client_bucket(f"2a01:4f8:1:2::{n:x}", "plg", AT) for n in range(50)}) == 1
    assert client_bucket("2a01:4f8:1:3::1", "plg", AT) != client_bucket("2a01:4f8:1:2::1", "plg", AT)


@pytest.mark.parametrize(
    "address",
    ["::ffff:1.2.3.4", "2002:102:304::1", "2002:102:304:99::1", "2001:0:4136:e378:8000:63bf:fefd:fcfb"],
    ids=["mapped", "6to4", "another /64 of that 6to4", "Teredo"],
)
def test_an_address_of_ipv6_that_is_made_of_one_of_ipv4_is_that_place(address: str) -> None:
    assert client_bucket(address, "plg", AT) == client_bucket(HERE, "plg", AT)


def test_a_place_says_of_nobody_who_they_are() -> None:
    # Four hexadecimal digits: each of them is thousands of addresses.
    sixteen_bits = client_bucket(HERE, "plg", AT).rpartition("-")[2]
    assert len(sixteen_bits) == 4
    assert int(sixteen_bits, 16) < 2**16
