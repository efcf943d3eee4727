"""GET /me/{token}: a registrant's own page, which shows what we have and changes nothing."""

from functools import cache
from typing import Any, NamedTuple

from shared.aws.networks import Networks
from shared.aws.schools import Schools
from shared.aws.secrets import link_keys
from shared.aws.store import Store, UnavailableError
from shared.aws.table import Table
from shared.domain.school import school_of
from shared.http import Problem, Request, Response, page, request
from shared.links import Links
from shared.log import logger
from shared.pages import own_page, problem_page
from shared.settings import settings

_LOG = logger("manage")

# Wrong, old, foreign and unknown tokens all look like this, so that none tells which it was.
_UNKNOWN = Problem(
    404,
    "unknown-link",
    "Deze link werkt niet",
    "De link is niet volledig of niet meer geldig. Open hem nog een keer vanuit de mail.",
)
_UNAVAILABLE = Problem(
    503, "unavailable", "Het lukt nu even niet", "Dat ligt aan ons. Probeer het over een minuut opnieuw."
)


class Services(NamedTuple):
    """What this function talks to."""

    table: Table
    networks: Networks
    links: Links
    schools: Schools


@cache
def services() -> Services:
    """Connect on first use."""
    told = settings()
    table = Table(Store(told.table))
    return Services(table, Networks(table), Links(link_keys(told.link_secret)), Schools(table))


def handler(event: dict[str, Any], _context: object) -> Response:
    """Answer one request of API Gateway, and write one line about it."""
    try:
        html = _own_page(request(event))
        status = 200 if html else 404
    except UnavailableError:
        html, status = problem_page(_UNAVAILABLE), 503
    _LOG.info("shown", status=status)
    return page(status, html or problem_page(_UNKNOWN))


def _own_page(asked: Request) -> str | None:
    table, networks, links, schools = services()
    bearer = links.read_me(asked.parameters["token"], asked.at)
    network = networks.at(asked.at).get(bearer.network) if bearer else None
    if not bearer or not network:
        return None
    everyone = table.registrations(network.id)
    if not any(r.person == bearer.person for r in everyone):
        return None
    return own_page(network, bearer.person, school_of(bearer.person, everyone, schools.at(asked.at)))
