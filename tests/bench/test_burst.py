from typing import Any

import pytest

from bench.burst import main
from bench.crowd import Post, crowd
from bench.ledger import Answer, Verdict, verdict

WHOLE = Verdict(1, 0, 0, 0, 0, 0, 0, {})


def answer(*people: str, status: int = 201, reference: str = "PLG-1") -> Answer:
    return Answer(Post(0, "plg", people, (), False, "127.0.0.1"), status, reference, 0.1)


def stored(email: str) -> dict[str, Any]:
    return {"network": "plg", "email": email}


def mailed(email: str, kind: str = "confirmation") -> dict[str, Any]:
    return {"network": "plg", "to": [email], "kind": kind}


ANNA = [answer("anna@berg.example")]
STORED, MAILED = [stored("anna@berg.example")], [mailed("anna@berg.example")]


def test_a_burst_is_whole_if_everybody_is_stored_and_mailed_once() -> None:
    assert verdict(ANNA * 3, STORED, MAILED) == WHOLE
    assert WHOLE.is_whole


def test_a_lost_person_is_counted() -> None:
    assert verdict(ANNA, [], MAILED) == WHOLE._replace(lost=1)


def test_a_person_who_is_stored_twice_is_counted() -> None:
    assert verdict(ANNA, STORED * 2, MAILED) == WHOLE._replace(doubled=1)


def test_a_person_without_a_confirmation_is_counted() -> None:
    reminded = [mailed("anna@berg.example", "reminder")]
    assert verdict(ANNA, STORED, reminded) == WHOLE._replace(unmailed=1)


def test_a_second_confirmation_is_counted() -> None:
    assert verdict(ANNA, STORED, MAILED * 2) == WHOLE._replace(mailed_twice=1)


def test_two_references_for_one_person_are_counted() -> None:
    answers = [*ANNA, answer("anna@berg.example", reference="PLG-2")]
    assert verdict(answers, STORED, MAILED) == WHOLE._replace(other_references=1)


def test_a_refused_person_who_is_stored_anyway_is_counted() -> None:
    refused = [answer("anna@berg.example", status=503)]
    result = verdict(refused, STORED, MAILED)
    assert result == WHOLE._replace(accepted=0, uninvited=1, unexpected={503: 1})
    assert not result.is_whole


def test_an_invalid_post_that_is_accepted_is_counted() -> None:
    assert verdict([answer(status=303)], [], []).unexpected == {303: 1}


def test_a_burst_has_all_habits_and_is_the_same_again() -> None:
    posts = crowd(20, 50, ("a", "b"), seed=1)
    assert posts == crowd(20, 50, ("a", "b"), seed=1)
    assert {len(post.people) for post in posts} == {0, 1, 2}
    assert {post.as_json for post in posts} == {True, False}
    assert len(posts) == 1000 > len({post.fields for post in posts})


def test_a_small_burst_loses_and_doubles_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    main(seconds=2, rate=10)
    output = capsys.readouterr().out
    assert "20 posts" in output
    assert "lost 0, doubled 0, uninvited 0, unmailed 0, mailed twice 0, other references 0" in output
