"""Posts of forty makers through the local stack: the right people, the client's success, a true trial."""

from collections.abc import Iterator

import pytest

from functions.submit.trial import TrialOutcome, try_post
from local.world import World
from tests.forms.play import network_of, play, problems, request_of
from tests.forms.posts import POSTS, FormPost

OUTCOMES = {
    "registered": TrialOutcome.REGISTERED,
    "put aside": TrialOutcome.PUT_ASIDE,
    "kept": TrialOutcome.KEPT,
    "ping": TrialOutcome.NOTHING,
}


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with World(base_url="http://127.0.0.1:8080", form_url="http://127.0.0.1:8081") as world:
        yield world


@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.id)
def test_each_client_has_its_people_registered_and_reads_a_success(world: World, post: FormPost) -> None:
    outcome = play(world, post)
    assert list(problems(post, outcome)) == []
    if post.method == "POST":
        trial = try_post(request_of(post), network_of(post))
        assert (trial.status, trial.outcome) == (outcome.status, OUTCOMES[post.outcome])
        tried = (trial.submission, *trial.submission.colleagues) if trial.submission else ()
        assert {(each.name, each.email) for each in tried} == {
            (name, email) for name, email, _ in outcome.people
        }
