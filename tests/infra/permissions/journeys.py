"""Plays once everything that people do with Tweetal and that makes a function call AWS."""

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import boto3
import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders

from cli.probe_network import PROBE_NETWORK
from local.web import Response
from shared.domain.network.network import PROBE
from shared.domain.outbox import MailState
from shared.domain.registration.registration import State
from tests.infra.permissions.recording import Call, RecordingWorld
from tests.journeys.conftest import Story
from tests.work import done

_NOTHING: Mapping[str, str] = {}
_FORM = {"content-type": "application/x-www-form-urlencoded", "origin": "http://127.0.0.1:8080"}


def play(world: RecordingWorld) -> list[Call]:
    """Play every journey, each from the start, and return what was recorded."""
    recorded = []
    for journey in (_registrants, _own_pages, _lists, _many, _a_year):
        world.reset()
        world.start()
        journey(Story(world))
        assert world.given_up == []
        recorded += world.calls
    return recorded


def _registrants(story: Story) -> None:
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email="bram@berg.example")
    story.registers("Anna Bos", functie="rector")
    story.registers("Carla Smit", "Dalcollege", email="postbus@dal.example")
    story.registers("Dirk Mol", "Dalcollege", email="postbus@dal.example")
    story.registers("Dirk Mol", "Dalcollege", email="postbus@dal.example", functie="docent")
    _get(story, _path(story, "anna", "/join/"))
    story.registers("Frits Pot", "Meercollege", email="complaint@meer.example")
    story.registers("Gijs Pol", "Zeecollege", email="gijs@zee.example", client="1.2.3.4")
    story.registers("Gijs Pol", "Zeecollege", email="gijs@zee.example", client="1.2.3.4", functie="rector")
    link = _path(story, "anna", "/join/").rpartition("/")[2]
    _get(story, "/schools?q=berg")
    work = done(json.loads(_get(story, "/networks/plg-2023/challenge").text))
    toml = story.world.table.networks()["plg-2023"]
    story.world.apply_network(f"{toml}\n[abuse]\nproof_of_work = true\npeople_an_hour_per_address = 1")
    story.registers("Hanna Bos", "Werkcollege", email="hanna@werk.example", altcha=work)
    story.registers("Eva Vos", "iets anders", forward=link)
    for name in ("Ivo Bos", "Job Bos"):
        story.registers(name, "Drukcollege", client="1.2.3.5")
    story.world.apply_network(toml)
    story.world.set_clock(datetime.fromisoformat("2023-04-16T10:00:00+02:00"))
    _get(story, _path(story, "anna", "/join/"))
    story.registers("Laat Komer", "Zeecollege", email="laat@zee.example")


def _own_pages(story: Story) -> None:
    story.registers("Anna Bos")
    own = _path(story, "anna", "/me/")
    for page in (own, f"{own}/gegevens.json", "/links/plg-2023"):
        _get(story, page)
    _post(story, own, action="invite", colleague_email="bram@berg.example")
    _get(story, own)
    _post(story, own, action="invite", colleague_email="bram@")
    _post(story, own, action="change", name="Anna Bos", school="Dalcollege")
    _post(story, own, action="data", sure="yes")
    for email in ("anna@dal.example", "anna@berg.example"):  # and back again
        _post(story, own, action="address", email=email)
        confirm = _path(story, email, "/me/")
        _get(story, confirm)
        _post(story, confirm, sure="yes")
        story.registers("Anna Bos", "Dalcollege", email="anna@dal.example")
        story.world.set_clock(story.world.now + timedelta(minutes=1))
    _post(story, own, action="cancel", sure="yes")
    _post(story, own, action="restore", sure="yes")
    _post(story, "/links/plg-2023", email="anna@dal.example")
    _post(story, own, action="replace", colleague_name="Carla Smit", colleague_email="carla@berg.example")
    _post(story, _path(story, "carla", "/me/"), action="erase", sure="yes")


def _organisers(story: Story) -> None:
    anna = story.registers("Anna Bos")
    other = story.registers("Fien Bos", "Zeecollege")
    story.registers("Bounce Mol", "Zeecollege", email="bounce@zee.example")
    story.world.next_day()
    home = "/".join(_path(story, "info@", "/organiser/").split("/")[:3])  # the link may lead to one person
    browser = {"cookie": _post(story, home, do="ask", sure="yes").header("set-cookie").partition(";")[0]}
    _post(story, home, browser, do="ask", sure="yes")
    code = re.search(r"^ +(\d{6})$", story.mails("code")[-1]["text"], re.MULTILINE)
    assert code
    cookie = {"cookie": _post(story, home, browser, code=code[1]).header("set-cookie").partition(";")[0]}
    for page in (
        "",
        "/settings",
        "/people",
        "/attendance/1",
        "/decisions",
        "/export/csv",
        f"/school/{anna}",
        f"/typing/{anna}",
    ):
        _get(story, home + page, cookie)
    _writes(story, f"{home}/message", cookie)
    for order in (f"school/{anna}/waive", f"school/{anna}/unwaive", f"person/{anna}/admit"):
        _order(story, home, order, cookie)
    for email in ("fien@dal.example", "fien@berg.example"):
        _order(story, home, f"person/{other}/correct_address", cookie, {"email": email, "step": "do"})
    _order(story, home, f"typing/{anna}/same/{other}", cookie)
    (word,) = story.world.table.school_rulings()
    _order(story, home, f"word/{word.id}/undo", cookie)
    typed = {"name": "Gea Bos", "email": "anna@berg.example", "school": "Zeecollege"}
    _order(story, home, "registration", cookie, typed, 200)
    _order(story, home, "registration", cookie, {**typed, "step": "do"})
    _settings(story, home, cookie)
    _kept_posts(story, home, cookie)
    form = re.search(r'name="form" value="([^"]*)"', _get(story, home, cookie).text)
    assert form
    _post(story, home, cookie, do="leave", form=form[1])


def _writes(story: Story, page: str, cookie: Mapping[str, str]) -> None:
    """Have an organiser write to whoever is of a school that is short, and look at what became of it."""
    shown = _get(story, page, cookie).text
    fields = dict(re.findall(r'name="(form|token)" value="([^"]*)"', shown))
    words = {"subject": "Hallo", "text": "Kom je?", "to-short": "yes"}
    for button in ({}, {"step": "do"}, {"edit": "yes"}):
        _post(story, page, cookie, **button, **fields, **words)
    _get(story, page, cookie)


def _settings(story: Story, home: str, cookie: Mapping[str, str]) -> None:
    """Have an organiser change a text of the network, then again by an old page, and undo that."""
    shown = _get(story, f"{home}/settings/texts", cookie).text
    revision = re.search(r'name="revision" value="([^"]*)"', shown)
    assert revision
    typed = {"costs": "Meedoen is gratis.", "revision": revision[1]}
    _order(story, home, "settings/texts", cookie, typed, 200)
    _order(story, home, "settings/texts", cookie, {**typed, "step": "do"})
    _order(story, home, "settings/texts", cookie, {**typed, "costs": "Gratis.", "step": "do"}, 409)
    shown = _get(story, f"{home}/settings/undo", cookie).text
    revision = re.search(r'name="revision" value="([^"]*)"', shown)
    assert revision
    _order(story, home, "settings/undo", cookie, {"revision": revision[1], "step": "do"})


def _kept_posts(story: Story, home: str, cookie: Mapping[str, str]) -> None:
    """Have a server post two mistakes, and an organiser complete one and drop the other."""
    for name in ("Hans Bos", "Iris Bos"):
        sent = urlencode({"naam": name, "emailadres": "hans@", "schoolnaam": "Bergcollege"})
        server = {"content-type": _FORM["content-type"], "user-agent": "WordPress/6.4"}
        story.world.http("POST", "/networks/plg-2023/registrations", server, sent)
    _get(story, f"{home}/posts", cookie)
    posts = story.world.table.kept_posts.unexpired("plg-2023", story.world.now)
    first, second = (p.id for p in sorted(posts, key=lambda post: "Iris" in post.text))
    typed = {"name": "Hans Bos", "email": "hans@berg.example", "school": "Bergcollege", "step": "do"}
    _order(story, home, f"post/{first}", cookie, typed)
    _order(story, home, f"post/{second}/drop", cookie)
    _full_day(story)


def _full_day(story: Story) -> None:
    """Have a place fill what a day keeps, and another push one of it out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("shared.domain.form.kept_room.MOST_A_DAY", 4)
        patch.setattr("shared.domain.form.kept_room.FAIR", 0)
        for name, place in (("Jet", "1.2.3.4"), ("Kim", "1.2.3.4"), ("Lot", "1.2.3.5")):
            headers = {"content-type": "application/json", "x-local-visitor": place}
            sent = json.dumps({"naam": f"{name} Bos", "schoolnaam": "Bergcollege"})
            story.world.http("POST", "/networks/plg-2023/registrations", headers, sent)


def _order(
    story: Story,
    home: str,
    order: str,
    cookie: Mapping[str, str],
    typed: Mapping[str, str] = _NOTHING,
    status: int = 303,
) -> None:
    form = re.search(r'name="form" value="([^"]*)"', _get(story, f"{home}/{order}", cookie).text)
    assert form
    done = _post(story, f"{home}/{order}", cookie, form=form[1], why="gebeld", **typed)
    assert done.status == status


def _lists(story: Story) -> None:
    """Play a network with a waiting list, on a day on which SES is busy."""
    toml = story.world.table.networks()["plg-2023"]
    story.world.apply_network(toml.replace('late = "keep"', 'late = "keep"\nmax_participants = 2'))
    _busy_once()
    story.registers("Anna Bos")
    story.registers("Bounce Bos", email="bounce@berg.example")
    assert story.kinds("anna") == []
    (anna,) = (r for r in story.world.registrations() if r.name == "Anna Bos")
    assert story.world.table.save(anna.become(State.CANCELLED, story.world.now, "person", ""))
    story.world.set_clock(story.world.now + timedelta(hours=1))
    carla = _path(story, story.registers("Carla Smit", "Dalcollege") and "carla", "/me/")
    _get(story, carla)
    _post(story, carla, action="invite", colleague_email="bram@")


def _many(story: Story) -> None:
    """Play a network that mails more than it may in an hour."""
    story.world.apply_network(story.world.table.networks()["plg-2023"] + "\n[abuse]\nmails_an_hour = 1\n")
    story.registers("Anna Bos")
    story.registers("Bram Bos")
    assert story.kinds("bram") == []


def _busy_once() -> None:
    """Make SES defer the next mail."""
    answers = [AWSResponse("https://ses.example", 429, HTTPHeaders(), _Raw())]
    session: Any = boto3.DEFAULT_SESSION
    session.events.register_first(
        "before-send.sesv2.SendEmail", lambda **_: answers.pop() if answers else None
    )


class _Raw:
    """The body of an answer that says that there were too many requests."""

    def stream(self, *_: object, **__: object) -> list[bytes]:
        return [b'{"message": "Maximum sending rate exceeded."}']


def _a_year(story: Story) -> None:
    _organisers(story)
    sent = urlencode({"naam": "Fien Bos", "schoolnaam": "Bergcollege", "contactveld": "fien@berg.example"})
    story.world.http("POST", "/networks/plg-2023/registrations", _FORM, sent)  # of a changed form
    sent = urlencode({"naam": "Gijs Bos", "schoolnaam": "Bergcollege", "emailadres": "gijs@berg.example"})
    for method in ("POST", "OPTIONS"):  # of a site that is not listed
        origin = {"origin": "https://elders.example"}
        story.world.http(method, "/networks/plg-2023/registrations", _FORM | origin, sent)
    story.registers("Carla Smit", "Dalcollege", email="carla@dal.example")
    story.world.export()
    _probe(story)
    keys = 'late = "keep"\nconfirm = "always"'
    toml = story.world.table.networks()["plg-2023"].replace('late = "keep"', keys)
    story.world.apply_network(toml.replace("[organiser]", 'report = "weekly"\n[organiser]', 1))
    for day in ("2023-04-07", "2023-04-08", "2023-04-15", "2024-03-01"):
        story.world.set_clock(datetime.fromisoformat(f"{day}T07:00:00+02:00"))
        story.world.check()
    assert story.world.registrations() == []


def _probe(story: Story) -> None:
    """Have the daily probe find a person and a mail that arrived; nothing of its own leads out of here."""
    story.world.apply_network(PROBE_NETWORK)
    typed = {"name": "Proef", "email": "success+1@simulator.amazonses.com", "school": "Proefschool"}
    sent = story.world.http("POST", "/networks/probe/registrations", _FORM, urlencode(typed))
    assert sent.status < 400, sent.text
    assert [mail.state for mail in story.world.table.mails(PROBE)] == [MailState.DELIVERED]
    story.world.probe()
    assert story.world.table.mails(PROBE) == ()


def _path(story: Story, to: str, part: str) -> str:
    """Return the path of the latest link with a part in the mails to somebody."""
    words: list[str] = [w for mail in story.mails(to=to) for w in mail["text"].split() if part in w]
    return "/" + words[-1].partition("//")[2].partition("/")[2]


def _get(story: Story, path: str, headers: Mapping[str, str] | None = None) -> Response:
    answer = story.world.http("GET", path, headers)
    assert answer.status == 200, (path, answer.text)
    return answer


def _post(story: Story, path: str, headers: Mapping[str, str] | None = None, **fields: str) -> Response:
    answer = story.world.http("POST", path, {**_FORM, **(headers or {})}, urlencode(fields))
    assert answer.status in (200, 303, 409, 422), (path, fields, answer.text)
    return answer
