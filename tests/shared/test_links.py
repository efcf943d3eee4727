from datetime import timedelta

import pytest

from shared.domain.network import Network
from shared.links import Bearer, Links
from tests.people import AT, someone

LINKS = Links(["old key", "new key"], "https://tweetal.example/")
JAN = someone()


def token(link: str) -> str:
    return link.rpartition("/")[2]


def test_a_link_opens_what_it_is_for_and_nothing_else(network: Network) -> None:
    me, forward = LINKS.me(JAN, network), LINKS.forward(JAN, network)
    assert me.startswith("https://tweetal.example/me/")
    assert forward.startswith("https://tweetal.example/join/")
    assert LINKS.read_me(token(me), AT) == Bearer("plg-2023", JAN.person)
    assert LINKS.read_forward(token(forward), AT) == Bearer("plg-2023", JAN.person)
    assert LINKS.read_me(token(forward), AT) is None
    assert LINKS.read_forward(token(me), AT) is None


def test_a_registration_has_the_same_link_each_time_it_is_mailed(network: Network) -> None:
    assert LINKS.me(JAN, network) == LINKS.me(JAN, network)


def test_a_link_made_with_an_older_key_still_opens(network: Network) -> None:
    before = Links(["old key"]).me(JAN, network)
    assert LINKS.read_me(token(before), AT) is not None
    assert Links(["new key"]).read_me(token(before), AT) is None


def test_a_link_expires_when_the_personal_data_goes(network: Network) -> None:
    me = token(LINKS.me(JAN, network))
    assert LINKS.read_me(me, network.forgotten_at - timedelta(seconds=1)) is not None
    assert LINKS.read_me(me, network.forgotten_at) is None


def test_a_link_with_any_letter_changed_opens_nothing(network: Network) -> None:
    me = token(LINKS.me(JAN, network))
    for i in range(len(me)):
        assert LINKS.read_me(me[:i] + ("A" if me[i] != "A" else "B") + me[i + 1 :], AT) is None


@pytest.mark.parametrize("text", ["", ".", "x", "W10.x", "%00", "é", "a" * 5000])
def test_what_is_not_a_token_opens_nothing(text: str) -> None:
    assert LINKS.read_me(text, AT) is None
