"""The control room: mailbox, clock, table and log on one page, in Dutch."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from local.form_site import TEMPLATES
from local.log import LogLine
from local.mail_choice import MOST, MailChoice, day_of
from local.mailbox import Sent
from local.runtime import InvocationError
from local.web import RawRequest, Response, html_response, see_other
from local.world import World
from shared.aws.schools import Schools
from shared.domain.network.network import Network
from shared.domain.rule.standing import SchoolStanding
from shared.domain.rule.waiting_list import standings_at
from shared.phrases import dutch
from shared.phrases.reasons import why, why_not_counted

_PAGES = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
_PAGES.globals |= {"dutch": dutch, "why_not_counted": why_not_counted, "why": why}


def answer(world: World, request: RawRequest) -> Response | None:
    """Answer a request to the control room; None for any other request."""
    if request.method == "GET" and request.path == "/":
        return control_page(world, {name: values[0] for name, values in parse_qs(request.query).items()})
    if request.method == "GET" and request.path.startswith("/_local/mail/"):
        return mail_part(world, request.path.split("/")[3:])
    button = _BUTTONS.get(request.path) if request.method == "POST" else None
    return _press(button, world, request) if button else None


def control_page(world: World, query: dict[str, str]) -> Response:
    """Show the whole room; the query says which mails are listed, which is open, its part, and how wide."""
    choice, zone = MailChoice.of(query), ZoneInfo(world.daily.time_zone)
    with world.turns:
        world.pump()
        sent = world.mailbox.sent[::-1]
        chosen = choice.matching(sent, zone)
        mails = chosen[choice.first : choice.first + MOST]
        shown = next((mail for mail in sent if mail.id == query.get("mail")), mails[0] if mails else None)
        values = {
            "now": world.now.astimezone(zone),
            "choice": choice,
            "number": len(sent),
            "matches": len(chosen),
            "most": MOST,
            "sent_kinds": sorted({mail.tags.get("kind", "") for mail in sent}),
            "sent_days": sorted({day_of(mail, zone) for mail in sent}, reverse=True),
            "networks": [(network, _standings(world, network)) for network in world.networks.values()],
            "mails": mails,
            "shown": shown,
            "tab": query.get("deel", "html"),
            "width": query.get("breedte", "breed"),
            "lines": [_log_row(line) for line in reversed(world.log.lines)][:200],
            "given_up": len(world.given_up),
            "form_url": world.form_url,
            "kinds": KINDS,
            "states": STATES,
        }
    return html_response(_PAGES.get_template("control.html").render(values))


def _standings(world: World, network: Network) -> tuple[SchoolStanding, ...]:
    table = world.table
    knowledge = Schools(table).at(world.now)
    return standings_at(
        network, table.registrations(network.id), table.decisions(network.id), world.now, knowledge
    )


def _log_row(line: LogLine) -> dict[str, Any]:
    """Split a line of JSON into level, message and details; any other line is only a message."""
    try:
        entry = json.loads(line.text)
        level, message = entry["level"], entry["message"]
    except (ValueError, KeyError, TypeError):
        return {"line": line, "level": "", "message": line.text, "details": {}}
    details = {key: value for key, value in entry.items() if key not in _STANDARD_KEYS}
    return {"line": line, "level": level, "message": message, "details": details}


_STANDARD_KEYS = frozenset({"level", "location", "message", "timestamp", "service"})


def mail_part(world: World, path: list[str]) -> Response | None:
    """Return a part of a mail: its HTML, or one of its attachments by number."""
    mail = next((mail for mail in world.mailbox.sent if path and mail.id == path[0]), None)
    if mail is None or len(path) != 2:
        return None
    if path[1] == "html":
        # Links open in a new tab; the frame that shows this runs no scripts.
        return html_response('<base target="_blank">' + mail.body("Html"))
    return _attachment(mail, path[1])


def _attachment(mail: Sent, number: str) -> Response | None:
    if not number.isdecimal() or int(number) >= len(mail.attachments):
        return None
    attachment = mail.attachments[int(number)]
    disposition = f'attachment; filename="{attachment["FileName"]}"'
    headers = (("content-type", attachment["ContentType"]), ("content-disposition", disposition))
    return Response(200, headers, attachment["RawContent"])


def _press(button: Callable[[World, RawRequest], object], world: World, request: RawRequest) -> Response:
    try:
        button(world, request)
    except (InvocationError, ValueError) as error:
        world.log.write("regiekamer", world.now, f"{type(error).__name__}: {error}")
    return see_other("/")


def _next_morning(world: World) -> None:
    """Run the next day's check, and go on to nine o'clock, when people read their mails."""
    world.next_day()
    world.set_clock(world.now.replace(hour=9, minute=0))


def _set_clock(world: World, request: RawRequest) -> None:
    field = parse_qs(request.body.decode())["now"][0]
    world.set_clock(datetime.fromisoformat(field).replace(tzinfo=ZoneInfo(world.daily.time_zone)))


_BUTTONS: dict[str, Callable[[World, RawRequest], object]] = {
    "/_local/room/next-day": lambda world, _: _next_morning(world),
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
    "unreachable": "collega is onbereikbaar",
    "address": "nieuw adres bevestigen",
    "readdressed": "adres gewijzigd",
    "already": "al aangemeld",
    "invitation": "uitnodiging",
    "links": "links",
    "data": "gegevens",
    "deadline": "deadline veranderd",
    "moved": "bijeenkomst veranderd",
    "upcoming": "bijeenkomst nadert",
    "message": "bericht van organisator",
    "confirm": "adres bevestigen",
    "unconfirmed": "niet bevestigd",
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
    "unconfirmed": "niet bevestigd",
}
