"""GET, HEAD /organiser/{token} and below: shows organisers where the rule stands, and what orders do."""

from functools import cache
from typing import Any, NamedTuple

from functions.organise.show import show
from shared.access.cloudfront import behind_cloudfront
from shared.access.links import Links
from shared.access.organiser import organiser_request
from shared.aws.clients import stops_before_timeout
from shared.aws.networks import Networks
from shared.aws.schools import Schools
from shared.aws.secrets import link_keys
from shared.aws.store import Store
from shared.aws.table import Table
from shared.aws.wire import UnavailableError
from shared.http import Response, page
from shared.log import hides_error_text, logger
from shared.pages.organiser import door_page
from shared.pages.problems import UNAVAILABLE, UNKNOWN_LINK, refused
from shared.request import Request, request
from shared.settings import settings

_LOG = logger("organise")


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


@hides_error_text
@stops_before_timeout
@behind_cloudfront
def handler(event: dict[str, Any], _context: object) -> Response:
    """Answer one request of API Gateway, and write one line about it."""
    asked = request(event)
    try:
        response = _answer(asked) or refused(UNKNOWN_LINK)
    except UnavailableError:
        response = refused(UNAVAILABLE)
    _LOG.info("shown", status=response["statusCode"])
    return response


def _answer(asked: Request) -> Response | None:
    table, networks, links, schools = services()
    here = organiser_request(asked, networks, links)
    if here is None:
        return None
    if here.session:
        return show(here, here.desk(links), table, schools)
    # A browser keeps a strict cookie to itself when the link stood on another site, such as webmail; a page
    # of ours that loads itself again is asked for by our own site.
    again = asked.headers.get("sec-fetch-site") == "cross-site"
    return page(200, door_page(here.network, here.address, again=again), form_to="")
