"""The room beside the control room: try a post of a form, and see how the last posts were read. In Dutch."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from functions.submit.client import Client
from functions.submit.trial import HEADERS_OF, PostTrial, TrialOutcome, trial_moment, try_post
from local.form_site import TEMPLATES
from local.web import RawRequest, Response, html_response
from local.world import World
from shared.domain.form.candidates import AnswerReading, Use
from shared.domain.form.map_lines import map_lines
from shared.domain.network.network import Network
from shared.phrases import dutch
from shared.request import Request

PATH = "/_local/form"
_PAGES = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
_PAGES.globals["dutch"] = dutch


class ShownPost(NamedTuple):
    """A post that came in: when, from whom, what we answered, and how it is read."""

    at: datetime
    network: str
    client: str
    status: int
    rows: Sequence[Mapping[str, str]]


def answer(world: World, request: RawRequest) -> Response | None:
    """Answer a request to this room; None for any other request."""
    if request.path != PATH or request.method not in ("GET", "POST"):
        return None
    with world.turns:
        typed = {name: values[0] for name, values in parse_qs(request.body.decode(errors="replace")).items()}
        values: dict[str, Any] = {
            "path": PATH,
            "networks": world.networks,
            "clients": CLIENTS,
            "typed": {"body": "", "type": "", "network": "", "client": "", **typed},
            "result": _result(world, typed) if typed.get("body") else None,
            "posts": _last_posts(world),
        }
    return html_response(_PAGES.get_template("post_room.html").render(values))


def _result(world: World, typed: Mapping[str, str]) -> dict[str, Any] | None:
    network = world.networks.get(typed.get("network", ""))
    if network is None:
        return None
    moment = trial_moment(network, world.now)
    chosen = typed.get("client", "")
    clients = [Client(chosen)] if chosen in set(Client) else list(Client)
    trials = [try_post(_request(typed, each, moment), network) for each in clients]
    trial = trials[-1]
    return {
        "is_open": moment == world.now,
        "rows": _rows(trial),
        "lacking": trial.lacking,
        "wrong": [each.field for each in trial.mistakes if each.field not in trial.lacking],
        "people": _people(trial),
        "lines": map_lines(trial.reading, trial.lacking),
        "answers": [(CLIENTS[each.client], each.status, OUTCOMES[each.outcome]) for each in trials],
    }


def _request(typed: Mapping[str, str], client: Client, at: datetime) -> Request:
    headers = {**HEADERS_OF[client], "content-type": typed.get("type", "")}
    return Request("POST", "", headers, {}, {}, typed["body"], False, "trial", at)


def _people(trial: PostTrial) -> list[str]:
    if not trial.submission:
        return []
    return [f"{each.name} <{each.email}>" for each in (trial.submission, *trial.submission.colleagues)]


def _rows(trial: PostTrial) -> list[dict[str, str]]:
    return [
        {
            "name": reading.answer.name,
            "text": reading.answer.text[:200],
            "use": USES[reading.use] if reading.answer.text else "leeg",
            "field": reading.field,
            "why": _why(reading),
        }
        for reading in trial.reading.answers
    ]


def _why(reading: AnswerReading) -> str:
    if reading.by_map or reading.use is Use.IGNORED:
        return "volgens [form.fields]"
    return "door zijn naam" if reading.answer.text and reading.use not in (Use.UNKNOWN, Use.TIE) else ""


def _last_posts(world: World) -> list[ShownPost]:
    return [_shown(post.request, post.network, post.status, world) for post in reversed(world.posts)]


def _shown(request: Request, network: Network, status: int, world: World) -> ShownPost:
    trial = try_post(request, network)
    at = request.at.astimezone(ZoneInfo(world.daily.time_zone))
    return ShownPost(at, network.id, CLIENTS[trial.client], status, _rows(trial))


CLIENTS: Mapping[Client, str] = {
    Client.BROWSER: "een browser",
    Client.SCRIPT: "een script op een pagina",
    Client.API: "een programma dat alleen JSON wil",
    Client.SERVER: "een server",
}
USES: Mapping[Use, str] = {
    Use.FIELD: "veld",
    Use.PERSON: "veld van nog iemand",
    Use.QUESTION: "vraag van het netwerk",
    Use.CONSENT: "akkoord",
    Use.IGNORED: "genegeerd",
    Use.METADATA: "van de formuliersoftware",
    Use.REPEATED: "herhaling",
    Use.UNKNOWN: "onbekend",
    Use.TIE: "past even goed als een ander",
}
OUTCOMES: Mapping[TrialOutcome, str] = {
    TrialOutcome.REGISTERED: "aangemeld",
    TrialOutcome.PUT_ASIDE: "apart gezet",
    TrialOutcome.KEPT: "bewaard, niet aangemeld",
    TrialOutcome.REFUSED: "geweigerd",
    TrialOutcome.NOTHING: "er staat niemand in",
}
