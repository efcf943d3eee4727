from typing import Any

import pytest

from shared import cors
from shared.domain.network.network import Network
from shared.http import answer
from shared.request import read_request
from tests.functions.submit.posts import SITE, event


@pytest.mark.parametrize("origin", [SITE, "https://api.example"])
def test_a_post_from_a_listed_site_or_from_our_own_pages_is_accepted(network: Network, origin: str) -> None:
    assert cors.is_accepted_origin(read_request(event(origin=origin)), [network])


def test_a_post_without_an_origin_is_accepted(network: Network) -> None:
    assert cors.is_accepted_origin(read_request(event()), [network])


def test_a_post_of_a_page_that_hides_where_it_stands_is_accepted_and_told_nothing(network: Network) -> None:
    asked = read_request(event(origin="null"))
    assert cors.is_accepted_origin(asked, [network])
    assert cors.headers(asked, [network]) == {"vary": "origin"}


@pytest.mark.parametrize(
    ("asked", "allowed"),
    [
        ("content-type,x-wp-nonce", "content-type,x-wp-nonce"),
        ("X-Requested-With", "X-Requested-With"),
        ("", "content-type, accept"),
        ("*", "content-type, accept"),
        ("a\r\nset-cookie: x", "content-type, accept"),
        ("a" * 501, "content-type, accept"),
    ],
)
def test_a_preflight_allows_the_headers_that_are_asked_for(asked: str, allowed: str) -> None:
    sent: dict[str, Any] = {"access-control-request-headers": asked}
    request = read_request(event(method="OPTIONS", **sent))
    assert cors.preflight("POST", request)["headers"]["access-control-allow-headers"] == allowed


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "https://evil.example",
        "https://www.voortgezetleren.nl.evil.example",
        "https://voortgezetleren.nl",
        "http://www.voortgezetleren.nl",
        "https://www.voortgezetleren.nl:8443",
        "https://www.voortgezetleren.nl/",
        "https://api.example:444",
        "https://api.example@evil.example",
        "https://evil.example/api.example",
        "https://[",
        "*",
    ],
)
def test_any_other_origin_is_refused_and_told_nothing(network: Network, origin: str) -> None:
    asked = read_request(event(origin=origin))
    assert not cors.is_accepted_origin(asked, [network])
    assert cors.headers(asked, [network]) == {"vary": "origin"}


def test_a_listed_origin_may_read_every_answer(network: Network) -> None:
    headers = cors.headers(read_request(event(origin=SITE)), [network])
    assert headers["access-control-allow-origin"] == SITE
    assert headers["vary"] == "origin"


def test_our_own_origin_needs_no_permission(network: Network) -> None:
    assert cors.headers(read_request(event(origin="https://api.example")), [network]) == {"vary": "origin"}


def test_a_script_on_an_unlisted_site_is_refused_in_the_networks_language(network: Network) -> None:
    english = network.model_copy(update={"language": "en"})
    request = read_request(event(origin="https://evil.example"))
    for networks, language in (([network], "nl"), ([english], "en"), ([english, network], "nl"), ([], "nl")):
        response = cors.answer_script(request, networks, lambda: answer(200, {}))
        assert (response["statusCode"], response["headers"]["content-language"]) == (403, language)
