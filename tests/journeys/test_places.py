"""A network with too few places: whoever waits for one reads that everywhere, and hears of every change."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.journeys.conftest import Story

PLAIN = 'late = "keep"'
UNTRUE = ("Goed nieuws", "niets te doen", "bericht dat je meedoet")
PLACES = 3


def with_places(story: Story, most: int) -> None:
    toml = re.sub(r"\nmax_participants = \d+", "", story.world.table.networks()["plg-2023"])
    story.world.apply_network(toml.replace(PLAIN, f"{PLAIN}\nmax_participants = {most}"))


def words(mail: dict[str, Any]) -> str:
    return " ".join(f"{mail['subject']} {mail['text']}".split())


def own_page(story: Story, name: str) -> str:
    link = next(w for w in story.mails(to=name)[0]["text"].split() if "/me/" in w)
    page = story.world.http("GET", f"/{link.partition('//')[2].partition('/')[2]}")
    assert page.status == 200
    return " ".join(page.body.decode().split())


def an_hour_later(story: Story) -> None:
    story.world.set_clock(story.world.now + timedelta(hours=1))


@pytest.fixture
def full(story: Story) -> Story:
    """Three places: Anna and Bram have two of them, and Dirk and Eva wait together."""
    with_places(story, PLACES)
    story.registers("Anna Bos")
    story.registers("Bram Kuipers")
    an_hour_later(story)
    story.registers("Dirk Mol", "Zeecollege", email="dirk@zee.example")
    story.registers("Eva Vos", "Zeecollege", email="eva@zee.example")
    return story


def test_who_waits_is_never_told_that_they_take_part(full: Story) -> None:
    assert full.kinds("dirk") == ["confirmation", "complete"]
    assert full.kinds("eva") == ["confirmation"]
    for mail in (*full.mails(to="dirk"), *full.mails(to="eva")):
        assert "wachtlijst" in words(mail)
        assert not any(said in words(mail) for said in UNTRUE)
    assert "Je staat op de wachtlijst." in own_page(full, "dirk")
    assert "wachtlijst" not in own_page(full, "anna")


def test_the_report_counts_who_waits_apart(full: Story) -> None:
    full.world.next_day()
    report = words(full.mails("report")[-1])
    assert "PLG: 1 school compleet, 1 op de wachtlijst" in report
    assert "1 school is nu compleet Bergcollege, Utrecht" in report
    assert "1 school heeft nu genoeg mensen, maar wacht op een plek Zeecollege, Utrecht" in report
    assert "2 Tellen mee 2 Op de wachtlijst" in report


def test_the_forecast_says_who_would_have_no_place(full: Story) -> None:
    full.world.set_clock(datetime.fromisoformat("2023-04-14T07:00:00+02:00"))
    full.world.check()
    report = words(full.mails("report")[-1])
    assert "1 school (2 mensen) wacht op besluit Zeecollege, Utrecht: Dirk Mol, Eva Vos" in report
    assert "Daarvan 2 mensen zonder plek, en op de wachtlijst" in report


def test_who_waited_hears_of_a_place_and_who_loses_it_too(full: Story) -> None:
    with_places(full, 4)
    an_hour_later(full)
    assert full.kinds("dirk") == ["confirmation", "complete", "place"]
    assert full.kinds("eva") == ["confirmation", "place"]
    assert "wachtlijst" not in own_page(full, "dirk")
    full.registers("Fien Bos")  # the Bergcollege came first
    an_hour_later(full)
    assert full.kinds("dirk") == ["confirmation", "complete", "place", "waiting"]
    assert "wachtlijst" in words(full.mails(to="dirk")[-1])
    an_hour_later(full)
    assert len(full.kinds("dirk")) == 4


def test_places_that_are_added_after_the_deadline_go_to_who_waits_at_the_next_check(full: Story) -> None:
    full.world.set_clock(datetime.fromisoformat("2023-04-15T07:00:00+02:00"))
    full.world.check()
    assert full.states() == {"Anna": "admitted", "Bram": "admitted", "Dirk": "held", "Eva": "held"}
    with_places(full, 4)
    an_hour_later(full)
    assert full.kinds("dirk")[-1] == "held"
    full.world.next_day()
    assert full.kinds("dirk")[-1] == full.kinds("eva")[-1] == "admitted"
