"""POST, OPTIONS /networks/{network}/registrations, GET /join/{token}: a form's post becomes registrations."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from functions.submit import refusals, responses
from functions.submit.body import Pairs, decode_body
from functions.submit.entries import PostMoment, answered_state, entries
from functions.submit.refusals import RequestRefusedError, refuse_outside_window
from functions.submit.repair import with_repairs
from functions.submit.robots import RobotGuard
from shared import cors
from shared.access.registrant import registrant_of
from shared.aws.networks import Networks
from shared.aws.post_counter import PostCounter
from shared.aws.schools import Schools
from shared.aws.secrets import link_keys
from shared.aws.store import Store
from shared.aws.table import Table
from shared.aws.wire import UnavailableError
from shared.domain.form.draft import Draft, draft
from shared.domain.form.misfit import Misfit, is_misfit
from shared.domain.form.submission import InvalidError, Submission, check
from shared.domain.network.network import Network
from shared.domain.registration.registration import Registration
from shared.domain.rule.repair import may_repair
from shared.domain.schools.school import school_of
from shared.http import Problem, Response, with_headers
from shared.http_function import LoggedResponse, logged_http_function
from shared.pages.problems import UNKNOWN_LINK, field_messages
from shared.phrases.language import phrases_of
from shared.request import Request
from shared.settings import read_settings

if TYPE_CHECKING:
    from shared.access.links import Links


class Services(NamedTuple):
    """The services that this function talks to; links and counter connect only when they are called."""

    table: Table
    networks: Networks
    links: "Callable[[], Links]"
    schools: Schools
    counter: Callable[[], PostCounter]


@cache
def services() -> Services:
    """Connect on first use."""
    settings = read_settings()
    table = Table(Store(settings.table))

    @cache
    def links() -> "Links":
        from shared.access.links import Links

        return Links(link_keys(settings.link_secret))

    counter = cache(lambda: PostCounter(settings.table))
    return Services(table, Networks(table), links, Schools(table), counter)


@logged_http_function("submit")
def handler(request: Request) -> LoggedResponse:
    """Show the form of a forward link, or register a post."""
    return _show_form(request) if request.method == "GET" else _answer_post(request)


def _answer_post(request: Request) -> LoggedResponse:
    networks = services().networks
    try:
        network = networks.one(request.parameters["network"], request.at)
    except UnavailableError as error:
        return _refuse_unknown(request, error)
    allowed = [network] if network else list(networks.at(request.at).values())
    logged = _register_or_refuse(request, network, allowed)
    return logged._replace(response=with_headers(logged.response, cors.headers(request, allowed)))


def _refuse_unknown(request: Request, error: UnavailableError) -> LoggedResponse:
    """Give back the typed fields when not even the network of the post can be read."""
    try:
        sent = decode_body(request) if request.method == "POST" else []
    except RequestRefusedError as unreadable:
        return _refuse(request, unreadable)
    return _logged(responses.resendable(request, _refusal(error), sent), "unavailable")


def _register_or_refuse(
    request: Request, network: Network | None, allowed: Sequence[Network]
) -> LoggedResponse:
    """Check a post in the order in which it can be checked: origin, body, network, window, content."""
    typed = Draft()
    try:
        if not cors.is_accepted_origin(request, allowed):
            raise RequestRefusedError(refusals.FOREIGN_ORIGIN)
        if request.method == "OPTIONS":
            return _logged(cors.preflight("POST"), "preflight")
        sent = decode_body(request)
        if network is None:
            raise RequestRefusedError(refusals.UNKNOWN_NETWORK)
        typed = draft(sent, network.form.field_map)
        # A network that accepts nobody late still accepts a replacement, who has a forward link.
        refuse_outside_window(network, request.at, repairs=bool(typed.values.get("forward")))
        return _register_valid(request, network, sent, typed)
    except (RequestRefusedError, UnavailableError) as error:
        return _refuse(request, error, network, typed)


def _register_valid(request: Request, network: Network, sent: Pairs, typed: Draft) -> LoggedResponse:
    """Store a valid post; keep an invalid one if its form was changed, which its visitor cannot help."""
    try:
        post = check(typed)
    except InvalidError as invalid:
        fits = not is_misfit(sent, network.form.field_map)
        kept = not fits and services().table.misfits.save(Misfit(network.id, tuple(sent), request.at))
        messages = field_messages(invalid.errors, phrases_of(network))
        refusal = RequestRefusedError(refusals.not_valid(messages, kept))
        shown = typed if request.wants_json else _robot_guard(request, network).with_time_shown(typed)
        refused = _refuse(request, refusal, network, shown)
        return refused._replace(message="misfit" if kept else "not-valid")
    return _store(request, network, post, typed.unknown)


def _store(request: Request, network: Network, post: Submission, unknown: int) -> LoggedResponse:
    moment = PostMoment(request.at, request.id)
    inviter = _inviter(post.forward, request) if post.forward else None
    via = inviter.reference if inviter and inviter.network == network.id else ""
    table, schools = services().table, services().schools
    suspicion = _robot_guard(request, network).suspicion(post, invited=bool(via))
    posted = with_repairs(entries(post, network, moment, via, suspicion), network, table, schools)
    everyone = table.register(posted)
    registrant = everyone[0]
    state = answered_state(registrant, network, request.at)
    response = responses.stored(request, network, registrant.reference, state)
    return _logged(response, "quarantined" if suspicion else "stored", network, len(everyone), unknown)


def _show_form(request: Request) -> LoggedResponse:
    token = request.parameters["token"]
    network = None
    try:
        inviter = _inviter(token, request)
        network = services().networks.one(inviter.network if inviter else "", request.at)
        if not inviter or not network:
            raise RequestRefusedError(UNKNOWN_LINK)
        refuse_outside_window(network, request.at, _may_repair(inviter, network, request))
    except (RequestRefusedError, UnavailableError) as error:
        return _refuse(request, error, network)
    filled_in = Draft({"school": inviter.school, "place": inviter.place, "forward": token})
    shown = _robot_guard(request, network).with_time_shown(filled_in)
    return _logged(responses.form(request, network, shown), "form", network)


def _may_repair(inviter: Registration, network: Network, request: Request) -> bool:
    if not network.is_closed(request.at):
        return False
    everyone, knowledge = services().table.registrations(network.id), services().schools.at(request.at)
    return may_repair(network, school_of(inviter.person_key, everyone, knowledge), request.at)


def _inviter(token: str, request: Request) -> Registration | None:
    """Return the registrant whose forward link this is; None if it invites nobody."""
    return registrant_of(services().table, services().links().read_forward(token, request.at))


def _robot_guard(request: Request, network: Network) -> RobotGuard:
    return RobotGuard(network, request, services().counter, services().links)


def _refuse(
    request: Request, error: Exception, network: Network | None = None, typed: Draft | None = None
) -> LoggedResponse:
    refusal = _refusal(error)
    response = responses.refused(request, refusal, network, typed)
    return _logged(response, refusal.code, network, 0, typed.unknown if typed else 0)


def _refusal(error: Exception) -> Problem:
    return error.problem if isinstance(error, RequestRefusedError) else refusals.UNAVAILABLE


def _logged(
    response: Response, message: str, network: Network | None = None, people: int = 0, unknown: int = 0
) -> LoggedResponse:
    facts = {"network": network.id if network else "", "people": people, "unknown": unknown}
    return LoggedResponse(response, message, facts)
