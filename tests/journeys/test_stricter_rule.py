"""A rule that became stricter takes nothing from whom the check admitted by the earlier one."""

import re

from tests.journeys.conftest import Story
from tests.journeys.season import acts
from tests.journeys.test_moved_deadline import at, mornings, words
from tests.journeys.test_reasons import own_page
from tests.journeys.test_second_thoughts import in_repair, report
from tests.journeys.test_settled import orders, with_minimum
from tests.journeys.test_sites import Organiser

PROMISED = "Dat kan tot en met maandag 24 april 2023."


def test_a_higher_minimum_takes_no_time_to_replace_somebody_away(story: Story) -> None:
    in_repair(story)
    assert f"Vraag 1 collega om mee te doen. {PROMISED}" in words(story.mails("changed", "anna")[-1])
    at(story, "04-18T10:00")
    with_minimum(story, 3)
    assert f"Vraag 2 collega’s om mee te doen. {PROMISED}" in own_page(story, "anna")
    at(story, "04-20T10:00")
    story.registers("Carla Smit")
    assert story.states()["Carla"] == "registered"
    mornings(story, "04-25")
    assert story.states() == {"Anna": "admitted", "Ben": "cancelled", "Carla": "admitted"}
    assert "Doet mee, maar is niet compleet: 2 van 3" in report(story)


def test_a_school_that_replaced_nobody_is_held_as_it_was_told(story: Story) -> None:
    in_repair(story)
    at(story, "04-18T10:00")
    toml = story.world.table.networks()["plg-2023"]
    story.world.apply_network(re.sub(r"repair_days = \d", "repair_days = 0", toml))
    with_minimum(story, 3)
    mornings(story, "04-24", "04-25")
    assert story.kinds("anna")[-1] == "held"


def test_whom_a_colleague_invites_in_the_repair_window_reads_until_when_it_is_open(story: Story) -> None:
    in_repair(story)
    acts(story, "anna", "action=invite&colleague_email=kim%40dal.example")
    (asked,) = story.mails("invitation")
    assert "Aanmelden kan tot en met maandag 24 april 2023." in words(asked)


def test_a_school_with_an_exception_is_not_asked_for_a_colleague_on_its_own_page(story: Story) -> None:
    in_repair(story)
    mornings(story, "04-18")
    assert PROMISED in own_page(story, "anna")
    (anna,) = (r for r in story.world.registrations() if r.name == "Anna Bos")
    orders(Organiser(story), f"/school/{anna.reference}/waive")
    assert "Vraag 1 collega" not in own_page(story, "anna")
    mornings(story, "04-25")
    assert story.states()["Anna"] == "admitted"


def test_who_must_replace_two_people_is_not_left_with_a_mail_that_says_one(story: Story) -> None:
    with_minimum(story, 3)
    for name in ("Anna Bos", "Ben Bos", "Dirk Bos"):
        story.registers(name)
    mornings(story, "04-15")
    at(story, "04-17T10:00")
    acts(story, "ben", "action=cancel&sure=yes")
    at(story, "04-18T10:00")
    acts(story, "dirk", "action=cancel&sure=yes")
    one, two = story.mails("changed", "anna")
    assert "Vraag 1 collega om mee te doen." in words(one)
    assert "Vraag 2 collega’s om mee te doen." in words(two)
    mornings(story, "04-19")
    assert len(story.mails("changed", "anna")) == 2
