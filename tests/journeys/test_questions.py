"""A network asks questions of its own: on our form, later on people's own page, and in the report."""

import json
from datetime import datetime
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


def own_page(story: Story) -> str:
    text: str = story.mails(to="anna")[-1]["text"]
    word = next(word for word in text.split() if "/me/" in word)
    return "/me/" + word.partition("/me/")[2]


def page(story: Story, path: str) -> str:
    return story.world.http("GET", path).body.decode()


def replies(story: Story, path: str, **fields: str) -> Response:
    return story.world.http("POST", path, BROWSER, urlencode({"action": "answer", **fields}))


def admitted(story: Story, text: str = "2023-04-15T07:00:00+02:00") -> None:
    story.registers("Bram Kok", question_eten="nee")
    story.world.set_clock(datetime.fromisoformat(text))
    story.world.check()


def test_people_answer_on_their_own_page_and_change_their_mind_without_any_mail(story: Story) -> None:
    posts(story)
    me = own_page(story)
    assert "Eet je mee?" in page(story, me)
    assert "Welk dieet" not in page(story, me)
    mails = len(story.mails())
    assert replies(story, me, question_eten="").status == 422
    for text, stored in (("ja", "yes"), ("no", "no")):
        assert replies(story, me, question_eten=text, question_dieet="noten").status == 303
        assert answers(story) == [{"eten": stored}]
    assert "<dd>nee</dd>" in page(story, me)
    assert len(story.mails()) == mails


def test_who_is_admitted_is_asked_the_rest(story: Story) -> None:
    posts(story, question_eten="ja")
    admitted(story)
    me = own_page(story)
    assert "We wissen je antwoord op dinsdag 28 november 2023." in page(story, me)
    done = replies(story, me, question_eten="yes", question_dieet="geen noten")
    assert "Je antwoorden zijn bewaard." in page(story, done.header("location"))
    assert {"eten": "yes", "dieet": "geen noten"} in answers(story)


def test_answering_twice_is_answering_once(story: Story) -> None:
    posts(story)
    me = own_page(story)
    replies(story, me, question_eten="yes")
    (before,) = story.world.registrations()
    assert replies(story, me, question_eten="yes").status == 303
    assert story.world.registrations() == [before]
