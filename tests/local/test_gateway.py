import base64
from datetime import datetime
from typing import Any

import pytest

from local import gateway
from local.template import Route
from local.web import RawRequest

ROUTES = [
    Route("POST", "/networks/{network}/registrations", "Submit"),
    Route("GET", "/me/{token}", "Manage"),
    Route("GET", "/me/help", "Help"),
    Route("GET", "/shelf/{name}/{book+}", "Shelf"),
    Route("ANY", "/me/{token}", "Anything"),
]
NOW = datetime.fromisoformat("2023-04-14T23:59:59.900+02:00")


def event_of(method: str, target: str, headers: tuple[tuple[str, str], ...] = (), body: bytes = b"") -> Any:
    match = gateway.match(ROUTES, method, target.partition("?")[0])
    assert match
    return gateway.event(RawRequest(method, target, headers, body), match, NOW, "id-1")


@pytest.mark.parametrize(
    ("method", "path", "function"),
    [
        ("POST", "/networks/plg-2023/registrations", "Submit"),
        ("GET", "/me/abc", "Manage"),
        ("GET", "/me/help", "Help"),  # a fixed path wins
        ("DELETE", "/me/abc", "Anything"),
        ("GET", "/shelf/top/left/third", "Shelf"),  # the rest of the path, however long
    ],
)
def test_a_request_finds_its_route(method: str, path: str, function: str) -> None:
    match = gateway.match(ROUTES, method, path)
    assert match
    assert match.route.function == function


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/networks/plg-2023/registrations"),
        ("POST", "/networks/a/b/registrations"),
        ("POST", "/networks//registrations"),
        ("POST", "/networks/plg-2023/registrations/"),
        ("GET", "/me"),
        ("GET", "/shelf/top"),
    ],
)
def test_a_request_that_no_route_takes_finds_nothing(method: str, path: str) -> None:
    assert gateway.match(ROUTES, method, path) is None


def test_path_parameters_are_decoded() -> None:
    assert event_of("GET", "/me/a%20b")["pathParameters"] == {"token": "a b"}


def test_the_event_says_when_the_gateway_received_the_request() -> None:
    context = event_of("GET", "/me/x")["requestContext"]
    assert context["timeEpoch"] == 1681509599900
    assert context["time"] == "14/Apr/2023:23:59:59 +0200"
    assert (context["requestId"], context["stage"], context["routeKey"]) == (
        "id-1",
        "$default",
        "GET /me/{token}",
    )


def test_header_names_are_lower_case_and_duplicates_are_joined() -> None:
    event = event_of("GET", "/me/x", (("Host", "127.0.0.1:8080"), ("X-A", "1"), ("x-a", "2")))
    assert event["headers"]["x-a"] == "1,2"
    assert event["headers"]["host"] == event["requestContext"]["domainName"] == "127.0.0.1:8080"
    assert event["headers"]["x-forwarded-port"] == "8080"


def test_cookies_have_a_place_of_their_own() -> None:
    event = event_of("GET", "/me/x", (("Cookie", "a=1; b=2"),))
    assert event["cookies"] == ["a=1", "b=2"]
    assert "cookie" not in event["headers"]


def test_a_query_is_kept_raw_and_its_duplicates_are_joined() -> None:
    event = event_of("GET", "/me/x?q=a%20b&q=c&leeg=")
    assert event["rawQueryString"] == "q=a%20b&q=c&leeg="
    assert event["queryStringParameters"] == {"q": "a b,c", "leeg": ""}
    assert event["rawPath"] == "/me/x"


@pytest.mark.parametrize(
    ("content_type", "encoded"),
    [
        ("application/json; charset=utf-8", False),
        ("text/plain", False),
        ("application/x-www-form-urlencoded", True),
        ("multipart/form-data; boundary=x", True),
        ("", True),
    ],
)
def test_only_text_and_json_come_as_text(content_type: str, encoded: bool) -> None:
    event = event_of(
        "POST", "/networks/a/registrations", (("Content-Type", content_type),), "naam=Renée".encode()
    )
    body = base64.b64decode(event["body"]).decode() if encoded else event["body"]
    assert event["isBase64Encoded"] is encoded
    assert body == "naam=Renée"


def test_json_that_is_not_utf_8_keeps_its_bytes() -> None:
    event = event_of("POST", "/networks/a/registrations", (("Content-Type", "application/json"),), b'"\xe9"')
    assert base64.b64decode(event["body"]) == b'"\xe9"'


def test_a_request_without_a_body_has_none_in_its_event() -> None:
    assert "body" not in event_of("GET", "/me/x")


def test_an_answer_becomes_a_response() -> None:
    answer = {
        "statusCode": 201,
        "headers": {"Content-Type": "text/html"},
        "body": "é",
        "cookies": ["a=1", "b=2"],
    }
    response = gateway.response(answer)
    assert (response.status, response.body) == (201, "é".encode())
    assert response.headers == (("content-type", "text/html"), ("set-cookie", "a=1"), ("set-cookie", "b=2"))


def test_a_base64_answer_becomes_bytes() -> None:
    response = gateway.response({"statusCode": 200, "body": "AAE=", "isBase64Encoded": True})
    assert response.body == b"\x00\x01"


def test_an_answer_without_a_status_is_itself_the_json() -> None:
    response = gateway.response({"kept": 2})
    assert (response.status, response.json()) == (200, {"kept": 2})
    assert response.header("Content-Type") == "application/json"
