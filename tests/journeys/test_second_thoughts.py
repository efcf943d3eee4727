"""An operator or a school thinks again: whoever was told one thing is told the other, and by every page."""

from datetime import datetime

from tests.journeys.conftest import Story
from tests.journeys.season import acts
from tests.journeys.test_moved_deadline import at, deadline, mornings, reopened, words
from tests.journeys.test_reasons import own_page


def in_repair(story: Story) -> None:
    """Anna and Ben take part, Ben leaves on 17 April, and the deadline becomes 5 May on the 18th."""
    story.registers("Anna Bos")
    story.registers("Ben Bos")
    mornings(story, "04-15")
    at(story, "04-17T10:00")
    acts(story, "ben", "action=cancel&sure=yes")


def test_whose_school_may_replace_somebody_is_not_told_that_their_place_is_certain(story: Story) -> None:
    in_repair(story)
    assert "Vraag 1 collega om mee te doen. Dat kan tot en met maandag 24 april 2023." in own_page(
        story, "anna"
    )
    at(story, "04-18T10:00")
    deadline(story, "05-05")
    at(story, "04-18T10:30")
    (mail,) = story.mails("deadline")
    assert "dat blijft zo" not in words(mail) + mail["html"]
    assert "Je school is niet meer compleet." in words(mail)
    assert "1 van 2 aangemeld - nog 1 collega nodig" in words(mail)
    assert "Vraag 1 collega om mee te doen. Dat kan tot en met vrijdag 5 mei 2023." in words(mail)
    story.registers("Carla Smit", email="carla@berg.example")
    assert "Je school is compleet" in words(story.mails("complete", "anna")[-1])


def test_who_was_told_that_the_window_was_open_again_hears_that_it_is_not(story: Story) -> None:
    reopened(story)
    at(story, "04-22T10:00")
    deadline(story, "04-14")
    at(story, "04-22T10:29")
    assert len(story.mails("deadline")) == 2
    at(story, "04-22T10:30")
    anna, carla = story.mails("deadline", "anna")[-1], story.mails("deadline", "carla")[-1]
    for mail in (anna, carla):
        assert mail["subject"].startswith("Aanmelden kon tot en met vrijdag 14 april: ")
        assert "aanmelden kon tot en met vrijdag 5 mei 2023. Dat is veranderd" in words(mail)
    assert "Je krijgt bericht of je meedoet." in words(anna)
    assert "Opnieuw aanmelden kan nu niet meer." in words(carla)
    assert "Meld je opnieuw aan" not in words(carla)
    mornings(story, "04-23", "04-24")
    assert len(story.mails("deadline")) == 4


def test_a_release_that_comes_a_day_later_tells_nobody_that_it_was_closed_again(story: Story) -> None:
    reopened(story)
    at(story, "04-22T10:00")
    deadline(story, "04-14")
    story.world.now = datetime.fromisoformat("2023-04-23T10:00:00+02:00")  # nothing ran until then
    mornings(story, "04-24")
    assert len(story.mails("deadline")) == 2


def test_a_page_names_several_colleagues_in_good_dutch(story: Story) -> None:
    toml = story.world.table.networks()["plg-2023"]
    story.world.apply_network(toml.replace("min_per_school = 2", "min_per_school = 3"))
    story.registers("Anna Bos")
    assert "Van je school zijn nog 2 collega’s nodig." in own_page(story, "anna")
    story.registers("Ben Bos")
    assert "Van je school is nog 1 collega nodig." in own_page(story, "anna")
