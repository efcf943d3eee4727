"""Plays posts of web forms through the local stack, and tells what came of each."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from local.web import RawRequest
from local.world import World
from shared.domain.network.network import Network, read_network
from shared.request import Request
from tests.forms.posts import FormPost
from tests.people import AT

NETWORK = """\
id = "plg-2023"
title = "Leernetwerk PLG"
[organiser]
name = "Voortgezet Leren"
email = "info@voortgezetleren.example"
report_to = ["info@voortgezetleren.example"]
[registration]
opens = 2023-02-01
deadline = 2023-04-14
[form]
origins = ["https://www.voortgezetleren.nl"]
{thanks}
{fields}
"""
THANKS = 'thanks_url = "https://www.voortgezetleren.nl/bedankt"'


@dataclass(frozen=True)
class Outcome:
    """What came of a post: the status, who is registered, what was kept, and how many mails went out."""

    status: int
    people: tuple[tuple[str, str, str], ...]
    states: tuple[str, ...]
    kept: int
    mails: int
    body: str


def network_file(post: FormPost, thanks: bool = True) -> str:
    """Return the file of a network that has a post's map."""
    fields = "\n".join(f"{json.dumps(name)} = {json.dumps(field)}" for name, field in post.fields.items())
    return NETWORK.format(
        thanks=THANKS if thanks else "", fields=f"[form.fields]\n{fields}" if fields else ""
    )


def network_of(post: FormPost) -> Network:
    """Return that network."""
    return read_network(network_file(post), "the network of the post")


def request_of(post: FormPost) -> Request:
    """Return a post as the function gets it."""
    headers = {name.lower(): value for name, value in post.headers.items()}
    if post.content_type:
        headers["content-type"] = post.content_type
    body = base64.b64encode(post.body).decode()
    return Request(post.method, "127.0.0.1:8080", headers, {}, {}, body, True, "trial", AT)


def play(world: World, post: FormPost, thanks: bool = True) -> Outcome:
    """Post to an empty stack whose network has the post's map."""
    world.reset()
    world.apply_network(network_file(post, thanks))
    headers = {"Host": world.base_url.partition("//")[2], **post.headers}
    if post.content_type:
        headers["Content-Type"] = post.content_type
    target = "/networks/plg-2023/registrations" + (f"?{post.query}" if post.query else "")
    response = world.request(RawRequest(post.method, target, tuple(headers.items()), post.body))
    stored = world.registrations()
    people = tuple((r.name, r.email, r.school) for r in stored)
    states = tuple(r.state.value for r in stored)
    return Outcome(
        response.status, people, states, len(world.kept_posts()), len(world.mails()), response.body.decode()
    )


def problems(post: FormPost, outcome: Outcome) -> Iterator[str]:
    """Yield what is not right with an outcome."""
    follows = post.headers.get("Sec-Fetch-Mode") == "navigate" and outcome.status == 303
    if outcome.status not in post.success and not follows:
        yield f"answered {outcome.status}, not {' or '.join(map(str, post.success))}"
    expected = post.people
    if {(name, email) for name, email, _ in outcome.people} != set(expected):
        yield f"registered {[name for name, *_ in outcome.people]}, not {[name for name, _ in expected]}"
    if post.outcome == "put aside" and (set(outcome.states) != {"quarantined"} or outcome.mails):
        yield "was not put aside unmailed"
    if post.outcome == "registered" and set(outcome.states) != {"registered"}:
        yield f"is {outcome.states}"
    if outcome.kept != (post.outcome == "kept"):
        yield f"kept {outcome.kept} posts"
    if post.outcome == "form" and 'value="Bergcollege"' not in outcome.body.replace(
        "Dalcollege", "Bergcollege"
    ):
        yield "did not fill in our own form"


def recorded(folder: Path) -> Iterator[FormPost]:
    """Yield the posts of a folder: a body, and beside it a file that says what is right."""
    for sidecar in sorted(folder.glob("*.json")):
        about = json.loads(sidecar.read_text())
        people = tuple((person["name"], person["email"]) for person in about["expected_registrations"])
        success = {"2xx": (200, 201, 202, 204), "200": (200,), "303": (303,)}[
            about["client_takes_as_success"]
        ]
        outcome = {"html-get": "form", "website-real": "put aside", "formidable-test": "ping"}.get(
            about["id"], "registered" if people else "kept"
        )
        yield FormPost(
            about["id"],
            about["source"],
            about["headers"],
            about["content_type"],
            sidecar.with_suffix(".body").read_bytes(),
            people,
            about["form_fields"] or {},
            success,
            about["method"],
            about["query"],
            outcome,
        )
