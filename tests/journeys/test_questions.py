"""A network asks questions of its own: on our form, later on people's own page, and in the report."""

import json
from base64 import b64decode
from datetime import datetime
from io import BytesIO
from urllib.parse import urlencode

import pytest
from openpyxl import load_workbook

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


def test_a_colleague_behind_a_forwarded_link_is_asked_too(story: Story) -> None:
    posts(story, question_eten="ja")
    text: str = story.mails(to="anna")[-1]["text"]
    link = next(word for word in text.split() if "/join/" in word)
    assert "Eet je mee?" in page(story, "/join/" + link.partition("/join/")[2])


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


@pytest.fixture
def sensitive(story: Story) -> Story:
    """Two people who take part; Anna says what she cannot eat, and asks for her data."""
    posts(story, question_eten="ja")
    admitted(story)
    replies(story, own_page(story), question_eten="yes", question_dieet="geen noten")
    story.world.http("POST", own_page(story), BROWSER, "action=data&sure=yes")
    story.world.next_day()
    return story


def test_the_report_counts_the_answers(sensitive: Story) -> None:
    text = sensitive.mails("report")[-1]["text"]
    assert "Eet je mee?" in text
    assert "ja 1, nee 1" in text
    assert "beantwoord 1, niet beantwoord 1" in text


def test_no_mail_and_no_attachment_holds_a_sensitive_answer(sensitive: Story) -> None:
    for mail in sensitive.mails():
        files = [b64decode(each["content_base64"]) for each in mail["attachments"]]
        sheets = [
            str([row for sheet in load_workbook(BytesIO(file)) for row in sheet.values])
            for file in files
            if file.startswith(b"PK")
        ]
        shown = [mail["subject"], mail["text"], mail["html"], *sheets, *map(str, files)]
        assert not any("geen noten" in each for each in shown)
    assert "gevoelige vragen mailen we niet" in sensitive.mails("data")[0]["text"]
    assert "geen noten" in page(sensitive, own_page(sensitive) + "/gegevens.json")


def test_a_week_after_the_last_session_sensitive_answers_are_erased_and_no_others(
    sensitive: Story,
) -> None:
    for moment, held in (("2023-11-27T07:00:00+01:00", True), ("2023-11-28T07:00:00+01:00", False)):
        sensitive.world.set_clock(datetime.fromisoformat(moment))
        sensitive.world.check()
        assert any("dieet" in each for each in answers(sensitive)) is held
    assert {"eten": "yes"} in answers(sensitive)
