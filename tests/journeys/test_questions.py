"""A network asks questions of its own: on our form, later on people's own page, and in the report."""

import json
from urllib.parse import urlencode

import pytest

from local.web import Response
from tests.asking import TOML
from tests.conftest import PLG
from tests.journeys.conftest import PATH, Story

BROWSER = {"accept": "text/html", "content-type": "application/x-www-form-urlencoded"}
ANNA = {"name": "Anna Bos", "email": "anna@berg.example", "school": "Bergcollege"}


@pytest.fixture
def story(story: Story) -> Story:
    story.world.apply_network(PLG.read_text() + TOML)
    return story


def posts(story: Story, **answers: str) -> Response:
    return story.world.http("POST", PATH, BROWSER, urlencode({**ANNA, **answers}))


def answers(story: Story) -> list[dict[str, str]]:
    return [dict(r.questions) for r in story.world.registrations()]


def test_who_skips_a_required_question_of_our_form_is_asked_again_and_then_registered(story: Story) -> None:
    again = posts(story, question_eten="")
    assert again.status == 422
    assert b"Beantwoord deze vraag." in again.body
    assert b'value="anna@berg.example"' in again.body
    assert answers(story) == []
    assert posts(story, question_eten="yes").status == 303
    assert answers(story) == [{"eten": "yes"}]


def test_a_form_of_the_organisation_that_does_not_ask_registers_everybody(story: Story) -> None:
    assert posts(story).status == 303
    assert answers(story) == [{}]


def test_a_server_or_a_script_without_an_answer_registers_people(story: Story) -> None:
    for n, headers in enumerate(({}, {"accept": "application/json"}, {"sec-fetch-mode": "cors"})):
        body = json.dumps({**ANNA, "email": f"a{n}@berg.example", "eten": ""})
        assert story.world.http("POST", PATH, headers, body).status in (200, 201)
    assert answers(story) == [{}, {}, {}]
