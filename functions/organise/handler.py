"""GET, POST /organiser/{token} and below: an organiser signs in with a mailed code, looks and decides."""

from functools import cache
from typing import Any, NamedTuple

from functions.organise import desk
from functions.organise.door import Door, leave
from functions.organise.visit import Visit, visit
from shared.aws.networks import Networks
from shared.aws.schools import Schools
from shared.aws.secrets import link_keys
from shared.aws.store import Store, UnavailableError
from shared.aws.table import Table
from shared.http import Problem, Response, page
from shared.links import Links
from shared.log import discreet, logger
from shared.pages import problem_page
from shared.pages.organiser import Desk
from shared.pages.problems import UNAVAILABLE, UNKNOWN_LINK
from shared.request import Request, posted, request
from shared.settings import settings

_LOG = logger("organise")

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
    told = settings()
    table = Table(Store(told.table))
    return Services(table, Networks(table), Links(link_keys(told.link_secret)), Schools(table))


@discreet
def handler(event: dict[str, Any], _context: object) -> Response:
    """Answer one request of API Gateway, and write one line about it."""
    asked = request(event)
    try:
        response = _answer(asked)
    except UnavailableError:
        response = page(503, problem_page(UNAVAILABLE))
    _LOG.info("answered", method=asked.method, status=response["statusCode"])
    return response


def _answer(asked: Request) -> Response:
    table, networks, links, schools = services()
    here = visit(asked, networks.at(asked.at), links)
    if here is None:
        return page(404, problem_page(UNKNOWN_LINK))
    if not here.session:
        door = Door(here, table, links)
        return door.show() if asked.method == "GET" else door.knock()
    return _inside(here, desk.Books(table, schools.at(asked.at)), links) or page(
        404, problem_page(UNKNOWN_LINK)
    )


def _inside(here: Visit, books: desk.Books, links: Links) -> Response | None:
    with_form = Desk(
        here.network, here.address, here.home, here.url(here.page), links.form(here.session), here.asked.at
    )
    if here.asked.method == "GET":
        return desk.show(here, books, with_form)
    fields = posted(here.asked)
    if not here.asked.is_from_our_page or not links.is_form(here.session, fields.get("form", "")):
        return page(403, problem_page(_FOREIGN))
    return leave(here) if fields.get("do") == "leave" else desk.act(here, books, with_form)
