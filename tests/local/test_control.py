from urllib.parse import urlencode

import pytest

from local import control
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
