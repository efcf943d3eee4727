"""A form on another site, and a site that posts everything from one address: one answer for all of it."""

import re
from datetime import datetime, timedelta
from urllib.parse import quote, urlencode

import pytest

from local.web import Response
from shared.domain.registration.registration import State
from tests.conftest import PLG
from tests.journeys.conftest import FORM, PATH, Story

VO_RAAD, CASINO = "https://www.vo-raad.nl", "https://casino.example:8443"
_TYPE = {"content-type": "application/x-www-form-urlencoded"}


class Organiser:
    """An organiser who has signed in."""

    def __init__(self, story: Story) -> None:
        self.story = story
        story.world.check()
        self.home = re.findall(r"https?://[^/]+(/organiser/\S+)", story.mails("report")[-1]["text"])[-1]
        self.home = "/".join(self.home.split("/")[:3])
        browser = self._posts("", do="ask", sure="yes").header("set-cookie").partition(";")[0]
        code = re.search(r"^ +(\d{6})$", story.mails("code")[-1]["text"], re.MULTILINE)
        assert code
        self.cookie = self._posts("", code=code[1], cookie=browser).header("set-cookie").partition(";")[0]

    def reads(self, page: str = "", status: int = 200) -> str:
        """Return the text of a page."""
        answer = self.story.world.http("GET", f"{self.home}{page}", {"cookie": self.cookie})
        assert answer.status == status, answer.text
        return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", answer.text))

    def orders(self, page: str) -> None:
        """Give the order of a page."""
        shown = self.story.world.http("GET", f"{self.home}{page}", {"cookie": self.cookie})
        form = re.search(r'name="form" value="([^"]*)"', shown.text)
        assert form
        answer = self._posts(page, form=form[1], why="gebeld", cookie=self.cookie)
        assert (answer.status, answer.header("location")) == (303, f"{self.home}?done=1")

    def _posts(self, page: str, cookie: str = "", **fields: str) -> Response:
        headers = {**_TYPE, "origin": "http://127.0.0.1:8080", "cookie": cookie}
        return self.story.world.http("POST", f"{self.home}{page}", headers, urlencode(fields))


def posts(story: Story, naam: str, site: str = VO_RAAD, **others: str) -> None:
    sent = {
        "naam": naam,
        "emailadres": f"{naam.split()[0].lower()}@berg.example",
        "schoolnaam": "Bergcollege",
    }
    answer = story.world.http("POST", PATH, _TYPE | {"origin": site}, urlencode(sent | others))
    assert answer.status == 303


def report(story: Story) -> str:
    return " ".join(story.mails("report")[-1]["text"].split())


def test_a_form_that_moved_to_another_site_loses_nobody(story: Story) -> None:
    for name in ("Anna Bos", "Bram Kuipers", "Carla Smit"):
        posts(story, name)
    assert set(story.states().values()) == {"quarantined"}
    organiser = Organiser(story)
    # A mail program makes a link of a whole address, and anybody can post under any.
    assert "3 aanmeldingen kwamen van www. vo-raad. nl: is dat jullie website?" in report(story)
    assert "/site/https/www.vo-raad.nl/ours" in report(story)
    assert f"3 aanmeldingen kwamen van {VO_RAAD}: is dat jullie website?" in organiser.reads()
    shown = organiser.reads("/site/https/www.vo-raad.nl/ours")
    assert "3 aanmeldingen tellen dan gewoon mee" in shown
    assert re.search(r"Er gaan \d mails uit", shown)
    assert "Nee: dit is niet onze website" in shown
    for name in ("Anna Bos", "Bram Kuipers", "Carla Smit"):
        assert f"{name} (Bergcollege)" in shown
    assert story.mails(to="anna") == []
    organiser.orders("/site/https/www.vo-raad.nl/ours")
    assert set(story.states().values()) == {"registered"}
    assert story.kinds("anna")[0] == "confirmation"
    anna = next(r for r in story.world.registrations() if r.name == "Anna Bos")
    assert anna.history[-1].by == "info@voortgezetleren.nl"
    assert anna.received_at == anna.history[0].at
    posts(story, "Dirk Mol")
    assert story.states()["Dirk"] == "registered"
    assert "is dat jullie website" not in organiser.reads()
    organiser.reads("/site/https/www.vo-raad.nl/ours", 409)


def test_who_moved_in_time_is_in_time_however_late_the_answer_comes(story: Story) -> None:
    posts(story, "Anna Bos")
    story.world.set_clock(datetime.fromisoformat("2023-04-15T10:00:00+02:00"))
    posts(story, "Laat Komer")
    organiser = Organiser(story)
    shown = organiser.reads("/site/https/www.vo-raad.nl/ours")
    assert "1 aanmelding telt dan gewoon mee" in shown
    assert "1 aanmelding kwam na de deadline. Daarover beslis je apart." in shown
    organiser.orders("/site/https/www.vo-raad.nl/ours")
    assert story.states() == {"Anna": "registered", "Laat": "late"}
    assert story.kinds("laat") == ["late"]


def test_a_site_that_is_not_theirs_stays_aside_unasked_until_they_say_otherwise(story: Story) -> None:
    posts(story, "Win Een", CASINO)
    organiser = Organiser(story)
    path = quote("/site/https/casino.example:8443/")
    assert f"1 aanmelding kwam van {CASINO}" in organiser.reads()
    organiser.orders(f"{path}other")
    posts(story, "Prijs Een", CASINO)
    assert story.states() == {"Win": "quarantined", "Prijs": "quarantined"}
    assert f"{CASINO}Niet jullie website" in organiser.reads()
    assert "is dat jullie website" not in organiser.reads()
    story.world.next_day()
    assert "is dat jullie website" not in report(story)
    assert "2 aanmeldingen wachten op controle" in report(story)
    organiser = Organiser(story)
    organiser.orders(f"{path}ours")
    assert story.states() == {"Win": "registered", "Prijs": "registered"}
    posts(story, "Anna Bos", CASINO)
    story.world.set_clock(story.world.now + timedelta(minutes=1))
    organiser.orders(f"{path}other")
    posts(story, "Bram Kuipers", CASINO)
    assert (story.states()["Anna"], story.states()["Bram"]) == ("registered", "quarantined")


def test_a_site_that_the_operator_lists_is_asked_about_once_more_and_needs_no_ruling(story: Story) -> None:
    posts(story, "Anna Bos")
    organiser = Organiser(story)
    organiser.orders("/site/https/www.vo-raad.nl/other")
    story.world.apply_network(PLG.read_text().replace(f'"{FORM}"', f'"{FORM}", "{VO_RAAD}"'))
    assert "1 aanmelding kwam van" in organiser.reads()
    organiser.reads("/site/https/www.vo-raad.nl/other", 409)
    organiser.orders("/site/https/www.vo-raad.nl/ours")
    assert story.states() == {"Anna": "registered"}


def test_what_is_no_site_or_looks_like_a_robot_is_judged_alone(story: Story) -> None:
    posts(story, "Anna Bos", "klik hier: https://casino.example")
    posts(story, "Win Een", website="https://casino.example")
    page = Organiser(story).reads()
    assert page.count("Misschien spam") == 2
    assert "klik hier" not in page


@pytest.mark.parametrize("site", ["http/www.vo-raad.nl", "https/elders.example"])
def test_nobody_rules_on_a_site_that_nobody_came_from(story: Story, site: str) -> None:
    posts(story, "Anna Bos")
    organiser = Organiser(story)
    for answer in ("ours", "other"):
        organiser.reads(f"/site/{site}/{answer}", 409)
    organiser.reads("/address/ours", 409)


def test_what_browsers_were_refused_is_told_by_reason_without_what_they_sent(story: Story) -> None:
    browser = _TYPE | {"origin": FORM, "accept": "text/html"}
    for sent in ["naam=" + "x" * 300_000] * 2 + ["naam=Anna"]:
        assert story.world.http("POST", PATH, browser, sent).status in (413, 422)
    assert story.world.http("OPTIONS", PATH, {"origin": CASINO}).status == 403
    story.world.check()
    assert "keer een fout" not in report(story)  # the day is not over
    story.world.next_day()
    assert "3 keer een fout: 2 te groot, 1 niet goed ingevuld" in report(story)
    assert "https: / / casino. example: 8443 (1 keer)" in report(story)
    assert "Anna" not in report(story)
    story.world.next_day()
    assert "keer een fout" not in report(story)


def test_one_answer_registers_everybody_who_came_from_one_address(story: Story) -> None:
    limit = 3
    story.world.apply_network(f"{PLG.read_text()}\n[abuse]\npeople_an_hour_per_address = {limit}")
    for number in range(limit + 26):  # one more than a transaction takes
        story.registers(f"Naam{number} Bos", f"Lyceum {number // 2}", client="1.2.3.4")
    assert sum(state == "quarantined" for state in story.states().values()) == 26
    organiser = Organiser(story)
    question = "26 aanmeldingen kwamen van één adres: is dat jullie website?"
    assert question in report(story)
    assert question in organiser.reads()
    assert "en nog 18" in organiser.reads("/address/ours")
    organiser.orders("/address/ours")
    assert set(story.states().values()) == {State.REGISTERED.value}
    assert story.kinds("naam28")[0] == "confirmation"
    organiser.reads("/address/ours", 409)
