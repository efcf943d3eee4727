"""POST, GET, OPTIONS /networks/{network}/registrations, GET /join/{token}: posts become registrations."""

from collections.abc import Sequence

from functions.submit import refusals, responses
from functions.submit.client import client_of
from functions.submit.decode import UnreadableBodyError, decode
from functions.submit.join import join
from functions.submit.logged_responses import logged_response, problem_of, refused
from functions.submit.refusals import RequestRefusedError, refuse_outside_window
from functions.submit.services import services
from functions.submit.sites import count_site, with_ruled_site
from functions.submit.take import take
from shared import cors
from shared.aws.wire import UnavailableError
from shared.domain.form.answers import TooManyAnswersError
from shared.domain.form.draft import draft_of
from shared.domain.form.form_map import form_map
from shared.domain.form.pairs import read_pairs
from shared.domain.form.reading import read_form
from shared.domain.network.network import Network
from shared.http import with_headers
from shared.http_function import LoggedResponse, logged_http_function
from shared.request import Request


@logged_http_function("submit")
def handler(request: Request) -> LoggedResponse:
    """Show our form, or register a post."""
    logged = join(request) if "token" in request.parameters else _registrations(request)
    return logged._replace(response={**logged.response, "body": ""}) if request.method == "HEAD" else logged


def _registrations(request: Request) -> LoggedResponse:
    networks = services().networks
    try:
        network = networks.one(request.parameters["network"], request.at)
        network = network and with_ruled_site(network, request, services().table)
    except UnavailableError as error:
        return _unjudged(request, error)
    allowed = [network] if network else list(networks.at(request.at).values())
    logged = _answer(request, network, allowed)
    return logged._replace(response=with_headers(logged.response, cors.headers(request, allowed)))


def _unjudged(request: Request, error: UnavailableError) -> LoggedResponse:
    """Give back what was typed where we cannot even read which network it is for."""
    try:
        answers = decode(request).answers if request.method == "POST" else ()
    except UnreadableBodyError as unreadable:
        return refused(request, unreadable)
    return logged_response(responses.again(client_of(request), problem_of(error), answers), "unavailable")


def _answer(request: Request, network: Network | None, allowed: Sequence[Network]) -> LoggedResponse:
    try:
        if request.method == "OPTIONS":
            return _preflight(request, network, allowed)
        if request.method in ("GET", "HEAD"):
            return _form(request, network)
        return take(request, network)
    except (RequestRefusedError, UnavailableError) as error:
        return refused(request, error, network)


def _preflight(request: Request, network: Network | None, allowed: Sequence[Network]) -> LoggedResponse:
    """Let scripts of listed sites post, with the headers they ask; other sites are counted."""
    if cors.is_accepted_origin(request, allowed):
        return logged_response(cors.preflight("POST", request), "preflight")
    if network:
        services().count_refusal(lambda counts: count_site(network, request, services().counter(), counts))
    raise RequestRefusedError(refusals.FOREIGN_ORIGIN)


def _form(request: Request, network: Network | None) -> LoggedResponse:
    """Show our own form, filled in from the query: a form without a method sends everything there."""
    if network is None:
        raise RequestRefusedError(refusals.UNKNOWN_NETWORK)
    refuse_outside_window(network, request.at)
    try:
        answers = read_pairs(request.query.items())
    except TooManyAnswersError as error:
        raise RequestRefusedError(refusals.TOO_LARGE) from error
    typed = draft_of(read_form(answers, form_map(network.form)))
    response = responses.form(request, network, services().guard(request, network).with_time_shown(typed))
    return logged_response(response, "form", network)
