"""A robot and a flood; and the people who register meanwhile."""

from collections import Counter
from urllib.parse import urlencode

import pytest

from tests.conftest import PLG
from tests.journeys.conftest import Story

ROBOT, HOME = "1.2.3.4", "1.2.3.5"


def test_who_fills_in_the_hidden_field_is_kept_and_mails_nobody(story: Story) -> None:
    story.registers("Win Een Prijs", "Casino", website="https://casino.example", client=ROBOT)
    assert story.states() == {"Win": "quarantined"}
    assert story.mails() == []


def test_while_a_flood_comes_from_one_place_everybody_else_is_registered_and_mailed(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("functions.submit.robots.FLOOD", 30)
    toml = PLG.read_text() + "\n[abuse]\npeople_an_hour_per_address = 3"
    story.world.apply_network(toml)
    answers: Counter[int] = Counter()
    for number in range(41):
        sent = {"naam": f"Robot {number}", "emailadres": f"r{number}@robot.example", "schoolnaam": "Casino"}
        answers[story.posts(urlencode(sent), ROBOT).status] += 1
        if number % 40 == 0:
            story.registers(f"Mens{number} Bos", f"Lyceum {number}", client=HOME)
    assert answers == {303: 30, 429: 11}
    states = story.states()
    people = {name for name in states if name.startswith("Mens")}
    assert {states[name] for name in people} == {"registered"}
    assert {mail["to"][0].partition("@")[0] for mail in story.mails(to="mens")} == set(map(str.lower, people))
    assert Counter(r.state.value for r in story.world.registrations()) == {"registered": 5, "quarantined": 27}
    assert {mail["to"][0] for mail in story.mails(to="r")} == {f"r{n}@robot.example" for n in range(3)}
