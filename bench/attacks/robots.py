"""Robots: proof of work, forward links, and the hidden field."""

import base64
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from bench.attack import attack
from bench.scene import NETWORK, VERA, Scene, person, place

_WORK = "proof_of_work = true"


def _done(challenge: dict[str, Any]) -> str:
    """Do the work of a challenge as a browser does (ALTCHA, version 1)."""
    salt, wanted = challenge["salt"], challenge["challenge"]
    tries = range(challenge["maxnumber"] + 1)
    number = next(n for n in tries if hashlib.sha256(f"{salt}{n}".encode()).hexdigest() == wanted)
    sent = {key: challenge[key] for key in ("algorithm", "challenge", "salt", "signature")}
    return base64.b64encode(json.dumps(sent | {"number": number, "took": 12}).encode()).decode()


@attack(calls=10, mails=1, places=1, settings=_WORK)
def one_proof(scene: Scene) -> Iterator[str]:
    """One proof of work for 100 posts."""
    altcha = _done(scene.send("GET", f"/networks/{NETWORK}/challenge").json())
    for n in scene.many(100, 5):
        scene.posts(person(n) | {"altcha": altcha}, place(n))
    yield from ()


@attack(calls=10, settings=_WORK)
def no_proof(scene: Scene) -> Iterator[str]:
    """100 posts with proofs that are made up."""
    altcha = _done(scene.send("GET", f"/networks/{NETWORK}/challenge").json())
    for n in scene.many(100, 5):
        scene.posts(
            person(n) | {"altcha": ("", "x", altcha[n:], "e30=", altcha[::-1])[n % 5] or "x"}, place(n)
        )
    yield from ()


@attack(calls=2)
def challenges(scene: Scene) -> Iterator[str]:
    """300 requests for work."""
    for n in scene.many(300, 10):
        scene.send("GET", f"/networks/{NETWORK}/challenge", client=place(n))
    yield from ()


@attack(calls=40, mails=15, places=10, settings=_WORK)
def forward_link(scene: Scene) -> Iterator[str]:
    """60 posts by Vera's forward link, without work, from everywhere."""
    token = scene.link(VERA, "/join/").rpartition("/")[2]
    for n in scene.many(60, 12):
        scene.posts(person(n) | {"forward": token}, place(n))
    yield from ()


@attack(calls=10)
def hidden_field(scene: Scene) -> Iterator[str]:
    """60 posts that fill in the hidden field."""
    for n in scene.many(60, 5):
        scene.posts(person(n) | {"website": "https://casino.example"}, place(n))
    yield from ()


@attack(calls=12, mails=1, places=1)
def other_references(scene: Scene) -> Iterator[str]:
    """40 posts that carry Vera's reference, or claim what only we may say."""
    vera = scene.person(VERA)
    claims = {
        "reference": vera.reference,
        "person_key": vera.person_key,
        "state": "admitted",
        "revision": "1",
    }
    claims |= {
        "network": "other",
        "pk": "REGISTRATION#plg-2023",
        "invited_by": vera.reference,
        "via": vera.reference,
    }
    for _ in scene.many(40, 3):
        scene.posts(person(1) | claims)
    robot = scene.person("r1@robot.example")
    if scene.person(VERA) != vera:
        yield "Vera's registration has changed"
    if robot.state.value != "registered" or robot.reference == vera.reference or robot.invited_by:
        yield "a post says of itself what only we may say"
