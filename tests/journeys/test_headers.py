"""Every answer of every route, errors and redirects too, keeps its reader safe."""

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import boto3
import pytest

from local import template
from local.web import RawRequest, Response
from local.world import World
from tests.conftest import ROOT
from tests.journeys.conftest import PATH, Story

ROUTES = template.read(template.PATH, {}).routes
LOST = "/links/plg-2023"
TYPED = {"content-type": "application/x-www-form-urlencoded"}


def linked(story: Story, part: str, to: str = "") -> str:
    """Return the path of the latest link of a kind that was mailed."""
    links: list[str] = [w for mail in story.mails(to=to) for w in mail["text"].split() if part in w]
    return "/" + "/".join(links[-1].split("/")[3:5])


def answers(story: Story) -> Iterator[tuple[str, Response]]:
    """Ask everything of every route that people and robots do, and yield what was asked and answered."""
    world = story.world
    own = {"origin": world.base_url, **TYPED}

    def get(path: str, **headers: str) -> tuple[str, Response]:
        return f"GET {path}", world.http("GET", path, headers)

    def post(path: str, headers: Any = own, **fields: str) -> tuple[str, Response]:
        return f"POST {path}", world.http("POST", path, headers, urlencode(fields))

    fields = {"naam": "Anna Bos", "emailadres": "anna@berg.example", "schoolnaam": "Bergcollege"}
    yield post(PATH, **fields)  # 303
    yield post(PATH, naam="Anna")  # 422
    yield post("/networks/nergens/registrations", **fields)  # 404
    yield post(PATH, {"origin": "https://evil.example", **TYPED}, **fields)  # 303, and quarantined
    yield get(PATH, accept="text/html")
    yield f"HEAD {PATH}", world.http("HEAD", PATH)
    yield get(f"{PATH}/", accept="text/html")
    program = {"content-type": "application/json", "accept": "application/json"}
    yield "POST json", world.http("POST", PATH, program, "{")  # 400
    yield (
        "POST json",
        world.http(
            "POST",
            PATH,
            program,
            json.dumps({"name": "Bo Smit", "email": "bo@berg.example", "school": "Bergcollege"}),
        ),
    )  # 201
    yield "OPTIONS", world.http("OPTIONS", PATH, {"origin": "https://www.voortgezetleren.nl"})  # 204
    yield "OPTIONS", world.http("OPTIONS", "/schools", {"origin": "https://evil.example"})
    yield get("/schools?q=berg")
    yield get("/schools")
    yield get("/networks/plg-2023/challenge")
    yield get("/networks/nergens/challenge")
    me, join = linked(story, "/me/", "anna"), linked(story, "/join/", "anna")
    for path in (
        me,
        join,
        f"{me}x",
        f"{join}x",
        f"{me}/gegevens.json",
        f"{me}/agenda.ics",
        LOST,
    ):
        yield get(path)
        yield get(path, accept="application/json")
    yield get("/links/nergens")
    yield post(me, action="cancel")  # 422
    yield post(me, {"origin": "https://evil.example", **TYPED}, action="cancel")  # 403
    yield post(me, action="cancel", sure="yes")  # 303
    yield post(f"{me}x", action="cancel")  # 404
    yield post(LOST, email="anna@berg.example")
    yield post(LOST, email="anna")
    world.check()
    home = linked(story, "/organiser/", "info")
    yield get(home)
    yield f"HEAD {home}", world.http("HEAD", home)
    yield get(f"{home}x")
    yield get(f"{home}/export/csv")  # the door
    yield post(home, do="ask")  # 422
    answer = post(home, do="ask", sure="yes")
    yield answer
    browser = {**own, "cookie": answer[1].header("set-cookie").partition(";")[0]}
    yield post(home, browser, code="000000")  # 403, but for one in a million
    code = re.findall(r"^ +(\d{6})$", story.mails("code")[-1]["text"], re.MULTILINE)[0]
    entered = post(home, browser, code=code)  # 303
    yield entered
    cookie = entered[1].header("set-cookie").partition(";")[0]
    for page in ("", "/export/csv", "/export/xlsx", "/closing/hold", "/nergens"):
        yield get(home + page, cookie=cookie)
    yield post(f"{home}/closing/hold", {"cookie": cookie, **own}, form="x")  # 403
    yield post(me, action="erase", sure="yes")  # the last page of all
    world.set_clock(world.now + timedelta(minutes=5))
    boto3.client("dynamodb").delete_table(TableName=world.template.table["TableName"])
    for method, path in [
        *(("GET", p) for p in (me, join, home, LOST, "/schools?q=berg")),
        ("POST", me),
        ("POST", PATH),
    ]:
        request = RawRequest(
            method, path, tuple({"host": world.base_url.partition("//")[2], **own}.items()), b""
        )
        yield f"{method} {path}", world.answer(request)  # 503


@pytest.fixture(scope="module")
def pairs() -> list[tuple[str, Response]]:
    with World() as world:
        return list(answers(Story(world)))


def test_every_route_is_asked_and_every_kind_of_answer_is_seen(pairs: list[tuple[str, Response]]) -> None:
    places = {(what.split()[0], what.partition("/")[2].split("/")[0].partition("?")[0]) for what, _ in pairs}
    routes = {(route.method, route.path.split("/")[1]) for route in ROUTES}
    assert {(method, place or "networks") for method, place in places} >= routes - {("OPTIONS", "schools")}
    assert {answer.status for _, answer in pairs} >= {200, 201, 204, 303, 400, 403, 404, 422, 503}


def test_no_answer_is_kept_framed_sniffed_indexed_or_told_elsewhere(
    pairs: list[tuple[str, Response]],
) -> None:
    for what, answer in pairs:
        headers = {name: answer.header(name) for name, _ in answer.headers}
        # Which schools there are is no secret, and a form asks for it at every letter.
        kept = what.startswith("GET /schools") and answer.status == 200
        assert headers["cache-control"] == ("public, max-age=3600" if kept else "no-store"), what
        assert headers["x-content-type-options"] == "nosniff", what
        assert headers["x-robots-tag"] == "noindex", what
        assert headers["strict-transport-security"].startswith("max-age=63072000"), what
        # The second on pages with a form: with the first a browser would post it as if from nowhere.
        assert headers["referrer-policy"] in {"no-referrer", "same-origin"}, what
        policy = headers["content-security-policy"].split("; ")
        assert {"default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} <= set(policy), what


COPY = (ROOT / "shared/pages/templates/copy.js").read_text().strip()


def test_no_page_takes_anything_from_elsewhere_or_runs_a_script_but_the_one_that_copies_a_link(
    pairs: list[tuple[str, Response]],
) -> None:
    pages = [
        (what, answer) for what, answer in pairs if answer.header("content-type").startswith("text/html")
    ]
    assert len(pages) > 20
    for what, answer in pages:
        html = answer.body.decode()
        is_own = f"<script>{COPY}</script>" in html
        assert html.count("<script") == (1 if is_own else 0), what
        assert re.findall(r"<(?:link|img|iframe|object|embed)\b|\b(?:src|style|on\w+)=", html) == [], what
        allowed = re.findall(r"script-src ([^;]+)", answer.header("content-security-policy"))
        digest = b64encode(sha256(COPY.encode()).digest()).decode()
        assert allowed == ([f"'sha256-{digest}'"] if is_own else []), what
        assert re.search(r"style-src 'sha256-[^']+'", answer.header("content-security-policy")), what
        assert len(answer.body) < 30_000, what
