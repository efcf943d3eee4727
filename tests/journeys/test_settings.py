"""An organiser changes the network on its own pages: what is shown first is what is mailed."""

import re
from copy import copy
from datetime import date, datetime, timedelta
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest

from local.web import Response
from shared.aws.network_versions import NetworkFiles
from shared.domain.network.network import read_network
from tests.conftest import PLG
from tests.infra.permissions.recording import RecordingWorld
from tests.journeys.conftest import Story
from tests.journeys.test_sites import Organiser
from tests.moment import Moment

_TYPE = {"content-type": "application/x-www-form-urlencoded", "origin": "http://127.0.0.1:8080"}
SECOND = "sessions-1-date"


class Desk(Organiser):
    """An organiser who uses the page as it was served: its links, its inputs and its buttons."""

    clicks = 0

    def opens(self, page: str = "") -> None:
        """Open a page and read its form."""
        self.answered(self.story.world.http("GET", f"{self.home}{page}", {"cookie": self.cookie}))

    def follows(self, label: str) -> None:
        """Click on a link of this page."""
        links = re.findall(r'<a[^>]* href="([^"]+)"[^>]*>([^<]+)</a>', self.html)
        self.clicks += 1
        path = next(unescape(href) for href, text in links if text == label)
        self.opens(path.removeprefix(self.home))

    def presses(self, label: str, **typed: str) -> None:
        """Type in inputs of this page, by their id, and press a button; each costs a click."""
        form = Form(self.html)
        self.clicks += 1 + len(typed)
        fields = {**form.fields, **form.buttons[label], **{k.replace("_", "-"): v for k, v in typed.items()}}
        headers = {**_TYPE, "cookie": self.cookie}
        answer = self.story.world.http("POST", form.action, headers, urlencode(fields))
        if answer.status == 303:
            return self.opens(answer.header("location").removeprefix(self.home))
        return self.answered(answer)

    def answered(self, answer: Response) -> None:
        assert answer.status in (200, 409, 422), answer.text
        self.status, self.html = answer.status, answer.text

    @property
    def says(self) -> str:
        text = re.sub(r"<[^>]*>", "", self.html.partition("</header>")[2])
        return " ".join(unescape(text).split())


class Form(HTMLParser):
    """The first form of a page: where it goes, what its inputs hold, and what its buttons send."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.buttons: dict[str, dict[str, str]] = {}
        self._name = self._text = ""
        self._sends: dict[str, str] = {}
        main = html.partition("</header>")[2].partition("</main>")[0]
        action = re.search(r'action="([^"]+)"', main)
        assert action
        self.action = action[1]
        self.feed(main)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {key: value or "" for key, value in attrs}
        self._text = ""
        if tag == "input" and (names.get("type") != "checkbox" or "checked" in names):
            self.fields[names["name"]] = names["value"]
        if tag in ("select", "textarea"):
            self._name = names["name"]
        if tag == "option" and (self._name not in self.fields or "selected" in names):
            self.fields[self._name] = names["value"]
        if tag == "button":
            self._sends = {names["name"]: names["value"]} if "name" in names else {}

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.fields[self._name] = self._text.removeprefix("\n")
        if tag == "button":
            self.buttons[self._text] = self._sends


@pytest.fixture(scope="module")
def _signed_in(_world: RecordingWorld) -> tuple[Moment, Desk]:
    _world.reset()
    story = Story(_world)
    story.registers("Anna Bos")
    story.registers("Bram Kuipers")
    story.world.set_clock(datetime.fromisoformat("2023-04-15T07:00:00+02:00"))
    desk = Desk(story)
    return Moment.of(_world), desk


@pytest.fixture
def desk(story: Story, _signed_in: tuple[Moment, Desk]) -> Desk:
    """The desk on the day on which the Bergcollege was admitted, with two people."""
    moment, desk = _signed_in
    moment.put_back(story.world)
    desk.clicks = 0
    return desk


def passes(story: Story, minutes: int) -> None:
    story.world.set_clock(story.world.now + timedelta(minutes=minutes))
    story.world.sweep()


def moves(desk: Desk, day: str) -> None:
    desk.opens()
    desk.follows("Instellingen")
    desk.follows("Data en tijden")
    desk.presses("Bekijk wat er gebeurt", **{SECOND: day})


def test_a_moved_session_takes_five_clicks_and_is_mailed_half_an_hour_later(desk: Desk) -> None:
    moves(desk, "2023-07-06")
    assert "Bijeenkomst 2: datum donderdag 29 juni 2023 → donderdag 6 juli 2023" in desk.says
    assert "Er gaan 2 mails uit" in desk.says
    assert "anna@berg.example “een bijeenkomst is veranderd”" in desk.says
    assert "op zijn vroegst op 15 apr, 7.30 uur" in desk.says
    desk.presses("Verander dit")
    assert desk.clicks == 5
    assert "Gedaan" in desk.says
    assert "door info@voortgezetleren.nl" in desk.says
    passes(desk.story, 29)
    assert desk.story.mails("moved") == []
    passes(desk.story, 1)
    assert sorted(mail["to"][0] for mail in desk.story.mails("moved")) == [
        "anna@berg.example",
        "bram@berg.example",
    ]
    assert "6 juli" in desk.story.mails("moved")[0]["text"]


def test_who_moves_it_back_within_half_an_hour_mails_nobody(desk: Desk) -> None:
    moves(desk, "2023-07-06")
    desk.presses("Verander dit")
    passes(desk.story, 20)
    desk.opens("/settings")
    assert "Tot 7.30 uur mailen we niemand" in desk.says
    desk.follows("Zet de laatste wijziging terug")
    assert "donderdag 6 juli 2023 → donderdag 29 juni 2023" in desk.says
    assert "Er gaat geen mail uit" in desk.says
    desk.presses("Zet terug")
    assert desk.story.world.table.networks()["plg-2023"] == PLG.read_text()
    for _ in range(4):
        passes(desk.story, 30)
    assert desk.story.mails("moved") == []
    desk.opens("/settings/undo")
    assert desk.status == 200  # what was undone can be done again


def test_who_was_first_is_shown_to_who_was_second_who_loses_nothing(desk: Desk) -> None:
    other = copy(desk)
    moves(desk, "2023-07-06")
    moves(other, "2023-06-30")
    desk.presses("Verander dit")
    other.presses("Verander dit")
    assert other.status == 409
    assert "Bijeenkomst 2: datum: donderdag 29 juni 2023 → donderdag 6 juli 2023" in other.says
    assert Form(other.html).fields[SECOND] == "2023-06-30"
    other.presses("Bekijk wat er gebeurt", **{"sessions-0-start": "13:00"})
    assert "Bijeenkomst 2: datum donderdag 6 juli 2023 → vrijdag 30 juni 2023" in other.says
    assert "Bijeenkomst 1: begint om 12.00 uur → 13.00 uur" in other.says
    other.presses("Verander dit")
    toml = desk.story.world.table.networks()["plg-2023"]
    assert ("2023-06-30" in toml, "# the call" in toml.lower()) == (True, True)


def test_a_second_click_is_no_change_by_somebody_else(desk: Desk) -> None:
    moves(desk, "2023-07-06")
    twice = copy(desk)
    for each in (desk, twice):
        each.presses("Verander dit")
        assert "Gedaan" in each.says
    assert len(desk.story.world.table.network_files.versions("plg-2023")) == 2


def test_what_somebody_else_changed_is_not_put_back_by_who_did_not_touch_it(desk: Desk) -> None:
    desk.opens("/settings/dates")
    page = desk.html
    desk.story.world.apply_network(PLG.read_text().replace("2023-10-04", "2023-10-05"))
    desk.html = page
    desk.presses("Bekijk wat er gebeurt", **{SECOND: "2023-07-06"})
    assert desk.status == 409
    desk.presses("Bekijk wat er gebeurt")
    assert "Bijeenkomst 2" in desk.says
    assert "Bijeenkomst 3" not in desk.says


def test_another_deadline_is_announced_to_whom_it_is_mailed(desk: Desk) -> None:
    desk.opens("/settings/dates")
    desk.presses(
        "Bekijk wat er gebeurt", registration_deadline="2023-04-21", registration_deadline_hour="17:00"
    )
    assert (
        "Laatste dag om je aan te melden vrijdag 14 april 2023 → vrijdag 21 april 2023, 17.00 uur"
        in desk.says
    )
    assert "anna@berg.example “de deadline is veranderd”" in desk.says
    desk.presses("Verander dit")
    passes(desk.story, 30)
    assert desk.story.kinds("anna")[-1] == "deadline"
    assert "deadline = 2023-04-21T17:00:00+02:00" in desk.story.world.table.networks()["plg-2023"]


def test_a_change_at_the_same_moment_is_shown_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    moves(desk, "2023-07-06")
    monkeypatch.setattr(NetworkFiles, "save_over", lambda *_: False)
    desk.presses("Verander dit")
    assert (desk.status, Form(desk.html).fields[SECOND]) == (409, "2023-07-06")
    assert desk.story.world.table.networks()["plg-2023"] == PLG.read_text()


def test_next_years_network_is_a_file_for_the_operator(desk: Desk) -> None:
    page = f"{desk.home}/settings/next-year"
    answer = desk.story.world.http("GET", page, {"cookie": desk.cookie})
    assert answer.header("content-disposition") == 'attachment; filename="plg-2024.toml"'
    assert read_network(answer.text, "next year").deadline_day == date(2024, 4, 12)


def test_other_numbers_mail_at_once_whoever_was_announced(desk: Desk) -> None:
    desk.opens("/settings/limits")
    desk.presses("Bekijk wat er gebeurt", rule_min_per_school="3")
    assert "Daarna Bergcollege, Utrecht 2 van 3" in desk.says
    assert "anna@berg.example “je school is niet meer compleet”" in desk.says
    desk.presses("Verander dit")
    assert desk.story.kinds("anna")[-1] == desk.story.kinds("bram")[-1] == "changed"


def test_an_own_paragraph_is_shown_in_its_mail_and_mails_nobody(desk: Desk) -> None:
    desk.opens("/settings/mails")
    desk.presses("Bekijk wat er gebeurt", paragraphs_late="x", paragraphs_admitted="Eet <mee>!\n\nTot dan.")
    assert "Eigen alinea in “Je doet mee” niets → Eet <mee>! Tot dan." in desk.says
    assert "(PLG). We zien je graag. Eet <mee>! Tot dan. De bijeenkomsten" in desk.says
    assert "Er gaat geen mail uit" in desk.says
    desk.presses("Verander dit")
    before = len(desk.story.world.mails())
    passes(desk.story, 60)
    assert len(desk.story.world.mails()) == before
    desk.opens("/settings/undo")
    assert "Eet <mee>! Tot dan. → niets" in desk.says
    desk.story.registers("Carla Smit", email="carla@berg.example")
    admitted = f"/person/{desk.story.world.registrations()[-1].reference}/admit"
    assert 'admitted = "Eet <mee>! Tot dan."' in desk.story.world.table.networks()["plg-2023"]
    desk.opens(admitted)
    desk.presses("Laat meedoen")
    assert "Eet <mee>! Tot dan." in desk.story.mails("admitted", "carla")[0]["text"]


def test_a_reader_is_added_and_nobody_takes_themselves_away(desk: Desk) -> None:
    desk.opens("/settings/readers")
    desk.presses("Bekijk wat er gebeurt", organiser_report_to="els@leren.example")
    assert desk.status == 422
    assert "Je eigen adres blijft staan" in desk.says
    both = "info@voortgezetleren.nl\nels@leren.example"
    desk.presses("Bekijk wat er gebeurt", organiser_report_to=both)
    assert "els@leren.example krijgt voortaan het rapport" in desk.says
    desk.presses("Verander dit")
    assert desk.story.kinds("els") == ["report"]  # today's


def test_what_only_an_operator_may_change_is_shown_and_a_post_of_it_changes_nothing(desk: Desk) -> None:
    desk.opens("/settings")
    assert "Websites met het formulier https://www.voortgezetleren.nl" in desk.says
    desk.opens("/settings/texts")
    desk.presses("Bekijk wat er gebeurt", form_origins="https://casino.example", id="casino-2023")
    assert "Je veranderde niets" in desk.says
    assert desk.story.world.table.networks()["plg-2023"] == PLG.read_text()
