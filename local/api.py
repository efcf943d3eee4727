"""The calls under /_local, for tests from outside; no deployed function knows of them (DESIGN, section 6)."""

import json
from collections.abc import Callable
from datetime import datetime

from local import registrations
from local.runtime import InvocationError
from local.web import Request, Response, as_json
from local.world import World
from shared.domain.network.network import NetworkError


def answer(world: World, request: Request) -> Response | None:
    """Answer a call under /_local; None for a request that is not one."""
    call = _CALLS.get((request.method, request.path))
    if call is None:
        return None
    try:
        return call(world, request)
    except (NetworkError, _WrongInputError) as wrong:
        return as_json(400, {"message": str(wrong)})
    except InvocationError as failed:
        return as_json(500, {"message": f"the function failed with {failed}; its log says where"})


class _WrongInputError(ValueError):
    """A call that cannot be understood, and why."""


def _mails(world: World, _: Request) -> Response:
    return as_json(200, world.mails())


def _clock(world: World, _: Request) -> Response:
    return as_json(200, {"now": world.now.isoformat()})


def _set_clock(world: World, request: Request) -> Response:
    world.set_clock(_instant(request.body))
    return _clock(world, request)


def _instant(body: bytes) -> datetime:
    try:
        now = datetime.fromisoformat(json.loads(body)["now"])
    except (ValueError, KeyError, TypeError) as unreadable:
        raise _WrongInputError('send {"now": "2023-04-12T09:00:00+02:00"}') from unreadable
    if now.tzinfo is None:
        raise _WrongInputError(f"{now.isoformat()} has no offset; add +02:00 or another one")
    return now


def _check(world: World, _: Request) -> Response:
    return as_json(200, world.check())


def _sweep(world: World, _: Request) -> Response:
    world.sweep()
    return as_json(200, {"now": world.now.isoformat()})


def _kept(world: World, _: Request) -> Response:
    return as_json(200, [registrations.kept_as_json(post) for post in world.kept_posts()])


def _registrations(world: World, _: Request) -> Response:
    return as_json(200, [registrations.as_json(r) for r in world.registrations()])


def _reset(world: World, _: Request) -> Response:
    world.reset()
    return as_json(200, {"now": world.now.isoformat(), "networks": list(world.networks)})


def _networks(world: World, request: Request) -> Response:
    try:
        toml = request.body.decode()
    except UnicodeDecodeError as wrong:
        raise _WrongInputError("a network file is UTF-8") from wrong
    network = world.apply_network(toml, "the posted network")
    return as_json(200, {"id": network.id, "title": network.title})


_CALLS: dict[tuple[str, str], Callable[[World, Request], Response]] = {
    ("GET", "/_local/mails"): _mails,
    ("GET", "/_local/clock"): _clock,
    ("POST", "/_local/clock"): _set_clock,
    ("POST", "/_local/check"): _check,
    ("POST", "/_local/sweep"): _sweep,
    ("GET", "/_local/registrations"): _registrations,
    ("GET", "/_local/kept"): _kept,
    ("POST", "/_local/reset"): _reset,
    ("POST", "/_local/networks"): _networks,
}
