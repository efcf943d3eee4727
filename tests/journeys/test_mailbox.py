"""Several people on one mailbox, and what others can cause for it."""

import base64
from typing import Any
from urllib.parse import urlencode

import icalendar
import pytest

from local.schedule import next_day
from tests.journeys.conftest import Story

BOX = "administratie@school.example"
TEACHERS = ("Anna de Vries", "Ben Bos", "Carla Kok", "Dirk Smit", "Emma Pool")
FORM_TYPE = {"content-type": "application/x-www-form-urlencoded"}
FAKES = ("Aad", "Bob", "Cor", "Dik", "Eef", "Fien", "Gijs", "Hans", "Ilse", "Jet", "Kees", "Lot")


def register_all(story: Story, names: tuple[str, ...] = TEACHERS) -> None:
    for name in names:
        story.registers(name, email=BOX)


def decide(story: Story) -> None:
    """Let the deadline pass."""
    story.world.set_clock(story.world.now.replace(month=4, day=14))
    story.world.next_day()


def link(text: str) -> str:
    """Return the path of the first link to somebody's own page."""
    return "/me/" + text.partition("/me/")[2].split()[0]


def act(story: Story, path: str, action: str) -> None:
    """Do something on one's own page."""
    answer = story.world.http("POST", path, FORM_TYPE, urlencode({"action": action, "sure": "yes"}))
    assert answer.status == 303, answer.body


def sessions(mail: dict[str, Any], name: str) -> set[str]:
    """Return the UIDs of the sessions in a file of a mail."""
    (file,) = [each for each in mail["attachments"] if name in each["filename"]]
    calendar = icalendar.Calendar.from_ical(base64.b64decode(file["content_base64"]))
    return {str(event["UID"]) for event in calendar.events}


def test_five_teachers_on_one_mailbox_all_hear_that_they_are_admitted(story: Story) -> None:
    register_all(story)
    decide(story)
    (mail,) = story.mails("admitted", BOX)
    assert mail["subject"].startswith("Je doet mee (5 collega’s): ")
    assert "Beste collega’s," in mail["text"]
    for name in TEACHERS:
        assert name in mail["text"]
        assert name in mail["html"]
    people = story.world.registrations()
    assert mail["text"].count("/me/") == mail["text"].count("Bekijk of wijzig je aanmelding") == 5
    files = [file["filename"] for file in mail["attachments"]]
    assert sorted(files) == sorted(f"plg-2023-{r.reference}.ics" for r in people)
    assert all(file in mail["text"] for file in files)
    records = [m for m in story.world.table.mails("plg-2023") if m.kind == "admitted"]
    assert [record.state.value for record in records] == ["delivered"] * 5


def test_nobody_on_a_shared_mailbox_is_mailed_a_second_time(story: Story) -> None:
    register_all(story)
    decide(story)
    before = len(story.mails(to=BOX))
    story.world.sweep()
    assert len(story.mails(to=BOX)) == before


def test_a_bounce_of_a_mail_to_several_is_known_of_each_of_them(story: Story) -> None:
    for name in TEACHERS[:2]:
        story.registers(name, email=BOX)
    decide(story)
    (mail,) = story.mails("admitted", BOX)
    story.world.publish_ses_event(mail["id"], "bounce")
    records = [m for m in story.world.table.mails("plg-2023") if m.kind == "admitted"]
    assert [record.state.value for record in records] == ["bounced"] * 2


@pytest.mark.parametrize(
    ("event", "state"),
    [
        ("delivery", "delivered"),
        ("bounce", "bounced"),
        ("transient", "delivered"),  # an automatic reply to a mail that arrived
        ("complaint", "complained"),
    ],
)
def test_what_ses_tells_afterwards_is_known_of_a_mail(story: Story, event: str, state: str) -> None:
    story.registers("Anna Bos")
    (mail,) = story.mails("confirmation")
    story.world.publish_ses_event(mail["id"], event)
    assert [record.state.value for record in story.world.table.mails("plg-2023")] == [state]


def test_three_mails_go_at_once_and_the_rest_come_together_after_five(story: Story) -> None:
    register_all(story)
    assert len(story.mails(to=BOX)) == 3
    story.world.set_clock(story.world.now.replace(hour=16, minute=59))
    assert len(story.mails(to=BOX)) == 3
    story.world.set_clock(story.world.now.replace(hour=17, minute=0))
    *_, evening = story.mails(to=BOX)
    assert len(story.mails(to=BOX)) == 4
    for name in TEACHERS[2:]:
        assert name in evening["text"]


def test_three_fake_posts_do_not_keep_vera_from_hearing_of_her_own_admission(story: Story) -> None:
    vera = "vera@berg.example"
    for name in FAKES:
        story.registers(f"{name} {name}sen", f"{name}school", email=vera)
        if name in ("Cor", "Fien", "Ilse"):
            story.world.set_clock(next_day(story.world.daily, story.world.now))
    story.registers("Vera Smit", "Bergcollege", email=vera)
    story.registers("Ben Bos", "Bergcollege")
    decide(story)
    (mail,) = story.mails("admitted", vera)
    assert "Beste Vera," in mail["text"]
    assert len(story.mails("held", vera)) == 1


def test_any_number_of_lost_links_is_three_mails_and_one_in_the_evening(story: Story) -> None:
    story.registers("Anna de Vries")
    start = story.world.now
    for hour in range(1, 8):
        story.world.set_clock(start.replace(hour=9 + hour))
        body = urlencode({"email": "anna@berg.example"})
        story.world.http("POST", "/links/plg-2023", FORM_TYPE, body)
    assert len(story.mails(to="anna")) == 3
    story.world.set_clock(start.replace(hour=17))
    assert story.kinds("anna") == ["confirmation", "links", "links", "links"]


def test_who_cancels_on_a_shared_mailbox_takes_only_their_own_sessions_out(story: Story) -> None:
    register_all(story, TEACHERS[:3])
    decide(story)
    (mail,) = story.mails("admitted", BOX)
    anna, ben, _ = sorted(story.world.registrations(), key=lambda r: r.name)
    assert not sessions(mail, anna.reference) & sessions(mail, ben.reference)
    act(story, link(mail["text"].partition("Anna de Vries\n---")[2]), "cancel")
    (goodbye,) = story.mails("cancelled", BOX)
    assert sessions(goodbye, "plg-2023") == sessions(mail, anna.reference)


def test_a_colleague_who_leaves_and_comes_back_all_day_is_told_once_what_is_so(story: Story) -> None:
    story.registers("Anna de Vries")
    story.registers("Ben Bos")
    own = link(story.mails("confirmation", "ben")[0]["text"])
    for action in ("cancel", "restore") * 6 + ("cancel",):
        act(story, own, action)
    assert story.kinds("anna") == ["confirmation", "complete", "changed"]
    act(story, own, "restore")
    assert len(story.mails(to="anna")) == 3
    story.world.set_clock(story.world.now.replace(hour=17))
    assert story.kinds("anna") == ["confirmation", "complete", "changed", "complete"]


def test_what_is_so_again_in_the_evening_is_not_told(story: Story) -> None:
    story.registers("Anna de Vries")
    story.registers("Ben Bos")
    own = link(story.mails("confirmation", "ben")[0]["text"])
    for action in ("cancel", "restore", "cancel"):
        act(story, own, action)
    story.world.set_clock(story.world.now.replace(hour=17))
    assert story.kinds("anna") == ["confirmation", "complete", "changed"]
