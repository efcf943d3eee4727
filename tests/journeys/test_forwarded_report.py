"""An organiser forwarded a report: whoever got it tries what they can, and the organiser gets in."""

import re
from datetime import timedelta
from urllib.parse import urlencode

from local.web import RawRequest, Response
from tests.journeys.conftest import Story

HOST = "127.0.0.1:8080"


class Visitor:
    """Somebody with the link of a report, in a browser of their own, at an address of their own."""

    def __init__(self, story: Story, home: str, place: str) -> None:
        self._story, self._home, self._place, self.cookie = story, home, place, ""

    def asks(self) -> str:
        """Ask for a code, and return what the page says."""
        return self.posts(do="ask", sure="yes").text

    def types(self, code: str) -> Response:
        """Type a code."""
        return self.posts(code=code)

    def opens(self) -> str:
        """Open the link, and return what the page says."""
        return self._sends("GET", "").text

    def posts(self, **fields: str) -> Response:
        """Send a form of the page."""
        answer = self._sends("POST", urlencode(fields))
        self.cookie = answer.header("set-cookie").partition(";")[0] or self.cookie
        return answer

    def _sends(self, method: str, body: str) -> Response:
        headers = {
            "host": HOST,
            "origin": f"http://{HOST}",
            "content-type": "application/x-www-form-urlencoded",
            "cookie": self.cookie,
        }
        request = RawRequest(method, self._home, tuple(headers.items()), body.encode(), self._place)
        return self._story.world.request(request)


def homes(story: Story) -> list[str]:
    """Return where the links of the reports lead, the earliest first."""
    reports = (mail["text"] for mail in story.mails("report"))
    return [match[0] for text in reports if (match := re.search(r"/organiser/[^/\s]+", text))]


def codes(story: Story) -> list[str]:
    """Return the codes that were mailed to the organiser, the earliest first."""
    return [re.findall(r"^ +(\d{6})$", mail["text"], re.MULTILINE)[0] for mail in story.mails("code")]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_a_forwarded_report_cannot_keep_the_organiser_out(story: Story) -> None:
    story.registers("Anna Bos")
    story.world.next_day()
    (report,) = homes(story)
    organiser = Visitor(story, report, "5.6.7.8")
    assert "We hebben je een code gemaild" in organiser.asks()
    (code,) = codes(story)
    strangers = [Visitor(story, report, "1.2.3.4") for _ in range(10)]
    for stranger in strangers:
        stranger.asks()
        assert [stranger.types(wrong(code)).status for _ in range(5)] == [403] * 5
    assert len(codes(story)) == 4  # three of them for one place
    assert organiser.types(code).status == 303
    assert "Overzicht" in organiser.opens()


def test_who_used_up_the_codes_of_one_report_leaves_those_of_the_next(story: Story) -> None:
    story.registers("Anna Bos")
    story.world.next_day()
    story.world.next_day()
    first, second = homes(story)
    assert first != second
    for number in range(10):
        Visitor(story, first, f"1.2.3.{number}").asks()
    assert len(codes(story)) == 5
    assert "te vaak een code gevraagd" in Visitor(story, first, "5.6.7.8").asks()
    organiser = Visitor(story, second, "1.2.3.4")
    organiser.asks()
    assert organiser.types(codes(story)[-1]).status == 303
    story.world.set_clock(story.world.now + timedelta(hours=1))
    again = Visitor(story, first, "5.6.7.8")
    again.asks()
    assert again.types(codes(story)[-1]).status == 303


def test_who_signs_out_is_out_also_for_whoever_copied_the_cookie(story: Story) -> None:
    story.registers("Anna Bos")
    story.world.next_day()
    (report,) = homes(story)
    organiser = Visitor(story, report, "5.6.7.8")
    organiser.asks()
    organiser.types(codes(story)[-1])
    thief = Visitor(story, report, "1.2.3.4")
    thief.cookie = organiser.cookie
    assert "Overzicht" in thief.opens()
    form = re.search(r'name="form" value="([^"]*)"', organiser.opens())
    assert form
    assert organiser.posts(do="leave", form=form[1]).status == 303
    assert "Mail mij een code" in thief.opens()
