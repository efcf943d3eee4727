"""The calls under /_local, for tests from outside; only the local stack has them."""

import json
from collections.abc import Callable
from datetime import datetime

from local import registrations
from local.runtime import InvocationError
from local.web import RawRequest, Response, json_response
from local.world import World
from shared.domain.network.network import NetworkError


def answer(world: World, request: RawRequest) -> Response | None:
    """Answer a call under /_local; None for a request that is not one."""
    call = _CALLS.get((request.method, request.path))
    if call is None:
        return None
    try:
        return call(world, request)
    except (NetworkError, _InvalidCallError) as error:
        return json_response(400, {"message": str(error)})
    except InvocationError as error:
        return json_response(500, {"message": f"the function failed with {error}; its log says where"})


class _InvalidCallError(ValueError):
    """A call that the API cannot read, and why."""


def _list_mails(world: World, _: RawRequest) -> Response:
    return json_response(200, world.mails())


def _show_clock(world: World, _: RawRequest) -> Response:
    return json_response(200, {"now": world.now.isoformat()})


def _set_clock(world: World, request: RawRequest) -> Response:
    world.set_clock(_parse_instant(request.body))
    world.stands_still = True
    return _show_clock(world, request)


def _parse_instant(body: bytes) -> datetime:
    try:
        now = datetime.fromisoformat(json.loads(body)["now"])
    except (ValueError, KeyError, TypeError) as error:
        raise _InvalidCallError('send {"now": "2023-04-12T09:00:00+02:00"}') from error
    if now.tzinfo is None:
        raise _InvalidCallError(f"{now.isoformat()} has no offset; add +02:00 or another one")
    return now


def _run_check(world: World, _: RawRequest) -> Response:
    return json_response(200, world.check())


def _run_sweep(world: World, _: RawRequest) -> Response:
    world.sweep()
    return json_response(200, {"now": world.now.isoformat()})


def _play_ses_event(world: World, request: RawRequest) -> Response:
    try:
        played = json.loads(request.body)
        world.publish_ses_event(played["mail"], played["event"])
    except (ValueError, KeyError, TypeError) as error:
        call = '{"mail": "the id of a mail", "event": "delivery" | "bounce" | "transient" | "complaint"}'
        raise _InvalidCallError(f"send {call}") from error
    return json_response(200, {"mail": played["mail"], "event": played["event"]})


def _list_kept_posts(world: World, _: RawRequest) -> Response:
    return json_response(200, [registrations.kept_as_json(post) for post in world.kept_posts()])


def _list_registrations(world: World, _: RawRequest) -> Response:
    return json_response(200, [registrations.as_json(r) for r in world.registrations()])


def _reset(world: World, _: RawRequest) -> Response:
    world.reset()
    return json_response(200, {"now": world.now.isoformat(), "networks": list(world.networks)})


def _apply_network(world: World, request: RawRequest) -> Response:
    try:
        toml = request.body.decode()
    except UnicodeDecodeError as error:
        raise _InvalidCallError("a network file is UTF-8") from error
    network = world.apply_network(toml, "the posted network")
    return json_response(200, {"id": network.id, "title": network.title})


_CALLS: dict[tuple[str, str], Callable[[World, RawRequest], Response]] = {
    ("GET", "/_local/mails"): _list_mails,
    ("GET", "/_local/clock"): _show_clock,
    ("POST", "/_local/clock"): _set_clock,
    ("POST", "/_local/check"): _run_check,
    ("POST", "/_local/sweep"): _run_sweep,
    ("POST", "/_local/ses"): _play_ses_event,
    ("GET", "/_local/registrations"): _list_registrations,
    ("GET", "/_local/kept"): _list_kept_posts,
    ("POST", "/_local/reset"): _reset,
    ("POST", "/_local/networks"): _apply_network,
}
