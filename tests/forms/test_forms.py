"""Posts of forty makers through the local stack: the right people, and an answer that each client gets."""

from collections.abc import Iterator

import pytest

from local.world import World
from tests.forms.play import play, problems
from tests.forms.posts import POSTS, FormPost


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with World(base_url="http://127.0.0.1:8080", form_url="http://127.0.0.1:8081") as world:
        yield world


@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.id)
def test_each_client_has_its_people_registered_and_reads_a_success(world: World, post: FormPost) -> None:
    assert list(problems(post, play(world, post))) == []
