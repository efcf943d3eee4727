"""GET, OPTIONS /networks/{network}/challenge: work that a browser does before each post, to deter robots."""

from functools import cache, partial
from typing import NamedTuple

from shared import cors
from shared.access.links import Links
from shared.access.proof_of_work import challenge
from shared.aws.networks import Networks
from shared.aws.secrets import link_keys
from shared.aws.store import Store
from shared.aws.table import Table
from shared.domain.network.network import Network
from shared.http import Response, answer, problem
from shared.http_function import http_function
from shared.problems import UNAVAILABLE, UNKNOWN_NETWORK
from shared.request import Request
from shared.settings import read_settings

_UNAVAILABLE = UNAVAILABLE.with_advice(
    "Dat ligt aan ons. Verstuur het formulier gewoon.", "That is our fault. Just send the form."
)


class Services(NamedTuple):
    """The services that this function talks to."""

    networks: Networks
    links: Links


@cache
def services() -> Services:
    """Connect on first use."""
    settings = read_settings()
    return Services(Networks(Table(Store(settings.table))), Links(link_keys(settings.link_secret)))


@http_function("challenge", "challenged", unavailable=lambda _: problem(_UNAVAILABLE))
def handler(request: Request) -> Response:
    """Answer a script on a site of the network."""
    networks = services().networks.at(request.at)
    network = networks.get(request.parameters["network"])
    allowed = [network] if network else list(networks.values())
    return cors.answer_script(request, allowed, partial(_answer, request, network))


def _answer(request: Request, network: Network | None) -> Response:
    if network is None:
        return problem(UNKNOWN_NETWORK)
    key = services().links.keys("work")[-1]
    return answer(200, challenge(key, network.id, request.at, request.id))
