"""Whose mailbox is not there: on the list all the same, and the business of who can do something about it."""

import csv
import re
from base64 import b64decode
from io import StringIO

from local.gallery.visitor import Visitor
from tests.journeys.conftest import Story

GONE = "bounce@berg.example"  # the local stack has each mail to such an address come back for good


def page(story: Story, to: str) -> str:
    visitor = Visitor(story.world)
    return re.sub(r"\s+", " ", visitor.opens(visitor.link(to, "/me/")).text)


def test_who_registered_a_colleague_reads_that_the_address_takes_no_mail(story: Story) -> None:
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email=GONE)
    story.registers("Carla Smit")
    assert f"De mail aan {GONE} komt niet aan." in page(story, "anna")
    assert "Je school is compleet." in page(story, "anna")  # who cannot be reached counts
    assert "komt niet aan" not in page(story, "carla")
    assert "Bram" not in page(story, "anna") + page(story, "carla")


def test_who_had_us_invite_a_colleague_reads_that_it_came_back(story: Story) -> None:
    story.registers("Anna Bos")
    visitor = Visitor(story.world)
    visitor.posts(visitor.link("anna", "/me/"), action="invite", colleague_email=GONE)
    assert f"De uitnodiging aan {GONE} kwam terug." in page(story, "anna")


def test_a_mistake_in_a_form_takes_none_of_that_away(story: Story) -> None:
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email=GONE)
    visitor = Visitor(story.world)
    again = visitor.posts(visitor.link("anna", "/me/"), action="invite", colleague_email="bram@")
    assert again.status == 422
    assert f"De mail aan {GONE} komt niet aan." in re.sub(r"\s+", " ", again.text)


def test_an_organiser_reads_it_in_the_report_beside_the_person_and_in_the_list(story: Story) -> None:
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email=GONE)
    story.world.next_day()
    (report,) = story.mails("report")
    text = " ".join(report["text"].split())
    assert "1 persoon is aangemeld, maar onbereikbaar" in text
    assert text.count("(onbereikbaar)") == text.count("Bram Kuipers (onbereikbaar)") == 1
    (sheet,) = (file for file in report["attachments"] if file["filename"].endswith(".csv"))
    listed = csv.DictReader(StringIO(b64decode(sheet["content_base64"]).decode("utf-8-sig")), delimiter=";")
    cells = {row["Naam"]: (row["Telt mee"], row["Bereikbaar"]) for row in listed}
    assert cells == {"Anna Bos": ("ja", "ja"), "Bram Kuipers": ("ja", "nee, mails komen terug")}


def test_an_organiser_reads_it_on_the_page_of_the_school(story: Story) -> None:
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email=GONE)
    story.world.next_day()
    sanne = Visitor(story.world)
    home = "/".join(sanne.link("info", "/organiser/").split("/")[:5])
    sanne.opens(home)
    sanne.posts(home, do="ask", sure="yes")
    sanne.posts(home, code=sanne.code())
    bram = next(r for r in story.world.registrations() if r.email == GONE)
    school = sanne.opens(f"{home}/school/{bram.reference}").text
    assert school.count("Onbereikbaar.") == 1
    assert f"Mails aan {GONE} komen terug." in school
