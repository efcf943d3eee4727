"""GET /me/{token}, /me/{token}/{file}, /links/{network}: shows what is a registrant's own."""

from functools import cache
from typing import Any, NamedTuple

from shared.access.cloudfront import behind_cloudfront
from shared.access.links import Links
from shared.access.registrant import OwnPage, bounced_addresses, network_of_request, open_own_page
from shared.aws.clients import stops_before_timeout
from shared.aws.networks import Networks
from shared.aws.schools import Schools
from shared.aws.secrets import link_keys
from shared.aws.store import Store
from shared.aws.table import Table
from shared.aws.wire import UnavailableError
from shared.domain.network.network import Network
from shared.domain.registration.registration import State
from shared.http import Response, file, page, spoken
from shared.log import hides_error_text, logger
from shared.mails.data_export import data_file
from shared.pages import links_page, own_page
from shared.pages.own import OwnPageView
from shared.pages.problems import UNAVAILABLE, UNKNOWN_LINK, refused
from shared.request import Request, request
from shared.settings import settings

_LOG = logger("manage")


class Services(NamedTuple):
    """What this function talks to."""

    table: Table
    networks: Networks
    links: Links
    schools: Schools
    base_url: str


@cache
def services() -> Services:
    """Connect on first use."""
    told = settings()
    table = Table(Store(told.table))
    links = Links(link_keys(told.link_secret))
    return Services(table, Networks(table), links, Schools(table), told.base_url)


@hides_error_text
@stops_before_timeout
@behind_cloudfront
def handler(event: dict[str, Any], _context: object) -> Response:
    """Answer one request of API Gateway, and write one line about it."""
    asked = request(event)
    try:
        show = _links if "network" in asked.parameters else _own
        response = show(asked) or refused(UNKNOWN_LINK)
    except UnavailableError:
        response = refused(UNAVAILABLE, _network(asked))
    _LOG.info("shown", status=response["statusCode"])
    return response


def _own(asked: Request) -> Response | None:
    table, networks, links, schools, base_url = services()
    token = asked.parameters["token"]
    found = open_own_page(table, networks, links, schools, token, asked.at)
    if not found:
        return None
    network, me, school, _ = found
    if "file" in asked.parameters:
        made = _file(asked, found)
        return spoken(made, network.language) if made else None
    forward = (base_url or asked.base_url) + links.forward(me, network)
    done, returned = asked.query.get("done", ""), bounced_addresses(table, found)
    view = OwnPageView(network, me, school, asked.at, token, forward, done, returned=returned)
    return page(200, own_page(view), form_to="")


def _file(asked: Request, found: OwnPage) -> Response | None:
    network, me, _, _ = found
    if asked.parameters["file"] == "gegevens.json":
        mails = services().table.mails(network.id, f"{me.reference}-")
        taken = data_file(network, me, mails)
        return file(taken.filename, taken.content_type, taken.content)
    if asked.parameters["file"] == "agenda.ics" and me.state is State.ADMITTED and network.sessions:
        from shared.mails.calendar import CalendarRevision, invitation  # few ask for it

        moved = services().table.mails(network.id, f"{me.reference}-moved-")
        agenda = invitation(network, CalendarRevision(asked.at, me.history, len(moved)))
        return file(agenda.filename, f"{agenda.content_type}; charset=utf-8", agenda.content)
    return None


def _links(asked: Request) -> Response | None:
    network = services().networks.one(asked.parameters["network"], asked.at)
    return page(200, links_page(network), form_to="") if network else None


def _network(asked: Request) -> Network | None:
    try:
        _, networks, links, *_ = services()
    except UnavailableError:  # not even the keys of links can be read
        return None
    return network_of_request(networks, links, asked)
