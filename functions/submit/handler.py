"""POST, OPTIONS /networks/{network}/registrations, GET /join/{token}: a form's post becomes registrations."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from functions.submit import answers, refusals
from functions.submit.body import Pairs, decode_body
from functions.submit.entries import PostMoment, answered_state, entries
from functions.submit.refusals import RequestRefusedError, in_window
from functions.submit.repair import with_repairs
from functions.submit.robots import RobotGuard
from shared import cors
from shared.access.cloudfront import behind_cloudfront
from shared.access.registrant import registrant_of
from shared.aws.clients import stops_before_timeout
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
from shared.log import hides_error_text, logger
from shared.pages.problems import UNKNOWN_LINK
from shared.phrases.language import phrases_of
from shared.request import Request, request
from shared.settings import settings

if TYPE_CHECKING:
    from shared.access.links import Links

_LOG = logger("submit")


class Services(NamedTuple):
    """What this function talks to; links' keys, register and counter are reached only by who needs them."""

    table: Table
    networks: Networks
    links: "Callable[[], Links]"
    schools: Schools
    visits: Callable[[], PostCounter]


@cache
def services() -> Services:
    """Connect on first use."""
    told_us = settings()
    table = Table(Store(told_us.table))

    @cache
    def links() -> "Links":
        from shared.access.links import Links

        return Links(link_keys(told_us.link_secret))

    return Services(table, Networks(table), links, Schools(table), cache(lambda: PostCounter(told_us.table)))


class LoggedResponse(NamedTuple):
    """What a request came to: the answer, and what the log says of it."""

    response: Response
    what: str
    network: str = ""
    people: int = 0
    unknown: int = 0


@hides_error_text
@stops_before_timeout
@behind_cloudfront
def handler(event: dict[str, Any], _context: object) -> Response:
    """Answer one request of API Gateway, and write one line about it."""
    asked = request(event)
    outcome = _join(asked) if asked.method == "GET" else _registrations(asked)
    _LOG.info(outcome.what, network=outcome.network, people=outcome.people, unknown=outcome.unknown)
    return outcome.response


def _registrations(asked: Request) -> LoggedResponse:
    networks = services().networks
    try:
        network = networks.one(asked.parameters["network"], asked.at)
    except UnavailableError as error:
        return _unjudged(asked, error)
    allowed = [network] if network else list(networks.at(asked.at).values())
    outcome = _take(asked, network, allowed)
    return outcome._replace(response=with_headers(outcome.response, cors.headers(asked, allowed)))


def _unjudged(asked: Request, error: UnavailableError) -> LoggedResponse:
    """Give back what was typed where we cannot even read which network it is for."""
    try:
        sent = decode_body(asked) if asked.method == "POST" else []
    except RequestRefusedError as unreadable:
        return _refused(asked, unreadable)
    return LoggedResponse(answers.again(asked, _why(error), sent), "unavailable")


def _take(asked: Request, network: Network | None, allowed: Sequence[Network]) -> LoggedResponse:
    """Judge a post in the order in which it can be judged: origin, body, network, window, content."""
    typed = Draft()
    try:
        if not cors.is_accepted_origin(asked, allowed):
            raise RequestRefusedError(refusals.FOREIGN_ORIGIN)
        if asked.method == "OPTIONS":
            return LoggedResponse(cors.preflight("POST"), "preflight")
        sent = decode_body(asked)
        if network is None:
            raise RequestRefusedError(refusals.UNKNOWN_NETWORK)
        typed = draft(sent, network.form.field_map)
        # Only a forwarded link can bring somebody after the deadline to a network that takes nobody late.
        in_window(network, asked.at, repairs=bool(typed.values.get("forward")))
        return _judge(asked, network, sent, typed)
    except (RequestRefusedError, UnavailableError) as error:
        return _refused(asked, error, network, typed)


def _judge(asked: Request, network: Network, sent: Pairs, typed: Draft) -> LoggedResponse:
    """Store a post that is valid; keep one whose form was changed, which its visitor cannot help."""
    try:
        post = check(typed, phrases_of(network))
    except InvalidError as invalid:
        fits = not is_misfit(sent, network.form.field_map)
        kept = not fits and services().table.misfits.save(Misfit(network.id, tuple(sent), asked.at))
        refusal = RequestRefusedError(refusals.not_valid(invalid.errors, kept))
        again = typed if asked.wants_json else _guard(asked, network).stamped(typed)
        return _refused(asked, refusal, network, again)._replace(what="misfit" if kept else "not-valid")
    return _store(asked, network, post, typed.unknown)


def _store(asked: Request, network: Network, post: Submission, unknown: int) -> LoggedResponse:
    moment = PostMoment(asked.at, asked.id)
    inviter = _inviter(post.forward, asked) if post.forward else None
    via = inviter.reference if inviter and inviter.network == network.id else ""
    table, schools = services().table, services().schools
    robot = _guard(asked, network).suspicion(post, invited=bool(via))
    posted = with_repairs(entries(post, network, moment, via, robot), network, table, schools)
    everyone = table.register(posted)
    registrant = everyone[0]
    state = answered_state(registrant, network, asked.at)
    response = answers.stored(asked, network, registrant.reference, state)
    return LoggedResponse(response, "quarantined" if robot else "stored", network.id, len(everyone), unknown)


def _join(asked: Request) -> LoggedResponse:
    token = asked.parameters["token"]
    network = None
    try:
        inviter = _inviter(token, asked)
        network = services().networks.one(inviter.network if inviter else "", asked.at)
        if not inviter or not network:
            raise RequestRefusedError(UNKNOWN_LINK)
        in_window(network, asked.at, _may_repair(inviter, network, asked))
    except (RequestRefusedError, UnavailableError) as error:
        return _refused(asked, error, network)
    filled_in = Draft({"school": inviter.school, "place": inviter.place, "forward": token})
    shown = _guard(asked, network).stamped(filled_in)
    return LoggedResponse(answers.form(asked, network, shown), "form", network.id)


def _may_repair(inviter: Registration, network: Network, asked: Request) -> bool:
    if not network.is_closed(asked.at):
        return False
    everyone = services().table.registrations(network.id)
    return may_repair(
        network, school_of(inviter.person_key, everyone, services().schools.at(asked.at)), asked.at
    )


def _inviter(token: str, asked: Request) -> Registration | None:
    """Return whose forward link this is; None for any that brings nobody."""
    return registrant_of(services().table, services().links().read_forward(token, asked.at))


def _guard(asked: Request, network: Network) -> RobotGuard:
    return RobotGuard(network, asked, services().visits, services().links)


def _refused(
    asked: Request, error: Exception, network: Network | None = None, typed: Draft | None = None
) -> LoggedResponse:
    why = _why(error)
    response = answers.refused(asked, why, network, typed)
    return LoggedResponse(response, why.code, network.id if network else "", 0, typed.unknown if typed else 0)


def _why(error: Exception) -> Problem:
    return error.problem if isinstance(error, RequestRefusedError) else refusals.UNAVAILABLE
