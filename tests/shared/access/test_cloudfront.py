"""CloudFront before the API: visitors are seen as themselves, and once it is closed nobody comes around."""

from typing import Any

import pytest

from shared.access.cloudfront import behind_cloudfront
from shared.http import answer
from shared.request import read_request
from tests.functions.submit.posts import json_post

THROUGH = {"x-tweetal-origin": "geheim", "x-tweetal-host": "aanmelden.example"}
SPOOFED = {"x-tweetal-host": "evil.example", "cloudfront-viewer-address": "1.2.3.4:1"}


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TABLE", "tweetal")
    monkeypatch.setenv("ORIGIN_SECRET", "geheim")
    monkeypatch.setenv("AROUND_FRONT", "closed")


@behind_cloudfront
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer with what a function sees of a visitor."""
    received = read_request(event)
    return answer(200, [received.visitor, received.host])


def sees(headers: dict[str, str]) -> tuple[int, str]:
    response = handler(json_post(visitor="130.176.0.9", **headers), None)
    return response["statusCode"], response["body"] if response["statusCode"] == 200 else ""


@pytest.mark.parametrize(
    ("viewer", "address"),
    [
        ("1.2.3.4:46532", "1.2.3.4"),
        ("2a01:4f8:1:2::7:46532", "2a01:4f8:1:2::7"),
        ("[2a01:4f8:1:2::7]:46532", "2a01:4f8:1:2::7"),
    ],
)
def test_who_comes_through_is_seen_as_themselves_at_the_address_they_asked(viewer: str, address: str) -> None:
    answered = sees({**THROUGH, "cloudfront-viewer-address": viewer})
    assert answered == (200, f'["{address}", "aanmelden.example"]')


@pytest.mark.parametrize("sent", [{}, {"x-tweetal-origin": "ander"}, {"x-tweetal-origin": "gehéim"}])
def test_nobody_comes_around(sent: dict[str, str]) -> None:
    assert sees(SPOOFED | sent)[0] == 403


def test_until_it_is_closed_who_comes_around_is_who_the_gateway_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AROUND_FRONT", "open")
    spoofed = {
        "x-tweetal-origin": "x",
        "x-tweetal-host": "evil.example",
        "cloudfront-viewer-address": "1.2.3.4:1",
    }
    assert sees(spoofed) == (200, '["130.176.0.9", "api.example"]')


def test_where_nothing_stands_in_front_its_headers_mean_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORIGIN_SECRET", "")
    spoofed = {
        "x-tweetal-origin": "",
        "x-tweetal-host": "evil.example",
        "cloudfront-viewer-address": "1.2.3.4:1",
    }
    assert sees(spoofed) == (200, '["130.176.0.9", "api.example"]')
