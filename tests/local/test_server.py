import json
import socket
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest

from local.server import Stack
from local.web import Response

POST = "/networks/plg-2023/registrations"
NETWORK = """
id = "twee"
title = "Een tweede leernetwerk"
[organiser]
name = "Dalbreed"
email = "info@dal.example"
report_to = ["info@dal.example"]
[registration]
opens = 2023-02-01
deadline = 2023-05-01
"""


def ask(
    url: str, method: str, target: str, body: str = "", headers: dict[str, str] | None = None
) -> Response:
    connection = HTTPConnection(urlsplit(url).netloc, timeout=30)
    try:
        connection.request(method, target, body.encode(), headers or {})
        answer = connection.getresponse()
        return Response(answer.status, tuple(answer.getheaders()), answer.read())
    finally:
        connection.close()


def local(served: Stack, method: str, call: str, body: str = "") -> Any:
    answer = ask(served.site.url, method, f"/_local/{call}", body)
    assert answer.status == 200, answer.text
    return answer.json()


def test_a_post_is_answered_and_mailed(served: Stack) -> None:
    assert ask(served.site.url, "POST", POST, "anna@berg.example").status == 303
    assert [mail["to"] for mail in local(served, "GET", "mails")] == [["anna@berg.example"]]


def test_a_hundred_posts_at_once_are_a_hundred_mails(served: Stack) -> None:
    people = [f"p{i}@berg.example" for i in range(100)]
    with ThreadPoolExecutor(100) as pool:
        answers = list(pool.map(lambda person: ask(served.site.url, "POST", POST, person).status, people))
    assert answers == [303] * 100
    assert sorted(mail["to"][0] for mail in local(served, "GET", "mails")) == sorted(people)


def test_the_clock_can_be_read_and_set(served: Stack) -> None:
    assert local(served, "GET", "clock") == {"now": "2023-03-20T09:00:00+01:00"}
    now = {"now": "2023-04-12T09:00:00+02:00"}
    assert local(served, "POST", "clock", json.dumps(now)) == now
    assert local(served, "GET", "clock") == now
    assert local(served, "POST", "check") == {"rang": {"time": "2023-04-12T07:00:00Z"}}


@pytest.mark.parametrize(
    "body", ["", "{", "[]", '{"now": 3}', '{"now": "morgen"}', '{"now": "2023-04-12T09:00"}']
)
def test_an_invalid_time_is_refused_with_a_reason(served: Stack, body: str) -> None:
    answer = ask(served.site.url, "POST", "/_local/clock", body)
    assert answer.status == 400
    assert "+02:00" in answer.json()["message"]
    assert local(served, "GET", "clock") == {"now": "2023-03-20T09:00:00+01:00"}


def test_a_network_is_added_and_gone_after_a_reset(served: Stack) -> None:
    answer = local(served, "POST", "networks", NETWORK)
    assert answer == {"id": "twee", "title": "Een tweede leernetwerk"}
    assert local(served, "POST", "reset")["networks"] == ["plg-2023"]


def test_a_wrong_network_is_refused_with_the_key_and_the_reason(served: Stack) -> None:
    answer = ask(served.site.url, "POST", "/_local/networks", NETWORK + "seats = 3")
    assert answer.status == 400
    assert "registration.seats" in answer.json()["message"]


def test_nobody_is_registered_at_the_start(served: Stack) -> None:
    assert local(served, "GET", "registrations") == []


def test_unknown_paths_are_not_found(served: Stack) -> None:
    for path in ("/", "/_local/", "/_local/mails", "/nergens"):
        answer = ask(served.site.url, "PUT", path)
        assert (answer.status, answer.json()) == (404, {"message": "Not Found"})


def test_a_body_above_ten_megabytes_is_refused_before_it_is_read(served: Stack) -> None:
    with socket.create_connection(("127.0.0.1", served.site.server_port), timeout=30) as client:
        client.sendall(f"POST {POST} HTTP/1.1\r\nHost: x\r\nContent-Length: 10485761\r\n\r\n".encode())
        assert client.recv(100).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("length", ["-1", "veel", "1e3"])
def test_a_length_that_is_no_number_is_refused(served: Stack, length: str) -> None:
    with socket.create_connection(("127.0.0.1", served.site.server_port), timeout=30) as client:
        client.sendall(f"POST {POST} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n".encode())
        assert client.recv(100).startswith(b"HTTP/1.1 400 ")


def test_a_post_that_breaks_off_is_not_kept(served: Stack) -> None:
    with socket.create_connection(("127.0.0.1", served.site.server_port), timeout=30) as client:
        client.sendall(f"POST {POST} HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\nanna@".encode())
        client.shutdown(socket.SHUT_WR)
        assert client.recv(100) == b""
    assert local(served, "GET", "mails") == []


def test_head_has_the_headers_of_get_and_no_body(served: Stack) -> None:
    answer = ask(served.form.url, "HEAD", "/")
    assert (answer.status, answer.body) == (200, b"")
    assert int(answer.header("content-length")) > 1000


def test_the_form_posts_to_us_with_its_own_field_names(served: Stack) -> None:
    page = ask(served.form.url, "GET", "/").text
    assert f'action="{served.site.url}/networks/plg-2023/registrations"' in page
    for name in ("naam", "e-mailadres", "functie", "telefoonnummer", "your-school", "plaats", "collega_naam"):
        assert f'name="{name}"' in page
    assert "tot en met <b>vrijdag 14 april 2023</b>" in page


def test_the_form_site_thanks_and_names_the_reference(served: Stack) -> None:
    page = ask(served.form.url, "GET", "/bedankt?reference=PLG-%3Cb%3E").text
    assert "PLG-&lt;b&gt;" in page
    assert f'href="{served.site.url}/"' in page
    assert ask(served.form.url, "GET", "/nergens").status == 404
    assert ask(served.form.url, "GET", "/aanmelden.js").header("content-type").startswith("text/javascript")


@pytest.mark.parametrize("event", ["delivery", "bounce", "transient", "complaint"])
def test_what_ses_tells_of_a_mail_can_be_played(served: Stack, event: str) -> None:
    ask(served.site.url, "POST", POST, "anna@berg.example")
    (mail,) = local(served, "GET", "mails")
    told = {"mail": mail["id"], "event": event}
    assert local(served, "POST", "ses", json.dumps(told)) == told


@pytest.mark.parametrize("body", ["", "[]", '{"mail": "x", "event": "bounce"}', '{"event": "bounce"}'])
def test_an_event_of_no_mail_is_refused(served: Stack, body: str) -> None:
    assert ask(served.site.url, "POST", "/_local/ses", body).status == 400


def test_the_clock_goes_on_by_a_minute_with_each_act_until_a_test_sets_it(served: Stack) -> None:
    by_browser = {"sec-fetch-mode": "navigate"}
    ask(served.site.url, "POST", POST, "anna@berg.example", by_browser)
    assert local(served, "GET", "clock") == {"now": "2023-03-20T09:01:00+01:00"}
    ask(served.site.url, "POST", POST, "anna@berg.example")
    ask(served.site.url, "GET", "/")
    assert local(served, "GET", "clock") == {"now": "2023-03-20T09:01:00+01:00"}
    now = {"now": "2023-04-12T09:00:00+02:00"}
    local(served, "POST", "clock", json.dumps(now))
    ask(served.site.url, "POST", POST, "bram@berg.example", by_browser)
    assert local(served, "GET", "clock") == now
