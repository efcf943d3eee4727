import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from itsdangerous import base64_decode

from shared.access.bearer import Bearer
from shared.access.links import Links, organiser_bearer
from shared.access.sign_in import LASTS, SignIn
from shared.domain.network.network import Network
from tests.people import AT, someone

LINKS = Links(["old key", "new key"], "https://tweetal.example/")
JAN = someone()


def token(link: str) -> str:
    return link.rpartition("/")[2]


def test_a_link_opens_what_it_is_for_and_nothing_else(network: Network) -> None:
    me, forward = LINKS.me(JAN, network), LINKS.forward(JAN, network)
    assert me.startswith("https://tweetal.example/me/")
    assert forward.startswith("https://tweetal.example/join/")
    assert LINKS.read_me(token(me), AT) == Bearer("plg-2023", JAN.person_key)
    assert LINKS.read_forward(token(forward), AT) == Bearer("plg-2023", JAN.person_key)
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


SANNE = "sanne@organisatie.example"
Opens = Callable[[str], object]


def signed(network: Network) -> dict[str, tuple[str, Opens]]:
    """Everything of ours that is signed, and how it is read."""
    bearer = organiser_bearer(network, SANNE)
    session, code = LINKS.session(bearer, AT), SignIn(network.id, bearer.person_key, "id", AT)
    return {
        "own page": (token(LINKS.me(JAN, network)), lambda text: LINKS.read_me(text, AT)),
        "forward link": (token(LINKS.forward(JAN, network)), lambda text: LINKS.read_forward(text, AT)),
        "door": (token(LINKS.organiser(network, SANNE)), lambda text: LINKS.read_organiser(text, AT)),
        "report": (
            token(LINKS.organiser(network, SANNE, "2023-03-20")),
            lambda text: LINKS.read_organiser(text, AT),
        ),
        "browser": (LINKS.browser(bearer, code), lambda text: LINKS.read_browser(text, bearer, AT)),
        "session": (session, lambda text: LINKS.read_session(text, AT)),
        "form": (LINKS.form(session), lambda text: LINKS.is_form(session, text)),
    }


PURPOSES = ["own page", "forward link", "door", "session", "form"]


@pytest.mark.parametrize("purpose", PURPOSES)
def test_what_is_signed_opens_nothing_with_any_bit_flipped(network: Network, purpose: str) -> None:
    ours, opens = signed(network)[purpose]
    assert opens(ours)
    for bit in range(8 * len(ours)):
        flipped = bytearray(ours.encode())
        flipped[bit // 8] ^= 1 << bit % 8
        assert not opens(flipped.decode("latin-1"))


@pytest.mark.parametrize("purpose", PURPOSES)
def test_what_is_signed_has_one_spelling(network: Network, purpose: str) -> None:
    ours, opens = signed(network)[purpose]
    # base64 passes over what it does not know, and over whatever stands after its padding.
    junk = (" ", "\n", "\0", "=", "==", "=A", ".", "!", "%", "~", "é", "A", "AAAA", "+", "/")
    spellings = {f"{ours[:at]}{each}{ours[at:]}" for at in range(len(ours) + 1) for each in junk} - {ours}
    assert [spelling for spelling in spellings if opens(spelling)] == []


@pytest.mark.parametrize("purpose", PURPOSES)
def test_what_is_signed_opens_nothing_when_a_piece_is_missing(network: Network, purpose: str) -> None:
    ours, opens = signed(network)[purpose]
    assert [end for end in range(len(ours)) if opens(ours[:end]) or opens(ours[end + 1 :])] == []


def test_nobody_guesses_a_link(network: Network) -> None:
    signature = token(LINKS.me(JAN, network)).rpartition(".")[2]
    assert len(base64_decode(signature)) * 8 == 256  # of which 128 would do (OWASP ASVS 5.0, 11.5.1)


def test_a_revoked_registration_has_other_links_that_say_so(network: Network) -> None:
    again = replace(JAN, links_version=1)
    assert LINKS.me(again, network) != LINKS.me(JAN, network)
    assert LINKS.read_me(token(LINKS.me(again, network)), AT) == Bearer("plg-2023", JAN.person_key, 1)
    assert LINKS.read_forward(token(LINKS.forward(again, network)), AT) == Bearer(
        "plg-2023", JAN.person_key, 1
    )


def test_a_link_that_says_less_or_more_than_ours_opens_nothing(network: Network) -> None:
    ours = LINKS._signer("me")
    expires = int(network.forgotten_at.timestamp())
    assert LINKS.read_me(ours.dumps(["plg-2023", JAN.person_key, 0, expires]), AT) is not None
    for message in ([], ["plg-2023", JAN.person_key, expires], ["plg-2023", JAN.person_key, 0, expires, 0]):
        assert LINKS.read_me(ours.dumps(message), AT) is None


@pytest.mark.parametrize("text", ["", ".", "x", "W10.x", "%00", "é", "a" * 5000])
def test_what_is_not_a_token_opens_nothing(text: str) -> None:
    assert LINKS.read_me(text, AT) is None


def test_an_organisers_link_is_no_registrants_link_and_the_other_way_round(network: Network) -> None:
    door = token(LINKS.organiser(network, SANNE))
    assert LINKS.read_organiser(door, AT) is not None
    assert LINKS.read_me(door, AT) is LINKS.read_forward(door, AT) is None
    assert LINKS.read_session(door, AT) is None
    assert LINKS.read_organiser(token(LINKS.me(JAN, network)), AT) is None


def test_each_organiser_has_a_link_of_their_own(network: Network) -> None:
    one, other = (LINKS.organiser(network, f"{name}@organisatie.example") for name in ("sanne", "tim"))
    assert one != other


def test_a_link_says_which_report_had_it_and_links_of_before_that_open_the_same_pages(
    network: Network,
) -> None:
    old, new = (token(LINKS.organiser(network, SANNE, day)) for day in ("", "2023-03-20"))
    assert LINKS.read_organiser(old, AT) == LINKS.read_organiser(new, AT) == organiser_bearer(network, SANNE)
    assert (LINKS.read_report(old), LINKS.read_report(new)) == ("", "2023-03-20")


def test_what_a_browser_keeps_of_its_code_is_for_one_organiser_and_as_long_as_the_code(
    network: Network,
) -> None:
    sanne, tim = (organiser_bearer(network, f"{name}@organisatie.example") for name in ("sanne", "tim"))
    kept = LINKS.browser(sanne, SignIn(network.id, sanne.person_key, "id", AT))
    assert LINKS.read_browser(kept, sanne, AT) == "id"
    assert LINKS.read_browser(kept, sanne, AT + LASTS) == LINKS.read_browser(kept, tim, AT) == ""
    assert LINKS.read_browser(LINKS.session(sanne, AT), sanne, AT) == ""
    assert LINKS.read_session(kept, AT) is None


def test_a_code_follows_from_the_key_and_what_it_is_for() -> None:
    first = SignIn("plg-2023", "sanne", "id", AT)
    code = LINKS.code(first)
    assert re.fullmatch(r"\d{6}", code)
    assert LINKS.is_code(first, code)
    assert Links(["new key", "newer key"]).is_code(first, code)  # the key was changed after it was mailed
    others = [replace(first, id="x"), replace(first, organiser="tim"), replace(first, network="abc")]
    assert code not in {LINKS.code(other) for other in others} | {Links(["x"]).code(first)}
