"""GET, HEAD /organiser/{token} and below: shows organisers how schools stand and what orders would do."""

from functools import cache
from typing import NamedTuple

from functions.organise.show import show
from shared.access.ended_sessions import EndedSessions
from shared.access.links import Links
from shared.access.organiser import organiser_request
from shared.aws.networks import Networks
from shared.aws.schools import Schools
from shared.aws.secrets import link_keys
from shared.aws.store import Store
from shared.aws.table import Table
from shared.http import Response, page
from shared.http_function import http_function
from shared.pages.organiser import Desk, door_page
from shared.pages.problems import UNKNOWN_LINK, refused
from shared.problems import UNAVAILABLE
from shared.request import Request
from shared.settings import read_settings


class Services(NamedTuple):
    """The services that this function talks to."""

    table: Table
    networks: Networks
    links: Links
    schools: Schools
    ended_sessions: EndedSessions


@cache
def services() -> Services:
    """Connect on first use."""
    settings = read_settings()
    store = Store(settings.table)
    table, links = Table(store), Links(link_keys(settings.link_secret))
    return Services(table, Networks(table), links, Schools(table), EndedSessions(store))


@http_function("organise", "shown", unavailable=lambda _: refused(UNAVAILABLE))
def handler(request: Request) -> Response:
    """Show a page to an organiser, or the door to anybody with the link."""
    return _answer(request) or refused(UNKNOWN_LINK)


def _answer(request: Request) -> Response | None:
    table, networks, links, schools, ended_sessions = services()
    visit = organiser_request(request, networks, links, ended_sessions)
    if visit is None:
        return None
    if visit.session:
        form = links.form(visit.session)
        desk = Desk(visit.network, visit.address, visit.home, visit.url(visit.page), form, request.at)
        return show(visit, desk, table, schools)
    # A browser withholds a strict cookie when the link is on another site, such as webmail. Then our page
    # loads itself once more: that request comes from our own site and has the cookie.
    reloads = request.headers.get("sec-fetch-site") == "cross-site"
    return page(200, door_page(visit.network, visit.address, again=reloads), form_to="")
