"""What happened is what everybody reads: in mails, on their own page and beside the decision it asks for."""

import base64
import re
from datetime import datetime

import icalendar

from tests.journeys.conftest import Story
from tests.journeys.season import acts


def morning(story: Story, day: str) -> None:
    story.world.set_clock(datetime.fromisoformat(f"2023-{day}T07:00:00+02:00"))
    story.world.check()


def own_page(story: Story, name: str) -> str:
    link = next(w for m in reversed(story.mails(to=name)) for w in m["text"].split() if "/me/" in w)
    body = story.world.http("GET", "/" + link.partition("//")[2].partition("/")[2]).body.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def calendar(story: Story, kind: str, to: str) -> tuple[str, set[int]]:
    """Return the method of the file at somebody's latest mail of a kind, and its events' sequences."""
    (file,) = story.mails(kind, to)[-1]["attachments"]
    parsed = icalendar.Calendar.from_ical(base64.b64decode(file["content_base64"]))
    return str(parsed["method"]), {int(str(event["sequence"])) for event in parsed.events}


def words(mail: dict[str, str]) -> str:
    return " ".join(mail["text"].split())


def test_a_colleague_who_leaves_after_the_deadline_and_is_not_replaced(story: Story) -> None:
    story.registers("Anna Bos")
    story.registers("Jan de Vries")
    morning(story, "04-15")
    assert calendar(story, "admitted", "anna") == ("PUBLISH", {0})
    story.world.set_clock(datetime.fromisoformat("2023-05-03T12:00:00+02:00"))
    acts(story, "jan", "action=cancel&sure=yes")
    morning(story, "05-11")
    assert story.states() == {"Anna": "held", "Jan": "cancelled"}
    held = words(story.mails("held", "anna")[0])
    assert "Een collega van je school doet sinds woensdag 3 mei niet meer mee." in held
    assert "te weinig mensen aangemeld" not in held
    assert "Jan" not in held
    assert calendar(story, "held", "anna") == ("CANCEL", {1})
    assert "doet sinds woensdag 3 mei niet meer mee" in own_page(story, "anna")
    report = words(story.mails("report")[-1])
    assert "Jan de Vries meldde zich op woensdag 3 mei af. Tot en met woensdag 10 mei werd" in report
    assert "Niet compleet bij de deadline" not in report


def test_who_gives_their_place_away_reads_that_a_colleague_has_it(story: Story) -> None:
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email="bram@berg.example")
    acts(story, "anna", "action=replace&colleague_name=Hugo+Pot&colleague_email=hugo%40berg.example")
    mail = story.mails("cancelled", "anna")[0]
    assert mail["subject"].startswith("Je plek is overgenomen")
    assert "Je collega Hugo Pot heeft jouw plek overgenomen." in words(mail)
    assert "afgemeld" not in words(mail)
    page = own_page(story, "anna")
    assert "Je doet niet meer mee. Je collega Hugo Pot heeft jouw plek overgenomen." in page
    assert "door jij" not in page
    assert "Anna" not in own_page(story, "bram")
