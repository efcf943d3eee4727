"""Hostile text through every other way in, and what comes out: mails, pages and the command line."""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from icalendar import Calendar
from typer.testing import CliRunner

from cli.main import app
from local.mailbox import Sent
from local.web import Response
from local.world import World
from shared.domain.network.network import Network, NetworkError, read_network
from shared.domain.registration.registration import Change, State
from shared.domain.schools.school import school_of
from shared.domain.text import clean
from shared.http import FieldMessage
from shared.mails.calendar import CalendarRevision, invitation
from shared.pages import own_page as own_page_html
from shared.pages.own import OwnPageView
from shared.pages.problems import not_valid
from tests.conftest import PLG
from tests.hostile.names import NAMES
from tests.journeys.conftest import PATH, Story
from tests.people import AT, someone
from tests.shared.mails.test_user_text import Parsed

OURS = {"content-type": "application/x-www-form-urlencoded", "origin": "http://127.0.0.1:8080"}
TYPED = list(NAMES.values())
SOME, FEW = TYPED[::8], TYPED[::16]
# Every text takes long where each is a request or more; `test_typed.py` posts every one of them.
TEXTS = pytest.mark.parametrize(
    "texts", [SOME, pytest.param(TYPED, marks=pytest.mark.slow)], ids=["some", "every"]
)
FEWER = pytest.mark.parametrize(
    "texts", [FEW, pytest.param(SOME, marks=pytest.mark.slow)], ids=["few", "some"]
)
REQUEST = {
    "FromEmailAddress", "Destination", "ReplyToAddresses", "Content", "EmailTags", "ConfigurationSetName"
}  # fmt: skip
# Besides what an overview has, on the pages of an order and of its form.
REVIEWED = {"strong", "span", "label", "textarea", "select", "option", "fieldset", "legend"}
LINES = [(line.partition(" = ")[0], line) for line in PLG.read_text().splitlines()]
Tags = set[tuple[str, tuple[str, ...]]]


@pytest.fixture(scope="module")
def _world() -> Iterator[World]:
    with World() as world:
        yield world


@pytest.fixture
def story(_world: World) -> Story:
    _world.reset()
    return Story(_world)


def tags(html: str) -> Tags:
    return set(Parsed(html).tags)


def posted(story: Story, path: str, cookie: str = "", **fields: str) -> Response:
    answer = story.world.http("POST", path, {**OURS, "cookie": cookie}, urlencode(fields))
    assert answer.status in (200, 303, 403, 422), (path, answer.status)
    return answer


def registers(story: Story, typed: str, number: int, name: str = "") -> None:
    fields = dict.fromkeys(("school", "place", "role", "phone", "brin", "remarks", "dieet"), typed)
    body = json.dumps({**fields, "name": name or typed, "email": f"n{number}@berg.example"})
    program = {"content-type": "application/json", "accept": "application/json"}
    answer = story.world.http("POST", PATH, program, body)
    assert answer.status in (201, 422)


def own_page(story: Story, number: int) -> str:
    """Register somebody decent, and return where their own page is."""
    story.registers("Anna Bos", school=f"School {number}", email=f"anna{number}@berg.example")
    return path(story, f"anna{number}@", "/me/")


def path(story: Story, to: str, part: str) -> str:
    words = [w for mail in story.mails(to=to) for w in mail["text"].split() if part in w]
    return "/" + str(words[-1]).partition("//")[2].partition("/")[2]


class Decent:
    """What mails look like when nobody means harm: their subjects and their markup, by kind."""

    def __init__(self, sent: list[Sent]) -> None:
        self.subjects: defaultdict[str, set[str]] = defaultdict(set)
        self.tags: defaultdict[str, Tags] = defaultdict(set)
        for mail in sent:
            self.subjects[mail.tags["kind"]].add(mail.subject)
            self.tags[mail.tags["kind"]] |= tags(mail.body("Html"))

    def allows(self, mail: Sent) -> None:
        """Fail for a mail with anything in it that is not ours."""
        kind, simple = mail.tags["kind"], mail.request["Content"]["Simple"]
        assert mail.subject in self.subjects[kind]
        assert tags(mail.body("Html")) <= self.tags[kind]
        assert {unicodedata.category(c) for c in mail.body("Text").replace("\n", "")}.isdisjoint({"Cc", "Cf"})
        assert not re.search(r"^(Bcc|To|Cc|Subject):", mail.body("Text"), re.MULTILINE)
        assert simple["Headers"] == [{"Name": "Auto-Submitted", "Value": "auto-generated"}]
        assert mail.request["FromEmailAddress"] == "Voortgezet Leren <aanmelden@tweetal.example>"
        assert mail.request["ReplyToAddresses"] == ["info@voortgezetleren.nl"]
        assert list(mail.request["Destination"]) == ["ToAddresses"]
        assert len(mail.to) == 1
        assert re.fullmatch(
            r"(n|anna|bea)\d+@berg\.example|eve@elders\.example|info@voortgezetleren\.nl", mail.to[0]
        )
        assert set(mail.tags) - {"first"} == {"kind", "network", "mail"}
        assert all(re.fullmatch(r"[\w-]+", value) for value in mail.tags.values())


@TEXTS
def test_whatever_is_typed_the_request_to_ses_is_ours(story: Story, texts: list[str]) -> None:
    for number, name in enumerate(("Anna Bos", "Bram Kok", "Carla Smit")):
        registers(story, "Bergcollege", number, name)
    story.world.mails()
    decent = Decent(story.world.mailbox.sent)
    mails = 0
    for start in range(0, len(texts), 12):  # a network that grows makes every next mail slower
        story.world.reset()
        for number, typed in enumerate(texts[start : start + 12]):
            registers(story, typed, number)
        for mail in story.world.mailbox.sent:
            decent.allows(mail)
            assert set(mail.request) == REQUEST
        mails += len(story.world.mailbox.sent)
    assert mails > len(texts) * 3 // 4


def acts(story: Story, typed: str, number: int) -> None:
    page = own_page(story, number)
    fields = dict.fromkeys(("name", "role", "phone", "school", "place"), typed)
    posted(story, page, action="change", **fields)
    posted(story, page, action="invite", colleague_email=typed)
    posted(story, page, action=typed, sure=typed)
    answer = story.world.http("GET", page)
    assert answer.status == 200
    assert "<" not in typed or typed not in answer.text
    posted(story, page, action="replace", colleague_name=typed, colleague_email=f"bea{number}@berg.example")


@FEWER
def test_what_is_typed_on_ones_own_page_stays_text(story: Story, texts: list[str]) -> None:
    for number in (100, 101):  # of one school, which so is complete for a while
        acts(story, "Bergcollege", number)
    posted(story, own_page(story, 102), action="invite", colleague_email="eve@elders.example")
    story.world.mails()
    decent = Decent(story.world.mailbox.sent)
    for number, typed in enumerate(texts, 1):
        if number % 4 == 0:  # of one place, twenty first mails go in an hour
            story.world.set_clock(story.world.now + timedelta(hours=1))
        acts(story, typed, number)
    for mail in story.world.mailbox.sent:
        decent.allows(mail)
    for r in story.world.registrations():
        assert (r.name, r.school, r.role) == (clean(r.name), clean(r.school), clean(r.role))


def shown(network: Network, typed: str) -> Tags:
    """Return the markup of somebody's own page on which a text stands wherever one can, in its forms too."""
    fields = ("name", "role", "phone", "school", "place", "brin", "remarks")
    values: dict[str, Any] = dict.fromkeys(fields, clean(typed))
    me = someone(**values, extra={typed: typed}, again=values)
    view = OwnPageView(
        network, me, school_of(me.person_key, [me]), AT, "token", "https://tweetal.example/join/1"
    )
    wrong = not_valid([FieldMessage("name", "required", "Vul je naam in.")])
    return tags(own_page_html(view, wrong, dict.fromkeys((*values, "invite_email"), typed)))


def test_whatever_stands_on_ones_own_page_its_markup_is_ours(network: Network) -> None:
    calm = shown(network, "Bergcollege")
    for typed in TYPED:
        assert shown(network, typed) <= calm, typed


@TEXTS
def test_what_is_asked_in_an_address_is_answered(story: Story, texts: list[str]) -> None:
    for typed in texts:
        quoted = quote(typed.encode(errors="replace"), safe="")
        assert story.world.http("GET", f"/schools?q={quoted}").status == 200
        assert story.world.http("GET", f"/networks/{quoted}/registrations").status in (404, 405)
        for way in ("me", "join", "organiser", "links"):
            assert story.world.http("GET", f"/{way}/{quoted}").status in (404, 405)
        answer = posted(story, "/links/plg-2023", email=typed)
        assert "<" not in typed or typed not in answer.text
    assert story.world.mails() == []


def orders(story: Story, home: str, inside: dict[str, str], form: str, typed: str, **more: str) -> Response:
    """Register somebody by hand: shown first, and done with `step`."""
    fields = dict.fromkeys(("name", "role", "phone", "school", "place", "why"), typed)
    posted_fields = {"form": form, "email": "n@berg.example", **fields, **more}
    return posted(story, f"{home}/registration", inside["cookie"], **posted_fields)


@TEXTS
def test_what_organisers_type_stays_text(story: Story, texts: list[str]) -> None:
    story.registers("Anna Bos")
    story.world.next_day()
    home = path(story, "info@", "/organiser/")
    for typed in texts:
        posted(story, home, code=typed)
    story.world.set_clock(story.world.now.replace(hour=12))
    browser = posted(story, home, do="ask", sure="yes").header("set-cookie").partition(";")[0]
    code = re.findall(r"^ +(\d{6})$", story.mails("code")[-1]["text"], re.MULTILINE)[-1]
    cookie = posted(story, home, browser, code=code).header("set-cookie").partition(";")[0]
    inside = {"cookie": cookie}
    form = re.findall(
        r'name="form" value="([^"]*)"', story.world.http("GET", f"{home}/registration", inside).text
    )[0]
    calm = tags(story.world.http("GET", f"{home}?q=bos", inside).text)
    calm |= tags(story.world.http("GET", f"{home}?q=niemand", inside).text)
    for typed in texts:
        shown = orders(story, home, inside, form, typed)
        assert {tag for tag, _ in tags(shown.text)} <= {tag for tag, _ in calm} | REVIEWED
        page = story.world.http("GET", f"{home}?q={quote(typed.encode(), safe='')}", inside)
        assert page.status == 200
        assert {tag for tag, _ in tags(page.text)} <= {tag for tag, _ in calm}
    for number, typed in enumerate(texts[::8]):
        orders(story, home, inside, form, typed, step="do", email=f"n{number}@berg.example")
    whys = [change.note for r in story.world.registrations() for change in r.history]
    assert whys == [clean(why) for why in whys]
    story.world.next_day()
    report = story.mails("report")[-1]
    allowed = {tag for tag, _ in tags(story.mails("report")[0]["html"])} | {"ul", "li", "details", "summary"}
    assert {tag for tag, _ in tags(report["html"])} <= allowed


def networks() -> Iterator[tuple[Network, str]]:
    """Yield a network for each text that an organiser can give as a title and a place."""
    for typed in TYPED:
        literal = json.dumps(typed, ensure_ascii=False).replace("\x7f", "\\u007f")
        lines = [f"{key} = {literal}" if key in ("title", "place") else line for key, line in LINES]
        with suppress(NetworkError):  # of which nothing is left, or too much
            yield read_network("\n".join(lines), "x"), clean(typed)


def test_a_calendar_holds_what_an_organiser_typed_and_nothing_more() -> None:
    decent = read_network(PLG.read_text(), "x")
    turn = CalendarRevision(AT, (Change(AT, State.ADMITTED, "check", "compleet"),), 0)
    wanted = len(Calendar.from_ical(invitation(decent, turn).content).property_items())
    for network, text in networks():
        content = invitation(network, turn).content
        calendar = Calendar.from_ical(content)
        assert len(calendar.property_items()) == wanted
        assert {str(event["location"]) for event in calendar.walk("VEVENT")} == {text}
        assert all(len(line) <= 75 for line in content.split(b"\r\n"))


@TEXTS
def test_the_command_line_prints_and_keeps_text(story: Story, texts: list[str]) -> None:
    for number, typed in enumerate(
        [*texts[::2][:16], "[/red]", "[link=http://x.example]x[/link]", ":smile:"]
    ):
        registers(story, typed, number)
    env: dict[str, Any] = {"TABLE": story.world.template.table["TableName"], "COLUMNS": "300"}

    def tweetal(*words: str) -> str:
        result = CliRunner(env=env).invoke(app, words)
        assert result.exception is None or isinstance(result.exception, SystemExit | ValueError), words
        return result.output

    assert "[/red]" in tweetal("registration", "list", "plg-2023")
    assert "[/red]" in tweetal("standing", "plg-2023")
    story.world.reset()
    story.registers("Anna Bos")
    first, *_ = story.world.registrations()
    for typed in [*texts, "[/red]"]:
        tweetal("waive", "plg-2023", first.reference, "--by", typed or "x", "--why", typed or "x")
    for typed in [*texts[::8], "[/red]"]:
        word = ("--by", typed or "x", "--why", typed or "x")
        tweetal("why", "plg-2023", "--", typed)
        tweetal("registration", "set", "plg-2023", typed, "admitted", *word)
        tweetal("registration", "replace", "plg-2023", first.reference, typed, typed, *word)
        tweetal("person", "export", typed, "--by", "operator")
    kept = [text for d in story.world.table.decisions("plg-2023") for text in (d.by, d.why)]
    assert kept
    assert kept == [clean(text) for text in kept]
