"""GET, OPTIONS /schools?q=…: schools of the register, for somebody who is typing theirs in a form."""

from functools import cache
from typing import Any, NamedTuple

from shared import cors
from shared.access.cloudfront import behind_cloudfront
from shared.aws.clients import stops_before_timeout
from shared.aws.networks import Networks
from shared.aws.schools import Schools
from shared.aws.store import Store
from shared.aws.table import Table
from shared.aws.wire import UnavailableError
from shared.http import Problem, Response, answer, problem, with_headers
from shared.log import hides_error_text, logger
from shared.request import Request, request
from shared.settings import settings

_LOG = logger("schools")
_LONGEST = 100  # characters of a question; a name with its place is shorter
_FOR_AN_HOUR = {"cache-control": "public, max-age=3600"}
_FOREIGN = Problem(
    403, "origin", "Deze website staat niet in onze lijst", "Vraag de organisatie om het adres toe te voegen."
)
_UNAVAILABLE = Problem(
    503,
    "unavailable",
    "Het lukt nu even niet",
    "Dat ligt aan ons. Typ de naam van je school gewoon in.",
    retry_after=60,
)


class Services(NamedTuple):
    """What this function talks to."""

    networks: Networks
    schools: Schools


@cache
def services() -> Services:
    """Connect on first use."""
    table = Table(Store(settings().table))
    return Services(Networks(table), Schools(table))


@hides_error_text
@stops_before_timeout
@behind_cloudfront
def handler(event: dict[str, Any], _context: object) -> Response:
    """Answer one request of API Gateway, and write one line about it."""
    asked = request(event)
    try:
        allowed = services().networks.at(asked.at).values()
        response = with_headers(
            _answer(asked, cors.is_accepted_origin(asked, allowed)), cors.headers(asked, allowed)
        )
    except UnavailableError:
        response = problem(_UNAVAILABLE)
    _LOG.info("suggested", status=response["statusCode"])
    return response


def _answer(asked: Request, accepted: bool) -> Response:
    if not accepted:
        return problem(_FOREIGN)
    if asked.method == "OPTIONS":
        return cors.preflight("GET")
    return with_headers(answer(200, _suggested(asked)), _FOR_AN_HOUR)


def _suggested(asked: Request) -> list[dict[str, str]]:
    register = services().schools.register(asked.at)
    found = register.suggestions.find(asked.query.get("q", "")[:_LONGEST]) if register else []
    return [
        {"brin": row.brin, "vestiging": row.vestiging, "name": row.title, "place": row.place} for row in found
    ]
