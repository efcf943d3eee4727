"""An operator or a school thinks again: whoever was told one thing is told the other, and by every page."""

from datetime import datetime

from tests.journeys.conftest import Story
from tests.journeys.season import acts
from tests.journeys.test_moved_deadline import at, deadline, mornings, reopened, words
from tests.journeys.test_places import with_places
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


def report(story: Story) -> str:
    return words(story.mails("report")[-1])


def test_the_last_day_to_replace_somebody_is_no_decision_yet(story: Story) -> None:
    in_repair(story)
    mornings(story, "04-24")
    unless = "tenzij de school eerder weer compleet is"
    assert f"Bergcollege, Utrecht: gaat morgen om 7.00 uur wachten op besluit, {unless}" in report(story)


def test_the_forecast_knows_that_a_later_deadline_ends_the_repair(story: Story) -> None:
    in_repair(story)
    at(story, "04-18T10:00")
    deadline(story, "05-05")
    mornings(story, "05-04")
    assert "0 mensen van 0 scholen zouden meedoen als de deadline nu was." in report(story)
    assert "1 school (1 persoon) wacht op besluit Bergcollege, Utrecht: Anna Bos" in report(story)
    mornings(story, "05-06")
    assert story.kinds("anna")[-1] == "held"


def test_a_held_school_that_became_complete_again_is_counted_with_who_would_come(story: Story) -> None:
    reopened(story)
    story.registers("Bram Kuipers")
    mornings(story, "04-22")
    assert "2 mensen van 1 school zouden meedoen als de deadline nu was." in report(story)
    assert "1 school (2 mensen) doet mee" in report(story)


def test_who_comes_back_after_a_report_said_that_they_left_is_news(story: Story) -> None:
    in_repair(story)
    mornings(story, "04-18")
    assert "1 afmelding Ben Bos, Bergcollege" in report(story)
    acts(story, "ben", "action=restore&sure=yes")
    mornings(story, "04-19")
    assert "1 persoon meldde zich weer aan Ben Bos, Bergcollege" in report(story)
    mornings(story, "04-20")
    assert "Er is niets veranderd" in report(story)


def test_a_report_says_what_changed_in_the_file_of_which_people_were_mailed(story: Story) -> None:
    story.registers("Anna Bos")
    story.registers("Ben Bos")
    mornings(story, "04-15")
    at(story, "04-15T10:00")
    toml = story.world.table.networks()["plg-2023"].replace("2023-05-10", "2023-05-11", 1)
    story.world.apply_network(toml)
    with_places(story, 1)
    mornings(story, "04-16")
    assert (
        "Bijeenkomst 1 is veranderd: was woensdag 10 mei 2023, 12.00-17.00 uur, omgeving Utrecht, is nu"
        " donderdag 11 mei 2023, 12.00-17.00 uur, omgeving Utrecht"
    ) in report(story)
    assert "Er is nu plek voor 1 persoon. Er doen er al 2 mee, en dat blijft zo" in report(story)
    assert story.kinds("anna")[-1] == "moved"
    mornings(story, "04-17")
    assert "Er is niets veranderd" in report(story)


def test_nobody_is_told_to_bring_one_more_than_there_is_room_for(story: Story) -> None:
    with_places(story, 3)
    story.registers("Anna Bos", collega_naam="Ben Bos", collega_email="ben@berg.example")
    told = words(story.mails("confirmation", "anna")[0])
    assert (
        "Wil er nog een collega mee, en is er een plek? Dan kan dat tot en met vrijdag 14 april 2023." in told
    )
    toml = story.world.table.networks()["plg-2023"]
    story.world.apply_network(toml.replace("min_per_school = 2", "min_per_school = 2\nmax_per_school = 2"))
    story.registers("Dirk Mol", "Zeecollege", email="dirk@zee.example")
    story.registers("Eva Vos", "Zeecollege", email="eva@zee.example")
    assert not any("nog een collega" in words(m) for m in story.mails(to="eva"))


def test_a_network_whose_sessions_are_not_known_yet_still_tells_whom_the_deadline_held(story: Story) -> None:
    before, _, _ = story.world.table.networks()["plg-2023"].partition("[[sessions]]")
    story.world.apply_network(before + '[form]\norigins = ["https://www.voortgezetleren.nl"]\n')
    body = "naam=Anna+Bos&emailadres=anna%40berg.example&schoolnaam=Bergcollege"
    assert story.posts(body, "127.0.0.1").status == 201
    mornings(story, "04-15")
    assert "Niet compleet bij de deadline: 1 van 2" in report(story)
    mornings(story, "05-12", "05-13")
    assert story.mails("report")[-1]["sent_at"].startswith("2023-05-12")


def test_who_comes_after_the_last_session_is_reported_once(story: Story) -> None:
    story.registers("Anna Bos")
    mornings(story, "04-15", "11-21", "11-22")
    assert len(story.mails("report")) == 2
    at(story, "11-22T10:00")
    story.registers("Carla Smit", "Dalcollege")
    mornings(story, "11-23", "11-24")
    assert len(story.mails("report")) == 3
    assert "Te laat aangemeld, op woensdag 22 november" in report(story)


def test_no_mail_lists_a_session_that_is_over(story: Story) -> None:
    at(story, "05-11T10:00")  # the first of four sessions was yesterday
    story.registers("Carla Smit", "Dalcollege")
    (late,) = story.mails("late")
    assert "De bijeenkomsten die nog komen" in words(late)
    assert "10 mei" not in words(late) + late["html"]
    assert "21 november" in words(late)
    at(story, "11-22T10:00")
    story.registers("Dirk Mol", "Zeecollege")
    (after,) = story.mails("late", "dirk")
    assert "De bijeenkomsten zijn al geweest." in words(after)
    assert "21 november" not in words(after) + after["html"]
