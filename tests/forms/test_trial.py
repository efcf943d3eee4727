"""What a trial foretells of a wrong post comes true, and the lines that it gives settle what is unknown."""

import tomllib
from collections.abc import Iterator

import pytest

from functions.submit.decode import decode
from functions.submit.trial import TrialOutcome, try_post
from local.world import World
from shared.domain.form.candidates import Use
from shared.domain.form.form_map import form_map
from shared.domain.form.map_lines import map_lines
from shared.domain.form.reading import read_form
from shared.domain.network.parts import FormSettings
from tests.forms.play import network_of, play, request_of
from tests.forms.posts import BROWSER, JSON, POSTS, SCRIPT, SERVER, FormPost

SENT = [post for post in POSTS if post.method == "POST"]
WRONG = b'{"naam": "Sanne Visser", "e-mail": "sanne@dalcollege", "school": "Dalcollege"}'
CHANGED = b'{"wie": "Sanne Visser", "contact": "sanne@dalcollege.example", "school": "Dalcollege"}'
EMPTY = b'{"naam": "Sanne Visser", "e-mail": "", "school": "Dalcollege"}'
AGREED = {**SERVER, "Accept": JSON}
ELSEWHERE = {**BROWSER, "Origin": "https://www.elders.example"}
HARDER = [
    FormPost(f"{kind}-{number}", "", headers, JSON, body)
    for number, body in enumerate((WRONG, CHANGED, EMPTY, b"{", b"x" * 300_000))
    for kind, headers in {
        "browser": BROWSER, "script": SCRIPT, "program": AGREED, "server": SERVER, "elsewhere": ELSEWHERE
    }.items()
]  # fmt: skip


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with World(base_url="http://127.0.0.1:8080", form_url="http://127.0.0.1:8081") as world:
        yield world


@pytest.mark.parametrize("post", HARDER, ids=lambda post: post.id)
def test_a_wrong_post_is_tried_as_it_is_answered(world: World, post: FormPost) -> None:
    trial, played = try_post(request_of(post), network_of(post)), play(world, post)
    assert trial.status == played.status
    assert (trial.outcome is TrialOutcome.KEPT) == bool(played.kept)


@pytest.mark.parametrize("post", SENT, ids=lambda post: post.id)
def test_the_lines_that_it_gives_settle_every_unknown_field(post: FormPost) -> None:
    answers = decode(request_of(post)).answers if post.id != "server-unreadable" else ()
    bare = read_form(answers, form_map(FormSettings()))
    fields = tomllib.loads("\n".join(map_lines(bare, ("name", "email", "school"))))
    mended = read_form(answers, form_map(FormSettings(fields=fields)))
    assert mended.of_use(Use.UNKNOWN, Use.TIE) == ()
