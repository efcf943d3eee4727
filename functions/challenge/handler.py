"""GET, OPTIONS /networks/{network}/challenge: work that a browser does before each post, and robots shun."""

from functools import cache
from typing import Any, NamedTuple

from shared import cors
from shared.access.cloudfront import behind_cloudfront
from shared.access.links import Links
from shared.access.proof_of_work import challenge
from shared.aws.clients import stops_before_timeout
from shared.aws.networks import Networks
from shared.aws.secrets import link_keys
from shared.aws.store import Store
from shared.aws.table import Table
from shared.aws.wire import UnavailableError
from shared.domain.network.network import Network
from shared.http import Problem, Response, answer, problem, with_headers
from shared.log import hides_error_text, logger
from shared.request import Request, request
from shared.settings import settings

_LOG = logger("challenge")
_FOREIGN = Problem(
    403, "origin", "Deze website staat niet in onze lijst", "Vraag de organisatie om het adres toe te voegen."
)
_UNKNOWN = Problem(404, "unknown-network", "Dit leernetwerk kennen we niet", "Kijk of het adres klopt.")
_UNAVAILABLE = Problem(
    503,
    "unavailable",
    "Het lukt nu even niet",
    "Dat ligt aan ons. Verstuur het formulier gewoon.",
    retry_after=60,
)


class Services(NamedTuple):
    """What this function talks to."""

    networks: Networks
    links: Links


@cache
def services() -> Services:
    """Connect on first use."""
    told = settings()
    return Services(Networks(Table(Store(told.table))), Links(link_keys(told.link_secret)))


@hides_error_text
@stops_before_timeout
@behind_cloudfront
def handler(event: dict[str, Any], _context: object) -> Response:
    """Answer one request of API Gateway, and write one line about it."""
    asked = request(event)
    try:
        known = services().networks.at(asked.at)
        network = known.get(asked.parameters["network"])
        allowed = [network] if network else list(known.values())
        response = with_headers(_answer(asked, network, allowed), cors.headers(asked, allowed))
    except UnavailableError:
        response = problem(_UNAVAILABLE)
    _LOG.info("challenged", status=response["statusCode"])
    return response


def _answer(asked: Request, network: Network | None, allowed: list[Network]) -> Response:
    if not cors.is_accepted_origin(asked, allowed):
        return problem(_FOREIGN)
    if asked.method == "OPTIONS":
        return cors.preflight("GET", asked)
    if network is None:
        return problem(_UNKNOWN)
    key = services().links.keys("work")[-1]
    return answer(200, challenge(key, network.id, asked.at, asked.id))
