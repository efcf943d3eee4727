"""The control room: mailbox, clock, table and log on one page, in Dutch."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from local.form_site import TEMPLATES
from local.log import Line
from local.mailbox import Sent
from local.runtime import InvocationError
from local.web import Request, Response, as_page, see_other
from local.world import World
from shared.aws.schools import Schools
from shared.domain.network.network import Network
from shared.domain.rule.standing import SchoolStanding, standings_at
from shared.phrases import dutch
from shared.phrases.reasons import why, why_not_counted

_PAGES = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
_PAGES.globals |= {"dutch": dutch, "why_not_counted": why_not_counted, "why": why}


def answer(world: World, request: Request) -> Response | None:
    """Answer what the control room asks for; None for any other request."""
    if request.method == "GET" and request.path == "/":
        return page(world, {name: values[0] for name, values in parse_qs(request.query).items()})
    if request.method == "GET" and request.path.startswith("/_local/mail/"):
        return part(world, request.path.split("/")[3:])
    act = _ACTS.get(request.path) if request.method == "POST" else None
    return _acted(act, world, request) if act else None


def page(world: World, asked: dict[str, str]) -> Response:
    """Show the whole room; `asked` says which mail is open and how."""
    with world.turns:
        world.pump()
        mails = world.mailbox.sent[::-1]
        shown = next((mail for mail in mails if mail.id == asked.get("mail")), mails[0] if mails else None)
        told = {
            "now": world.now.astimezone(ZoneInfo(world.daily.time_zone)),
            "networks": [(network, _stands(world, network)) for network in world.networks.values()],
            "mails": mails,
            "shown": shown,
            "tab": asked.get("deel", "html"),
            "width": asked.get("breedte", "breed"),
            "lines": [_readable(line) for line in reversed(world.log.lines)][:200],
            "given_up": len(world.given_up),
            "form_url": world.form_url,
            "kinds": KINDS,
            "states": STATES,
        }
    return as_page(_PAGES.get_template("control.html").render(told))


def _stands(world: World, network: Network) -> tuple[SchoolStanding, ...]:
    table = world.table
    known = Schools(table).at(world.now)
    return standings_at(
        network, table.registrations(network.id), table.decisions(network.id), world.now, known
    )


def _readable(line: Line) -> dict[str, Any]:
    """Split a line of JSON into what it says and its details; any other line is only text."""
    try:
        said = json.loads(line.text)
        level, message = said["level"], said["message"]
    except (ValueError, KeyError, TypeError):
        return {"line": line, "level": "", "message": line.text, "details": {}}
    details = {key: value for key, value in said.items() if key not in _EVERYWHERE}
    return {"line": line, "level": level, "message": message, "details": details}


_EVERYWHERE = frozenset({"level", "location", "message", "timestamp", "service"})


def part(world: World, path: list[str]) -> Response | None:
    """Return a part of a mail: its HTML, or one of its attachments by number."""
    mail = next((mail for mail in world.mailbox.sent if path and mail.id == path[0]), None)
    if mail is None or len(path) != 2:
        return None
    if path[1] == "html":
        # Links open beside the room; the frame that shows this lets no script run.
        return as_page('<base target="_blank">' + mail.body("Html"))
    return _attachment(mail, path[1])


def _attachment(mail: Sent, number: str) -> Response | None:
    if not number.isdecimal() or int(number) >= len(mail.attachments):
        return None
    found = mail.attachments[int(number)]
    disposition = f'attachment; filename="{found["FileName"]}"'
    headers = (("content-type", found["ContentType"]), ("content-disposition", disposition))
    return Response(200, headers, found["RawContent"])


def _acted(act: Callable[[World, Request], object], world: World, request: Request) -> Response:
    try:
        act(world, request)
    except (InvocationError, ValueError) as failed:
        world.log.write("regiekamer", world.now, f"{type(failed).__name__}: {failed}")
    return see_other("/")


def _set_clock(world: World, request: Request) -> None:
    field = parse_qs(request.body.decode())["now"][0]
    world.set_clock(datetime.fromisoformat(field).replace(tzinfo=ZoneInfo(world.daily.time_zone)))


_ACTS: dict[str, Callable[[World, Request], object]] = {
    "/_local/room/next-day": lambda world, _: world.next_day(),
    "/_local/room/check": lambda world, _: world.check(),
    "/_local/room/reset": lambda world, _: world.reset(),
    "/_local/room/clock": _set_clock,
}

KINDS = {
    "confirmation": "bevestiging",
    "invited": "aangemeld door collega",
    "complete": "school compleet",
    "reminder": "herinnering",
    "late": "te laat",
    "admitted": "toegelaten",
    "held": "wacht op besluit",
    "declined": "afgewezen",
    "changed": "gewijzigd",
    "cancelled": "afgemeld",
    "already": "al aangemeld",
    "invitation": "uitnodiging",
    "links": "links",
    "data": "gegevens",
    "moved": "bijeenkomst veranderd",
    "upcoming": "bijeenkomst nadert",
    "code": "code",
    "report": "dagverslag",
}
STATES = {
    "registered": "aangemeld",
    "admitted": "toegelaten",
    "held": "wacht op besluit",
    "declined": "afgewezen",
    "late": "te laat",
    "cancelled": "afgemeld",
    "quarantined": "ter controle",
}
