"""Whole stories, played on the local stack: real handlers, real events, a clock of our own."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from infra.translate import translated
from local.server import Stack, stack
from local.web import RawRequest, Response
from local.world import World
from tests.infra.permissions.deployed import Deployed
from tests.infra.permissions.proof import role_needs, unmet
from tests.infra.permissions.recording import RecordingWorld

FORM = "https://www.voortgezetleren.nl"
PATH = "/networks/plg-2023/registrations"


class Story:
    """What people do in a story, in their own words."""

    def __init__(self, world: World) -> None:
        self.world = world

    def registers(
        self, naam: str, school: str = "Bergcollege", *, client: str = "127.0.0.1", **others: str
    ) -> str:
        """Have somebody fill in the form, on a machine with that address; return their reference."""
        email = others.pop("email", f"{naam.split()[0].lower()}@berg.example")
        body = urlencode(
            {"naam": naam, "emailadres": email, "schoolnaam": school, "plaats": "Utrecht", **others}
        )
        answer = self.posts(body, client)
        assert answer.status == 303, answer.body
        return answer.header("location").partition("reference=")[2]

    def posts(self, body: str, client: str) -> Response:
        """Post a form as the organisation's site does, from a machine with that address."""
        headers = {"content-type": "application/x-www-form-urlencoded", "origin": FORM, "host": "127.0.0.1"}
        return self.world.request(RawRequest("POST", PATH, tuple(headers.items()), body.encode(), client))

    def mails(self, kind: str = "", to: str = "") -> list[dict[str, Any]]:
        """Return the mails of a kind, or to somebody whose address starts so, oldest first."""
        return [m for m in self.world.mails() if m["kind"].startswith(kind) and m["to"][0].startswith(to)]

    def kinds(self, to: str) -> list[str]:
        """Return the kinds of mail that somebody got, oldest first."""
        return [mail["kind"] for mail in self.mails(to=to)]

    def states(self) -> dict[str, str]:
        """Return the state of everybody, by first name."""
        return {r.name.split()[0]: r.state.value for r in self.world.registrations()}


@pytest.fixture(scope="module")
def _world() -> Iterator[RecordingWorld]:
    with RecordingWorld() as world:
        yield world


@pytest.fixture(scope="module")
def served() -> Iterator[Stack]:
    """The local stack on ports of its own, for who comes with a browser."""
    with stack(0, 0) as running:
        yield running


@pytest.fixture(scope="session")
def _roles() -> Deployed:
    return Deployed(translated()["Resources"])


@pytest.fixture
def story(_world: RecordingWorld, _roles: Deployed) -> Iterator[Story]:
    """A story that begins on Monday 20 March 2023 at 09.00 with nobody registered.

    On AWS too: no function does anything in it that its role may not.
    """
    _world.reset()
    yield Story(_world)
    assert unmet(_roles.granted(), role_needs(_roles, _world.calls)) == []
