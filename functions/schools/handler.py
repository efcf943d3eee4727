"""GET, OPTIONS /schools?q=…: schools of the register, for a person who types theirs in a form."""

from functools import cache, partial
from typing import NamedTuple

from shared import cors
from shared.aws.networks import Networks
from shared.aws.schools import Schools
from shared.aws.store import Store
from shared.aws.table import Table
from shared.http import Response, answer, problem, with_headers
from shared.http_function import http_function
from shared.problems import UNAVAILABLE
from shared.request import Request
from shared.settings import read_settings

_LONGEST = 100  # characters of a question; a name with its place is shorter
_FOR_AN_HOUR = {"cache-control": "public, max-age=3600"}
_UNAVAILABLE = UNAVAILABLE.with_advice(
    "Dat ligt aan ons. Typ de naam van je school gewoon in.",
    "That is our fault. Just type the name of your school.",
)


class Services(NamedTuple):
    """The services that this function talks to."""

    networks: Networks
    schools: Schools


@cache
def services() -> Services:
    """Connect on first use."""
    table = Table(Store(read_settings().table))
    return Services(Networks(table), Schools(table))


@http_function("schools", "suggested", unavailable=lambda _: problem(_UNAVAILABLE))
def handler(request: Request) -> Response:
    """Answer a script on a site of any network."""
    networks = services().networks.at(request.at).values()
    return cors.answer_script(request, networks, partial(_answer, request))


def _answer(request: Request) -> Response:
    return with_headers(answer(200, _suggestions(request)), _FOR_AN_HOUR)


def _suggestions(request: Request) -> list[dict[str, str]]:
    register = services().schools.register(request.at)
    rows = register.suggestions.find(request.query.get("q", "")[:_LONGEST]) if register else []
    return [
        {"brin": row.brin, "vestiging": row.vestiging, "name": row.title, "place": row.place} for row in rows
    ]
