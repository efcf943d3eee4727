"""POST /organiser/{token} and below: an organiser signs in with a mailed code, and gives orders."""

import secrets
from functools import cache
from typing import NamedTuple

from functions.decide.act import act
from functions.decide.door import Door, sign_out
from shared.access.ended_sessions import EndedSessions
from shared.access.links import Links
from shared.access.organiser import OrganiserRequest, organiser_request
from shared.access.sign_ins import SignIns
from shared.aws.networks import Networks
from shared.aws.schools import Schools
from shared.aws.secrets import link_keys
from shared.aws.store import Store
from shared.aws.table import Table
from shared.http import Problem, Response
from shared.http_function import http_function
from shared.pages.organiser import Desk
from shared.pages.problems import UNKNOWN_LINK, refused
from shared.problems import UNAVAILABLE
from shared.request import Request, posted_fields
from shared.settings import read_settings

_SIGNED_IN = (64 * 1024, 400)  # bytes and fields: a network has many settings
_FOREIGN = Problem(
    403,
    "foreign-form",
    "Dit is niet gedaan",
    "Het verzoek kwam niet van deze pagina. Open het overzicht opnieuw.",
)


class Services(NamedTuple):
    """The services that this function talks to."""

    table: Table
    sign_ins: SignIns
    networks: Networks
    links: Links
    schools: Schools
    ended_sessions: EndedSessions
    metrics: str  # the namespace of this stack's metrics


@cache
def services() -> Services:
    """Connect on first use."""
    settings = read_settings()
    store = Store(settings.table)
    table, links = Table(store), Links(link_keys(settings.link_secret))
    ended_sessions, metrics = EndedSessions(store), settings.metrics_namespace
    return Services(table, SignIns(store), Networks(table), links, Schools(table), ended_sessions, metrics)


@http_function("decide", "decided", unavailable=lambda _: refused(UNAVAILABLE))
def handler(request: Request) -> Response:
    """Let an organiser sign in, or carry out an order."""
    return _answer(request) or refused(UNKNOWN_LINK)


def _answer(request: Request) -> Response | None:
    _, sign_ins, networks, links, _, ended_sessions, metrics = services()
    visit = organiser_request(request, networks, links, ended_sessions)
    if visit is None:
        return None
    if visit.session:
        return _answer_signed_in(visit)
    return Door(visit, sign_ins, links, secrets.token_hex(16), metrics).answer()


def _answer_signed_in(visit: OrganiserRequest) -> Response | None:
    table, _, _, links, schools, ended_sessions, _ = services()
    fields, form = posted_fields(visit.request, *_SIGNED_IN), links.form(visit.session)
    if not visit.request.is_from_our_page or not links.is_form(visit.session, fields.get("form", "")):
        return refused(_FOREIGN)
    if fields.get("do") == "leave":
        return sign_out(visit, ended_sessions)
    desk = Desk(visit.network, visit.address, visit.home, visit.url(visit.page), form, visit.request.at)
    return act(visit, desk, fields, table, schools)
