"""Whose mailbox is not there: on the list all the same, and the business of who can do something about it."""

import csv
import re
from base64 import b64decode
from datetime import datetime, timedelta
from io import StringIO

from local.gallery.visitor import Visitor
from shared.domain.registration.registration import State
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


def kinds(story: Story, to: str) -> list[str]:
    return [mail["kind"] for mail in story.mails() if mail["to"] == [to]]


def desk(story: Story) -> tuple[Visitor, str]:
    """An organiser who has signed in, and where their pages begin."""
    sanne = Visitor(story.world)
    home = "/".join(sanne.link("info", "/organiser/").split("/")[:5])
    sanne.opens(home)
    sanne.posts(home, do="ask", sure="yes")
    sanne.posts(home, code=sanne.code())
    return sanne, home


def test_a_colleague_whose_address_bounces_is_reported_to_who_brought_them(story: Story) -> None:
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email=GONE)
    story.registers("Carla Smit")
    story.world.sweep()
    (mail,) = story.mails("unreachable")
    assert mail["to"] == ["anna@berg.example"]
    assert "Een collega is met jouw aanmelding aangemeld" in " ".join(mail["text"].split())
    story.world.next_day()
    assert len(story.mails("unreachable")) == 1


def test_who_forwarded_their_link_hears_it_without_a_name(story: Story) -> None:
    story.registers("Anna Bos")
    visitor = Visitor(story.world)
    visitor.opens(visitor.link("anna", "/join/"))
    visitor.posts("/networks/plg-2023/registrations", name="Bram Kuipers", email=GONE, school="Bergcollege")
    story.world.sweep()
    (mail,) = story.mails("unreachable")
    assert mail["to"] == ["anna@berg.example"]
    assert "Een collega heeft zich met jouw link aangemeld" in " ".join(mail["text"].split())
    assert "Bram" not in mail["text"] + mail["html"]


def test_who_came_by_themselves_is_only_the_organisers_to_reach(story: Story) -> None:
    story.registers("Bram Kuipers", email=GONE)
    story.world.next_day()
    assert story.mails("unreachable") == []
    assert "Aangemeld, maar onbereikbaar" in " ".join(story.mails("report")[0]["text"].split())


def test_no_later_mail_goes_to_an_address_that_takes_none(story: Story) -> None:
    story.registers("Bram Kuipers", email=GONE)
    story.registers("Anna Bos")  # makes the school complete
    story.world.sweep()
    visitor = Visitor(story.world)
    visitor.posts("/links/plg-2023", email=GONE)
    story.world.set_clock(story.world.now + timedelta(days=40))
    story.world.next_day()
    assert kinds(story, GONE) == ["confirmation"]


def test_an_organiser_corrects_the_address_and_only_the_present_state_is_mailed_there(story: Story) -> None:
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email=GONE)
    story.world.sweep()
    story.world.set_clock(datetime.fromisoformat("2023-04-15T06:00:00+02:00"))
    story.world.next_day()
    before = next(r for r in story.world.registrations() if r.email == GONE)
    assert before.state is State.ADMITTED
    assert kinds(story, GONE) == ["invited"]
    sanne, home = desk(story)
    order = f"{home}/person/{before.reference}/correct_address"
    assert f'/person/{before.reference}/correct_address"' in sanne.opens(home).text
    assert "Het goede e-mailadres" in sanne.opens(order).text
    wrong = sanne.posts(order, email="bram@")
    assert (wrong.status, "Dit e-mailadres klopt niet" in wrong.text) == (422, True)
    shown = sanne.posts(order, email="bram@berg.example")
    assert "Er gaan 2 mails uit" in shown.text
    assert kinds(story, "bram@berg.example") == []
    sanne.posts(order, email="bram@berg.example", step="do")
    after = next(r for r in story.world.registrations() if r.reference == before.reference)
    assert (after.person_key, after.email) == (before.person_key, "bram@berg.example")
    # Who registered them was never read either.
    assert sorted(kinds(story, "bram@berg.example")) == ["admitted", "invited"]
    story.world.next_day()
    assert sorted(kinds(story, "bram@berg.example")) == ["admitted", "invited"]
    assert "onbereikbaar" not in sanne.opens(home).text


def test_who_posts_again_with_the_corrected_address_is_the_same_person(story: Story) -> None:
    reference = story.registers("Bram Kuipers", email=GONE)
    story.world.next_day()
    sanne, home = desk(story)
    order = f"{home}/person/{reference}/correct_address"
    sanne.posts(order, email="bram@berg.example", step="do")
    assert story.registers("Bram Kuipers", email="bram@berg.example") == reference
    assert story.registers("Bram Kuipers", email=GONE) == reference  # mistyped again
    assert story.registers("Kim Pol", email="bram@berg.example") != reference
    assert len(story.world.registrations()) == 2
    Visitor(story.world).posts("/links/plg-2023", email="bram@berg.example")
    (links,) = [mail for mail in story.mails(to="bram@berg.example") if mail["kind"] == "links"]
    assert links["text"].count("/me/") == 2  # of each of both


def test_an_address_of_the_same_person_is_not_given_twice(story: Story) -> None:
    reference = story.registers("Bram Kuipers", email=GONE)
    story.registers("Bram Kuipers", email="bram@berg.example")
    story.world.next_day()
    sanne, home = desk(story)
    answer = sanne.posts(f"{home}/person/{reference}/correct_address", email="bram@berg.example")
    assert (answer.status, "al aangemeld" in answer.text) == (422, True)


def test_an_organiser_reads_it_in_the_report_beside_the_person_and_in_the_list(story: Story) -> None:
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email=GONE)
    story.world.next_day()
    (report,) = story.mails("report")
    text = " ".join(report["text"].split())
    assert "Aangemeld, maar onbereikbaar: het adres klopt niet." in text
    assert "Verbeter het adres" in text
    assert text.count("(onbereikbaar)") == text.count("Bram Kuipers (onbereikbaar)") == 1
    (sheet,) = (file for file in report["attachments"] if file["filename"].endswith(".csv"))
    listed = csv.DictReader(StringIO(b64decode(sheet["content_base64"]).decode("utf-8-sig")), delimiter=";")
    cells = {row["Naam"]: (row["Telt mee"], row["Bereikbaar"]) for row in listed}
    assert cells == {"Anna Bos": ("ja", "ja"), "Bram Kuipers": ("ja", "nee, mails komen terug")}


def test_an_organiser_reads_it_on_the_page_of_the_school(story: Story) -> None:
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email=GONE)
    story.world.next_day()
    sanne, home = desk(story)
    bram = next(r for r in story.world.registrations() if r.email == GONE)
    school = sanne.opens(f"{home}/school/{bram.reference}").text
    assert school.count("Onbereikbaar.") == 1
    assert f"Mails aan {GONE} komen terug." in school


def test_who_brought_a_colleague_gives_the_right_address(story: Story) -> None:
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email=GONE)
    story.world.sweep()
    anna = Visitor(story.world)
    shown = anna.opens(anna.link("anna", "/me/"))
    (bram,) = (r for r in story.world.registrations() if r.email == GONE)
    assert f'name="colleague" value="{bram.reference}"' in shown.text
    posted = {"action": "correct", "colleague": bram.reference}
    wrong = anna.posts(anna.link("anna", "/me/"), **posted, colleague_email="bram@")
    assert (wrong.status, 'value="bram@"' in wrong.text) == (422, True)
    done = anna.posts(anna.link("anna", "/me/"), **posted, colleague_email="bram@berg.example")
    assert "We mailen je collega op het goede adres." in done.text
    assert kinds(story, "bram@berg.example") == ["invited"]
    # It arrived there: from now on the address is the colleague's own.
    anna.posts(anna.link("anna", "/me/"), **posted, colleague_email="kim@berg.example")
    (after,) = (r for r in story.world.registrations() if r.reference == bram.reference)
    assert (after.email, after.history[-1].by) == ("bram@berg.example", "colleague")


def test_a_correction_that_bounces_too_is_said_once_more(story: Story) -> None:
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email=GONE)
    story.world.sweep()
    anna = Visitor(story.world)
    (bram,) = (r for r in story.world.registrations() if r.email == GONE)
    posted = {"action": "correct", "colleague": bram.reference}
    anna.posts(anna.link("anna", "/me/"), **posted, colleague_email="bounce2@berg.example")
    story.world.sweep()
    story.world.sweep()
    assert [mail["to"] for mail in story.mails("unreachable")] == [["anna@berg.example"]] * 2


def test_somebody_moves_to_another_address_once_it_is_confirmed_from_there(story: Story) -> None:
    story.registers("Anna Bos")
    anna = Visitor(story.world)
    own = anna.link("anna", "/me/")
    assert "We mailen het nieuwe adres." in anna.posts(own, action="address", email="post@dal.example").text
    assert kinds(story, "post@dal.example") == ["address"]
    confirm = anna.link("post", "/me/")
    assert "Bevestig je e-mailadres" in anna.opens(confirm).text
    assert anna.posts(confirm).status == 422  # a mail scanner presses the button, and ticks nothing
    assert {r.email for r in story.world.registrations()} == {"anna@berg.example"}
    assert "Je e-mailadres is gewijzigd." in anna.posts(confirm, sure="yes").text
    assert {r.email for r in story.world.registrations()} == {"post@dal.example"}
    assert kinds(story, "post@dal.example") == ["address", "confirmation"]
    assert kinds(story, "anna@berg.example") == ["confirmation", "readdressed"]
    assert anna.opens(confirm).status == 404
    assert anna.opens(own).status == 200
    story.world.next_day()
    assert kinds(story, "anna@berg.example") == ["confirmation", "readdressed"]


def test_only_the_last_address_that_somebody_asked_for_can_be_confirmed_and_for_a_week(story: Story) -> None:
    story.registers("Anna Bos")
    anna = Visitor(story.world)
    own = anna.link("anna", "/me/")
    anna.posts(own, action="address", email="post@dal.example")
    first = anna.link("post", "/me/")
    story.world.set_clock(story.world.now + timedelta(minutes=1))
    anna.posts(own, action="address", email="mail@dal.example")
    second = anna.link("mail", "/me/")
    assert (anna.opens(first).status, anna.opens(second).status) == (404, 200)
    story.world.set_clock(story.world.now + timedelta(days=7))
    assert anna.opens(second).status == 404


BOX = "bounce-administratie@berg.example"  # several people's mailbox, and it is gone


def test_a_shared_mailbox_that_is_gone_is_so_for_everybody_on_it(story: Story) -> None:
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email=BOX)
    for name, school in (("Carla Smit", "Bergcollege"), ("Dirk Visser", "Dalcollege")):
        story.registers(name, school, email=BOX)
    story.world.sweep()
    assert kinds(story, BOX) == ["invited"]  # nothing goes where that came back from
    assert [mail["to"] for mail in story.mails("unreachable")] == [["anna@berg.example"]]
    assert f"De mail aan {BOX} komt niet aan." in page(story, "anna")
    story.world.next_day()
    (report,) = story.mails("report")
    text = " ".join(report["text"].split())
    assert text.count("Aangemeld, maar onbereikbaar") == 3
    for name in ("Bram Kuipers", "Carla Smit", "Dirk Visser"):
        assert f"{name} (onbereikbaar)" in text


def test_who_gets_another_address_leaves_the_others_on_the_mailbox_unreachable(story: Story) -> None:
    bram = story.registers("Bram Kuipers", email=BOX)
    story.registers("Carla Smit", email=BOX)
    story.world.next_day()
    sanne, home = desk(story)
    sanne.posts(f"{home}/person/{bram}/correct_address", email="bram@berg.example", step="do")
    story.world.sweep()
    assert kinds(story, "bram@berg.example") == ["confirmation"]
    story.registers("Anna Bos")
    story.world.set_clock(datetime.fromisoformat("2023-04-15T06:00:00+02:00"))
    story.world.next_day()
    assert kinds(story, BOX) == ["confirmation"]
    assert kinds(story, "bram@berg.example")[-1] == "admitted"
    assert "Carla Smit (onbereikbaar)" in " ".join(story.mails("report")[-1]["text"].split())
    assert "Bram Kuipers (onbereikbaar)" not in story.mails("report")[-1]["text"]


def test_who_comes_back_with_the_address_that_was_corrected_is_out_of_reach_again(story: Story) -> None:
    reference = story.registers("Bram Kuipers", email=GONE)
    story.world.next_day()
    sanne, home = desk(story)
    sanne.posts(f"{home}/person/{reference}/correct_address", email="bram@berg.example", step="do")
    visitor = Visitor(story.world)
    mine = visitor.link("bram@berg.example", "/me/")
    visitor.posts(mine, action="cancel", sure="yes")
    assert "onbereikbaar" not in sanne.opens(home).text
    story.world.set_clock(story.world.now + timedelta(minutes=1))
    assert story.registers("Bram Kuipers", email=GONE) == reference
    story.world.next_day()
    assert kinds(story, GONE) == ["confirmation"]
    assert kinds(story, "bram@berg.example") == ["confirmation", "cancelled"]
    sanne, home = desk(story)
    assert "onbereikbaar" in sanne.opens(home).text
    school = " ".join(re.sub(r"<[^>]+>", " ", sanne.opens(f"{home}/school/{reference}").text).split())
    assert "21 mrt, 7.01 uur afgemeld door de persoon zelf: heeft gewijzigd: e-mailadres" in school
