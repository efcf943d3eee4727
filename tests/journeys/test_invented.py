"""Somebody invents people whose mail comes back; and the people who are there."""

from datetime import timedelta

from local.gallery.visitor import Visitor
from shared.domain.outbox import MANY_BOUNCE
from tests.journeys.conftest import Story

ROBOT, HOME = "1.2.3.4", "1.2.3.5"


def invent(story: Story, number: int) -> None:
    """Register people whose mail comes back, each at a domain of their own, all from one machine."""
    for i in range(number):
        email = f"bounce{i}@verzonnen{i}.example"
        story.registers(f"Robot{i} Bos", f"School {i}", email=email, client=ROBOT)


def waiting(story: Story) -> int:
    return sum(mail.reason == MANY_BOUNCE for mail in story.world.table.mails("plg-2023"))


def test_invented_people_are_mailed_no_more_and_real_ones_are(story: Story) -> None:
    invent(story, 14)
    assert (len(story.mails(to="bounce")), waiting(story)) == (10, 4)
    story.registers("Anna Bos", client=HOME)
    assert story.kinds("anna") == ["confirmation"]
    visitor = Visitor(story.world)
    visitor.posts(visitor.link("anna", "/me/"), action="cancel", sure="yes")
    assert story.kinds("anna") == ["confirmation", "cancelled"]


def test_the_report_says_who_waits_and_why_and_later_they_are_mailed(story: Story) -> None:
    invent(story, 14)
    story.world.check()
    text = " ".join(story.mails("report")[-1]["text"].split())
    assert "4 eerste mails wachten nog: er kwamen te veel eerste mails terug." in text
    story.world.set_clock(story.world.now + timedelta(hours=3))
    story.world.sweep()
    assert (len(story.mails(to="bounce")), waiting(story)) == (14, 0)
