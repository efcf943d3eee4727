"""POST, GET, OPTIONS /networks/{network}/registrations, GET /join/{token}: posts become registrations."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from functions.submit import refusals, responses
from functions.submit.client import Client, client_of
from functions.submit.decode import DecodedBody, TooLargeBodyError, UnreadableBodyError, body_of, decode
from functions.submit.judge import InvalidPost, judge
from functions.submit.keep import keep
from functions.submit.link_room import frees
from functions.submit.recent_people import RecentPeople
from functions.submit.refusals import RequestRefusedError, refuse_outside_window
from functions.submit.repair import with_repairs
from functions.submit.responses import Receipt
from functions.submit.robots import RobotGuard
from functions.submit.sites import count_site, with_ruled_site
from shared import cors
from shared.access.registrant import registrant_of
from shared.aws import direct
from shared.aws.networks import Networks
from shared.aws.patience import HASTY
from shared.aws.post_counter import PostCounter
from shared.aws.schools import Schools
from shared.aws.secrets import link_keys
from shared.aws.store import Store
from shared.aws.table import Table
from shared.aws.wire import UnavailableError
from shared.domain.actions.entries import PostMoment, entries
from shared.domain.form.answers import Answer
from shared.domain.form.draft import Draft, draft_of
from shared.domain.form.form_map import form_map
from shared.domain.form.kept_post import KeptReason
from shared.domain.form.pairs import read_pairs
from shared.domain.form.reading import FormReading, read_form
from shared.domain.form.submission import Submission
from shared.domain.network.network import Network
from shared.domain.registration.registration import Registration, State
from shared.domain.rule.repair import may_repair
from shared.domain.schools.school import school_of
from shared.http import Problem, Response, with_headers
from shared.http_function import LoggedResponse, logged_http_function
from shared.log import logger
from shared.pages.problems import UNKNOWN_LINK, field_messages
from shared.phrases.language import phrases_of
from shared.request import Request
from shared.settings import read_settings

if TYPE_CHECKING:
    from shared.access.links import Links
    from shared.aws.refusal_counts import RefusalCounts

_LOG = logger("submit")


class Services(NamedTuple):
    """What this function talks to; links' keys, register and counters are reached only by who needs them."""

    table: Table
    networks: Networks
    links: "Callable[[], Links]"
    schools: Schools
    recent: RecentPeople
    counter: Callable[[], PostCounter]
    refusal_counts: "Callable[[], RefusalCounts]"


@cache
def services() -> Services:
    """Connect on first use."""
    settings = read_settings()
    table = Table(Store(settings.table, connect=direct.dynamodb))

    @cache
    def links() -> "Links":
        from shared.access.links import Links

        return Links(link_keys(settings.link_secret, direct.secrets_manager))

    hasty = cache(lambda: Store(settings.table, HASTY, direct.dynamodb))
    counter = cache(lambda: PostCounter(hasty()))

    @cache
    def counts() -> "RefusalCounts":
        from shared.aws.refusal_counts import RefusalCounts

        return RefusalCounts(hasty())

    return Services(table, Networks(table), links, Schools(table), RecentPeople(), counter, counts)


class Post(NamedTuple):
    """A post of a network that takes them: who sends it, and how it reads."""

    request: Request
    client: Client
    network: Network
    reading: FormReading
    draft: Draft


@logged_http_function("submit")
def handler(request: Request) -> LoggedResponse:
    """Show our form, or register a post."""
    logged = _join(request) if "token" in request.parameters else _registrations(request)
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
        return _refused(request, _unreadable(unreadable))
    return _logged(responses.again(client_of(request), _why(error), answers), "unavailable")


def _answer(request: Request, network: Network | None, allowed: Sequence[Network]) -> LoggedResponse:
    try:
        if request.method == "OPTIONS":
            return _preflight(request, network, allowed)
        if request.method in ("GET", "HEAD"):
            return _form(request, network)
        return _take(request, network)
    except (RequestRefusedError, UnavailableError) as error:
        return _refused(request, error, network)


def _preflight(request: Request, network: Network | None, allowed: Sequence[Network]) -> LoggedResponse:
    """Let scripts of listed sites post, with the headers they ask; other sites are counted."""
    if cors.is_accepted_origin(request, allowed):
        return _logged(cors.preflight("POST", request), "preflight")
    if network:
        _count(lambda counts: count_site(network, request, services().counter(), counts))
    raise RequestRefusedError(refusals.FOREIGN_ORIGIN)


def _form(request: Request, network: Network | None) -> LoggedResponse:
    """Show our own form, filled in from the query: a form without a method sends everything there."""
    if network is None:
        raise RequestRefusedError(refusals.UNKNOWN_NETWORK)
    refuse_outside_window(network, request.at)
    typed = draft_of(read_form(read_pairs(request.query.items()), form_map(network.form)))
    response = responses.form(request, network, _guard(request, network).with_time_shown(typed))
    return _logged(response, "form", network)


def _take(request: Request, network: Network | None) -> LoggedResponse:
    """Judge a post in the order in which it can be judged: body, network, window, content."""
    client = client_of(request)
    try:
        body = decode(request)
    except UnreadableBodyError as error:
        return _unreadable_post(request, client, network, error)
    if network is None:
        raise RequestRefusedError(refusals.UNKNOWN_NETWORK)
    reading = read_form(body.answers, form_map(network.form))
    draft = _with_files(draft_of(reading), body)
    # Only a forwarded link can bring somebody after the deadline to a network that takes nobody late.
    refuse_outside_window(network, request.at, repairs=bool(draft.values.get("forward")))
    if client is not Client.BROWSER and body.answers and not reading.has_person:
        return _logged(responses.pinged(network), "ping", network)
    try:
        return _judge(Post(request, client, network, reading, draft))
    except (RequestRefusedError, UnavailableError) as error:
        return _refused(request, error, network, draft)


def _with_files(draft: Draft, body: DecodedBody) -> Draft:
    """Name the files that came along, and were dropped, among the fields that nobody knows."""
    files = {name[:64]: "(bestand)" for name in body.files[:5]}
    return replace(draft, extra={**draft.extra, **files}) if files else draft


def _unreadable_post(
    request: Request, client: Client, network: Network | None, error: UnreadableBodyError
) -> LoggedResponse:
    """Keep what a server sent that we cannot read; anybody else can send it again."""
    refusal = _unreadable(error)
    if network is None:
        return _refused(request, RequestRefusedError(refusals.UNKNOWN_NETWORK))
    if client is not Client.SERVER or isinstance(error, TooLargeBodyError):
        return _refused(request, refusal, network)
    refuse_outside_window(network, request.at)
    raw = Answer((("body",),), (body_of(request)[:2000].decode(errors="replace"),))
    return _kept(request, network, (raw,), KeptReason.UNREADABLE)


def _judge(post: Post) -> LoggedResponse:
    """Store a post that is valid; keep one that nobody at hand can mend."""
    judged = judge(post.client, post.network, post.reading, post.draft)
    return _invalid(post, judged) if isinstance(judged, InvalidPost) else _store(post, judged)


def _invalid(post: Post, invalid: InvalidPost) -> LoggedResponse:
    request, network = post.request, post.network
    answers = tuple(reading.answer for reading in post.reading.answers)
    if post.client is Client.SERVER:
        return _kept(request, network, answers, invalid.reason, invalid.wrong)
    is_kept = invalid.is_kept_for(post.client) and bool(
        keep(_guard(request, network), services().table, answers, invalid.reason, invalid.wrong)
    )
    refusal = RequestRefusedError(
        refusals.not_valid(field_messages(invalid.mistakes, phrases_of(network)), is_kept)
    )
    is_browser = post.client is Client.BROWSER
    typed = _guard(request, network).with_time_shown(post.draft) if is_browser else post.draft
    logged = _refused(request, refusal, network, typed)
    return logged._replace(message="kept" if is_kept else "not-valid")


def _kept(
    request: Request,
    network: Network,
    answers: Sequence[Answer],
    reason: KeptReason,
    wrong: Sequence[str] = (),
) -> LoggedResponse:
    reference = keep(_guard(request, network), services().table, answers, reason, wrong)
    if not reference:  # so many were kept that a robot must be at work
        raise RequestRefusedError(refusals.too_many(request.at))
    return _logged(responses.kept(network, reference), "kept", network)


def _store(post: Post, submission: Submission) -> LoggedResponse:
    request, network = post.request, post.network
    inviter = _inviter(submission.forward, request) if submission.forward else None
    inviter = inviter if inviter and inviter.network == network.id else None
    via, guard = inviter.reference if inviter else "", _guard(request, network)
    number = 1 + len(submission.colleagues)
    suspicion, unjudged = guard.suspicion(submission, lambda: frees(inviter, number, guard, services().table))
    origin = (
        request.headers.get("origin", "")
        if suspicion and not cors.is_accepted_origin(request, [network])
        else ""
    )
    new = entries(submission, network, PostMoment(request.at, secrets.token_hex(16)), via, suspicion, origin)
    new = tuple(replace(person, unjudged=unjudged, posted_from=guard.posted_from) for person in new)
    repaired, state = with_repairs(new, network, services().table, services().schools)
    people = services().table.register(repaired, guard.judge)
    receipt = Receipt(people[0].reference, state, bool(origin), submission.without_address)
    response = responses.stored(post.client, network, receipt)
    outcome = "quarantined" if suspicion else "late" if state is State.LATE else "stored"
    return _logged(response, outcome, network, len(people), post.draft.unknown)


def _join(request: Request) -> LoggedResponse:
    token = request.parameters["token"]
    network = None
    try:
        inviter = _inviter(token, request)
        network = services().networks.one(inviter.network if inviter else "", request.at)
        if not inviter or not network:
            raise RequestRefusedError(UNKNOWN_LINK)
        refuse_outside_window(network, request.at, _may_repair(inviter, network, request))
    except (RequestRefusedError, UnavailableError) as error:
        return _refused(request, error, network)
    filled_in = Draft({"school": inviter.school, "place": inviter.place, "forward": token})
    shown = _guard(request, network).with_time_shown(filled_in)
    return _logged(responses.form(request, network, shown), "form", network)


def _may_repair(inviter: Registration, network: Network, request: Request) -> bool:
    if not network.is_closed(request.at):
        return False
    table, knowledge = services().table, services().schools.at(request.at)
    stored = table.memberships.read_school(inviter, knowledge)
    if stored:
        return may_repair(network, stored.school, request.at)
    school = school_of(inviter.person_key, table.registrations(network.id), knowledge)
    return may_repair(network, school, request.at)


def _inviter(token: str, request: Request) -> Registration | None:
    """Return whose forward link this is; None for any that brings nobody."""
    return registrant_of(services().table, services().links().read_forward(token, request.at))


def _guard(request: Request, network: Network) -> RobotGuard:
    return RobotGuard(network, request, services().recent, services().counter, services().links)


def _refused(
    request: Request, error: Exception, network: Network | None = None, typed: Draft | None = None
) -> LoggedResponse:
    why, client = _why(error), client_of(request)
    response = responses.refused(client, why, network, typed, request)
    if network and client is Client.BROWSER and request.method == "POST":
        _count(lambda counts: counts.count(network.id, why.code, request.at))
    return _logged(response, why.code, network, 0, typed.unknown if typed else 0)


def _count(count: "Callable[[RefusalCounts], None]") -> None:
    try:
        count(services().refusal_counts())
    except UnavailableError:
        _LOG.warning("uncounted refusal")


def _unreadable(error: UnreadableBodyError) -> RequestRefusedError:
    return RequestRefusedError(
        refusals.TOO_LARGE if isinstance(error, TooLargeBodyError) else refusals.UNREADABLE
    )


def _why(error: Exception) -> Problem:
    return error.problem if isinstance(error, RequestRefusedError) else refusals.UNAVAILABLE


def _logged(
    response: Response, message: str, network: Network | None = None, people: int = 0, unknown: int = 0
) -> LoggedResponse:
    facts = {"network": network.id if network else "", "people": people, "unknown": unknown}
    return LoggedResponse(response, message, facts)
