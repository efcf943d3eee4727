"""What an organiser decided is not asked again, and what a mail promised is asked until it is decided."""

import re
from datetime import datetime

from local.gallery.visitor import Visitor
from tests.journeys.conftest import Story
from tests.journeys.test_places import with_places, words
from tests.journeys.test_sites import Organiser

DEADLINE = datetime.fromisoformat("2023-04-15T07:00:00+02:00")
OPEN_QUESTIONS = re.compile(r"Wat vraagt een besluit\?(.*?)(?:Hierover is al besloten|Scholen)")


def decided(story: Story) -> Organiser:
    """Let the deadline decide, and sign in that day."""
    story.world.set_clock(DEADLINE)
    story.world.check()
    return Organiser(story)


def questions(organiser: Organiser) -> str:
    match = OPEN_QUESTIONS.search(organiser.reads())
    assert match
    return match[1]


def orders(organiser: Organiser, page: str) -> None:
    shown = organiser.story.world.http("GET", f"{organiser.home}{page}", {"cookie": organiser.cookie})
    form = re.search(r'name="form" value="([^"]*)"', shown.text)
    assert form, shown.text
    assert organiser._posts(page, form=form[1], why="gebeld", cookie=organiser.cookie).status == 303


def with_minimum(story: Story, people: int) -> None:
    toml = story.world.table.networks()["plg-2023"]
    story.world.apply_network(re.sub(r"min_per_school = \d", f"min_per_school = {people}", toml))


def test_after_an_exception_the_school_is_not_asked_again_and_says_what_comes(story: Story) -> None:
    carla = story.registers("Carla Smit", "Dalcollege")
    organiser = decided(story)
    assert "Dalcollege" in questions(organiser)
    assert "“Laat meedoen”: alleen die persoon, en meteen." in organiser.reads(f"/school/{carla}")
    orders(organiser, f"/school/{carla}/waive")
    assert "Niets. Er is nu geen besluit nodig." in questions(organiser)
    assert "Dalcollege, Utrecht: doet morgen om 7.00 uur mee" in organiser.reads()
    assert "Je kunt het nog veranderen tot 16 apr, 7.00 uur." in organiser.reads()
    assert "doet morgen om 7.00 uur mee" in organiser.reads(f"/school/{carla}")
    story.world.next_day()
    assert story.states() == {"Carla": "admitted"}
    assert "Hierover is al besloten" not in words(story.mails("report")[-1])


def test_whose_school_has_an_exception_is_asked_for_no_colleague_when_one_leaves(story: Story) -> None:
    anna = story.registers("Anna Bos")
    story.world.next_day()
    orders(Organiser(story), f"/school/{anna}/waive")
    story.registers("Bram Kuipers")
    bram = Visitor(story.world)
    bram.posts(bram.link("bram", "/me/"), action="cancel", sure="yes")
    story.world.sweep()
    assert story.kinds("anna") == ["confirmation", "complete", "changed"]
    changed = words(story.mails("changed")[0])
    assert "1 van 2 aangemeld - er geldt een uitzondering" in changed
    assert "Je krijgt bericht dat je meedoet" in changed
    own = Visitor(story.world)
    page = re.sub(
        r"<style.*?</style>|<[^>]+>", " ", own.opens(own.link("anna", "/me/")).text, flags=re.DOTALL
    )
    assert "Voor je school geldt een uitzondering." in page
    for text in (changed, page):
        assert not re.search(r"\bnodig\b|te kort|Vraag ", text)


def test_who_an_organiser_admits_is_not_asked_about_again(story: Story) -> None:
    carla = story.registers("Carla Smit", "Dalcollege")
    organiser = decided(story)
    orders(organiser, f"/person/{carla}/admit")
    assert "Niets. Er is nu geen besluit nodig." in questions(organiser)
    story.world.next_day()
    assert story.states() == {"Carla": "admitted"}


def test_the_decision_cannot_be_held_once_it_is_made_and_who_is_held_does_not_count_as_coming(
    story: Story,
) -> None:
    story.registers("Anna Bos")
    story.registers("Bram Kuipers")
    story.registers("Carla Smit", "Dalcollege")
    story.world.next_day()
    organiser = Organiser(story)
    assert "Houd het besluit vast" in organiser.reads()
    organiser = decided(story)
    assert "Houd het besluit vast" not in organiser.reads()
    organiser.reads("/closing/hold", 409)
    assert "2 mensen tellen mee" in organiser.reads()
    assert "2 Tellen mee 1 Wacht op besluit" in words(story.mails("report")[-1])


def test_who_was_held_before_the_deadline_is_a_question_too(story: Story) -> None:
    anna = story.registers("Anna Bos")
    story.registers("Bram Kuipers")
    story.world.next_day()
    organiser = Organiser(story)
    orders(organiser, f"/person/{anna}/hold")
    assert "Bergcollege" in questions(organiser)


def test_a_lower_minimum_lets_a_held_school_take_part_at_the_next_check(story: Story) -> None:
    carla = story.registers("Carla Smit", "Dalcollege")
    organiser = decided(story)
    with_minimum(story, 1)
    assert "Niets. Er is nu geen besluit nodig." in questions(organiser)
    assert "doet morgen om 7.00 uur mee" in organiser.reads(f"/school/{carla}")
    story.world.next_day()
    assert story.kinds("carla")[-1] == "admitted"


def test_a_higher_minimum_takes_no_place_away_and_is_a_decision_line(story: Story) -> None:
    anna = story.registers("Anna Bos")
    story.registers("Bram Kuipers")
    decided(story)
    with_minimum(story, 3)
    story.world.next_day()
    assert story.states() == {"Anna": "admitted", "Bram": "admitted"}
    organiser = Organiser(story)
    assert "Doet mee, maar is niet compleet: 2 van 3" in questions(organiser)
    assert "Doet mee, maar is niet compleet: 2 van 3" in words(story.mails("report")[-1])
    promised = [mail for mail in story.mails(to="anna") if "Je krijgt daarover bericht" in words(mail)]
    assert promised == []
    orders(organiser, f"/school/{anna}/waive")
    assert "Niets. Er is nu geen besluit nodig." in questions(organiser)


def test_who_takes_part_is_promised_no_word_that_never_comes_when_a_colleague_leaves(story: Story) -> None:
    toml = story.world.table.networks()["plg-2023"]
    story.world.apply_network(re.sub(r"repair_days = \d", "repair_days = 0", toml))
    story.registers("Anna Bos")
    story.registers("Bram Kuipers")
    organiser = decided(story)
    (bram,) = (r for r in story.world.registrations() if r.name == "Bram Kuipers")
    orders(organiser, f"/person/{bram.reference}/decline")
    assert "Jij doet mee." in words(story.mails("changed", "anna")[-1])
    assert "Doet mee, maar is niet compleet: 1 van 2" in questions(organiser)


def test_free_places_are_named_while_people_wait(story: Story) -> None:
    with_places(story, 2)
    story.registers("Anna Bos")
    story.registers("Bram Kuipers")
    story.world.next_day()
    story.registers("Dirk Mol", "Zeecollege", email="dirk@zee.example")
    story.registers("Eva Vos", "Zeecollege", email="eva@zee.example")
    organiser = decided(story)
    with_places(story, 3)
    assert "Er is nu 1 plaats vrij; 2 mensen wachten op een plek." in organiser.reads()
    assert "Zeecollege" in questions(organiser)
    with_places(story, 4)
    assert "Zeecollege, Utrecht: doet morgen om 7.00 uur mee" in organiser.reads()
    assert "Niets. Er is nu geen besluit nodig." in questions(organiser)
