"""POST /organiser/{token} and below: an organiser signs in with a mailed code, and gives orders."""

from functools import cache
from typing import NamedTuple

from functions.decide.act import act
from functions.decide.door import Door, leave
from shared.access.links import Links
from shared.access.organiser import OrganiserRequest, organiser_request
from shared.aws.networks import Networks
from shared.aws.schools import Schools
from shared.aws.secrets import link_keys
from shared.aws.store import Store
from shared.aws.table import Table
from shared.http import Problem, Response
from shared.http_function import http_function
from shared.pages.problems import UNKNOWN_LINK, refused
from shared.problems import UNAVAILABLE
from shared.request import Request, posted_fields
from shared.settings import read_settings

_FOREIGN = Problem(
    403,
    "foreign-form",
    "Dit is niet gedaan",
    "Het verzoek kwam niet van deze pagina. Open het overzicht opnieuw.",
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
    told = read_settings()
    table = Table(Store(told.table))
    return Services(table, Networks(table), Links(link_keys(told.link_secret)), Schools(table))


@http_function("decide", "decided", unavailable=lambda _: refused(UNAVAILABLE))
def handler(request: Request) -> Response:
    """Let an organiser sign in, or carry out an order."""
    return _answer(request) or refused(UNKNOWN_LINK)


def _answer(asked: Request) -> Response | None:
    table, networks, links, _ = services()
    here = organiser_request(asked, networks, links)
    if here is None:
        return None
    return _inside(here) if here.session else Door(here, table, links).knock()


def _inside(here: OrganiserRequest) -> Response | None:
    table, _, links, schools = services()
    fields = posted_fields(here.asked)
    if not here.asked.is_from_our_page or not links.is_form(here.session, fields.get("form", "")):
        return refused(_FOREIGN)
    if fields.get("do") == "leave":
        return leave(here)
    return act(here, here.desk(links), fields, table, schools)
