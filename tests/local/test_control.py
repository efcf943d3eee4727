import re
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from local import control
from local.mailbox import Sent
from local.web import RawRequest, Response
from local.world import World
from tests.people import someone

FORM = (("content-type", "application/x-www-form-urlencoded"),)


def ask(world: World, method: str, target: str, body: str = "") -> Response:
    answer = control.answer(world, RawRequest(method, target, FORM, body.encode()))
    assert answer
    return answer


def letter(world: World) -> str:
    world.http("POST", "/networks/plg-2023/registrations", {}, "anna@berg.example")
    return world.mailbox.sent[0].id


def test_an_empty_room_says_what_to_do(world: World) -> None:
    page = ask(world, "GET", "/").text
    assert "maandag 20 maart 2023" in page
    assert "Nog geen post" in page
    assert 'href="http://127.0.0.1:8081/"' in page


def test_the_room_shows_the_mails_the_log_and_the_registrations(world: World) -> None:
    letter(world)
    world.table.register([someone("Jan <b>de Vries</b>")])
    page = ask(world, "GET", "/").text
    assert "anna@berg.example" in page
    assert "a letter came in" in page
    assert "Jan &lt;b&gt;de Vries&lt;/b&gt;" in page
    assert "1 van 2" in page


def test_a_mail_is_shown_as_html_as_text_or_with_its_headers(world: World) -> None:
    mail = letter(world)
    assert f'src="/_local/mail/{mail}/html"' in ask(world, "GET", f"/?mail={mail}").text
    assert '<pre class="plain">Dag!</pre>' in ask(world, "GET", f"/?mail={mail}&deel=tekst").text
    assert "auto-generated" in ask(world, "GET", f"/?mail={mail}&deel=headers").text


def test_the_frame_that_shows_a_mail_runs_no_scripts(world: World) -> None:
    mail = letter(world)
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in ask(world, "GET", "/").text
    assert ask(world, "GET", f"/_local/mail/{mail}/html").text.endswith("<p>Dag!</p>")


def crowd(world: World) -> None:
    """Fill the mailbox: four hundred mails to as many people, the last fifty a day later."""
    sent = world.mailbox.sent[0]
    for number in range(1, 400):
        request = {**sent.request, "Destination": {"ToAddresses": [f"p{number}@berg.example"]}}
        request["EmailTags"] = [{"Name": "kind", "Value": "report" if number % 40 == 0 else "confirmation"}]
        at = sent.at + timedelta(days=number // 350)
        world.mailbox.sent.append(Sent(f"mail-{number}", request, at))


def listed(page: str) -> list[str]:
    return re.findall(r'<span class="to">([^<@]+)@', page)


def test_a_full_mailbox_is_shown_a_hundred_mails_at_a_time_the_latest_first(world: World) -> None:
    letter(world)
    crowd(world)
    page = ask(world, "GET", "/").text
    assert listed(page) == [f"p{number}" for number in range(399, 299, -1)]
    assert "400 mails: 1 tot en met 100" in page
    assert len(page.encode()) < 60_000
    (older,) = re.findall(r'href="([^"]+)#post">Oudere', page)
    assert listed(ask(world, "GET", unescape(older)).text)[0] == "p299"
    last = ask(world, "GET", "/?vanaf=300").text
    assert listed(last)[-1] == "anna"
    assert ("Nieuwere" in last, "Oudere" in last) == (True, False)


@pytest.mark.parametrize(
    ("query", "to"),
    [
        ("wie=P7%40BERG", ["p7"]),
        ("soort=report&dag=2023-03-21", ["p360"]),
        ("dag=2023-03-21&wie=p39", [f"p{number}" for number in range(399, 389, -1)]),
        ("wie=niemand", []),
    ],
)
def test_mails_are_found_by_person_kind_and_day(world: World, query: str, to: list[str]) -> None:
    letter(world)
    crowd(world)
    page = ask(world, "GET", f"/?{query}").text
    assert listed(page) == to
    for link in re.findall(r'href="(/\?mail=[^"#]+)', page)[:3]:
        assert listed(ask(world, "GET", unescape(link)).text) == to


def test_an_attachment_is_downloaded_under_its_name(world: World) -> None:
    file = ask(world, "GET", f"/_local/mail/{letter(world)}/0")
    assert (file.body, file.header("content-type")) == (b"Dag!", "text/plain")
    assert file.header("content-disposition") == 'attachment; filename="brief.txt"'


@pytest.mark.parametrize("part", ["1", "x", "-1", "html/more", ""])
def test_a_part_that_a_mail_does_not_have_is_not_found(world: World, part: str) -> None:
    assert control.answer(world, RawRequest("GET", f"/_local/mail/{letter(world)}/{part}")) is None


@pytest.mark.parametrize(
    ("button", "fields", "now"),
    [
        ("next-day", {}, "2023-03-21T09:00:00+01:00"),
        ("check", {}, "2023-03-20T09:00:00+01:00"),
        ("clock", {"now": "2023-04-12T09:00"}, "2023-04-12T09:00:00+02:00"),
        ("reset", {}, "2023-03-20T09:00:00+01:00"),
    ],
)
def test_a_button_acts_and_leads_back(world: World, button: str, fields: dict[str, str], now: str) -> None:
    answer = ask(world, "POST", f"/_local/room/{button}", urlencode(fields))
    assert (answer.status, answer.header("location")) == (303, "/")
    assert world.now.isoformat() == now


def test_an_invalid_time_for_the_clock_is_in_the_log(world: World) -> None:
    ask(world, "POST", "/_local/room/clock", "now=morgen")
    assert "morgen" in world.log.lines[-1].text


@pytest.mark.browser
def test_everybody_can_read_the_room_with_a_full_mailbox(world: World, browser: Browser) -> None:
    letter(world)
    world.table.register([someone()])
    crowd(world)
    with browser.new_page() as page:
        for width, query in ((320, ""), (1280, ""), (320, "wie=anna&deel=headers"), (320, "wie=niemand")):
            page.set_viewport_size({"width": width, "height": 800})
            page.set_content(ask(world, "GET", f"/?{query}").text)
            results = Axe().run(page)
            assert results.violations_count == 0, results.generate_report()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
