"""GET /me/{token}, /me/{token}/{file}, /links/{network}: a registrant's own page and files, lost links."""

from functools import cache
from typing import NamedTuple

from shared.access.links import Links
from shared.access.registrant import (
    OwnPage,
    bounced_addresses,
    network_of_request,
    open_address_page,
    open_own_page,
)
from shared.aws.networks import Networks
from shared.aws.schools import Schools
from shared.aws.secrets import link_keys
from shared.aws.store import Store
from shared.aws.table import Table
from shared.aws.wire import UnavailableError
from shared.domain.network.network import Network
from shared.domain.registration.registration import State
from shared.http import Response, file, page, with_language
from shared.http_function import http_function
from shared.mails.data_export import data_file
from shared.pages import address_page, links_page, own_page
from shared.pages.own import OwnPageView
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
    base_url: str


@cache
def services() -> Services:
    """Connect on first use."""
    settings = read_settings()
    table = Table(Store(settings.table))
    links = Links(link_keys(settings.link_secret))
    return Services(table, Networks(table), links, Schools(table), settings.base_url)


@http_function("manage", "shown", unavailable=lambda request: refused(UNAVAILABLE, _network(request)))
def handler(request: Request) -> Response:
    """Show a page or a file; the same refusal for every link that opens nothing."""
    show = _show_links if "network" in request.parameters else _show_own
    return show(request) or refused(UNKNOWN_LINK)


def _show_own(request: Request) -> Response | None:
    table, networks, links, schools, base_url = services()
    token = request.parameters["token"]
    own = open_own_page(table, networks, links, schools, token, request.at)
    if not own:
        return _show_address(request)
    network, me, school, *_ = own
    if "file" in request.parameters:
        response = _file(request, own)
        return with_language(response, network.language) if response else None
    forward = (base_url or request.base_url) + links.forward(me, network)
    done, bounced = request.query.get("done", ""), bounced_addresses(table, own)
    view = OwnPageView(network, me, school, request.at, token, forward, done, bounced=bounced)
    return page(200, own_page(view), form_to="")


def _show_address(request: Request) -> Response | None:
    table, networks, links, *_ = services()
    wish = open_address_page(table, networks, links, request.parameters["token"], request.at)
    return page(200, address_page(*wish), form_to="") if wish and "file" not in request.parameters else None


def _file(request: Request, own: OwnPage) -> Response | None:
    network, me, *_ = own
    if request.parameters["file"] == "gegevens.json":
        mails = services().table.mails(network.id, f"{me.reference}-")
        data = data_file(network, me, mails)
        return file(data.filename, data.content_type, data.content)
    if request.parameters["file"] == "agenda.ics" and me.state is State.ADMITTED and network.sessions:
        from shared.mails.calendar import CalendarRevision, invitation  # few requests need them
        from shared.mails.owed.context import calendar_owner

        mails = services().table.mails(network.id, f"{me.reference}-")
        moves, owner = sum(mail.kind == "moved" for mail in mails), calendar_owner(me.reference, mails)
        calendar = invitation(network, CalendarRevision(request.at, me.history, moves, owner))
        return file(calendar.filename, f"{calendar.content_type}; charset=utf-8", calendar.content)
    return None


def _show_links(request: Request) -> Response | None:
    network = services().networks.one(request.parameters["network"], request.at)
    return page(200, links_page(network), form_to="") if network else None


def _network(request: Request) -> Network | None:
    try:
        _, networks, links, *_ = services()
    except UnavailableError:  # not even the keys of links can be read
        return None
    return network_of_request(networks, links, request)
