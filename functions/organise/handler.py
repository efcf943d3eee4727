"""GET, HEAD /organiser/{token} and below: shows organisers where the rule stands, and what orders do."""

from functools import cache
from typing import NamedTuple

from functions.organise.show import Books, show
from shared.access.links import Links
from shared.access.organiser import organiser_request
from shared.aws.networks import Networks
from shared.aws.schools import Schools
from shared.aws.secrets import link_keys
from shared.aws.store import Store
from shared.aws.table import Table
from shared.http import Response, page
from shared.http_function import http_function
from shared.pages.organiser import door_page
from shared.pages.problems import UNKNOWN_LINK, refused
from shared.problems import UNAVAILABLE
from shared.request import Request
from shared.settings import read_settings


class Services(NamedTuple):
    """What this function talks to."""

    table: Table
    networks: Networks
    links: Links
    schools: Schools


@cache
def services() -> Services:
    """Connect on first use."""
    told = read_settings()
    table = Table(Store(told.table))
    return Services(table, Networks(table), Links(link_keys(told.link_secret)), Schools(table))


@http_function("organise", "shown", unavailable=lambda _: refused(UNAVAILABLE))
def handler(request: Request) -> Response:
    """Show a page to an organiser, or the door to anybody with the link."""
    return _answer(request) or refused(UNKNOWN_LINK)


def _answer(asked: Request) -> Response | None:
    table, networks, links, schools = services()
    here = organiser_request(asked, networks, links)
    if here is None:
        return None
    if here.session:
        return show(here, here.desk(links), Books(table, schools))
    # A browser keeps a strict cookie to itself when the link stood on another site, such as webmail; a page
    # of ours that loads itself again is asked for by our own site.
    again = asked.headers.get("sec-fetch-site") == "cross-site"
    return page(200, door_page(here.network, here.address, again=again), form_to="")
