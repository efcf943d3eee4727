"""One post of a network that takes them: decoded, read, judged, and stored, kept or refused."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from functions.submit import refusals, responses
from functions.submit.client import Client, client_of
from functions.submit.decode import DecodedBody, TooLargeBodyError, UnreadableBodyError, body_of, decode
from functions.submit.judge import InvalidPost, is_ping, judge
from functions.submit.keep import keep
from functions.submit.link_room import frees
from functions.submit.logged_responses import logged_response, refused
from functions.submit.refusals import RequestRefusedError, refuse_outside_window
from functions.submit.repair import with_repairs
from functions.submit.responses import Receipt
from functions.submit.services import services
from shared import cors
from shared.aws.wire import UnavailableError
from shared.domain.actions.entries import PostSource, entries
from shared.domain.form.answers import Answer
from shared.domain.form.draft import Draft, draft_of
from shared.domain.form.form_map import form_map
from shared.domain.form.kept_post import KeptReason
from shared.domain.form.reading import FormReading, read_form
from shared.domain.form.submission import Submission
from shared.domain.network.network import Network
from shared.domain.registration.registration import State
from shared.http_function import LoggedResponse
from shared.pages.problems import field_messages
from shared.phrases.language import phrases_of
from shared.request import Request


class Post(NamedTuple):
    """A post of a network that takes them: who sends it, and how it reads."""

    request: Request
    client: Client
    network: Network
    reading: FormReading
    draft: Draft


def take(request: Request, network: Network | None) -> LoggedResponse:
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
    if is_ping(client, reading):
        return logged_response(responses.pinged(network), "ping", network)
    try:
        return _judge(Post(request, client, network, reading, draft))
    except (RequestRefusedError, UnavailableError) as error:
        return refused(request, error, network, draft)


def _with_files(draft: Draft, body: DecodedBody) -> Draft:
    """Name the files that came along, and were dropped, among the fields that nobody knows."""
    files = {name[:64]: "(bestand)" for name in body.files[:5]}
    return replace(draft, extra={**draft.extra, **files}) if files else draft


def _unreadable_post(
    request: Request, client: Client, network: Network | None, error: UnreadableBodyError
) -> LoggedResponse:
    """Keep what a server sent that we cannot read; anybody else can send it again."""
    if network is None:
        return refused(request, RequestRefusedError(refusals.UNKNOWN_NETWORK))
    if client is not Client.SERVER or isinstance(error, TooLargeBodyError):
        return refused(request, error, network)
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
        keep(services().guard(request, network), services().table, answers, invalid.reason, invalid.wrong)
    )
    refusal = RequestRefusedError(
        refusals.not_valid(field_messages(invalid.mistakes, phrases_of(network)), is_kept)
    )
    is_browser = post.client is Client.BROWSER
    typed = services().guard(request, network).with_time_shown(post.draft) if is_browser else post.draft
    logged = refused(request, refusal, network, typed)
    return logged._replace(message="kept" if is_kept else "not-valid")


def _kept(
    request: Request,
    network: Network,
    answers: Sequence[Answer],
    reason: KeptReason,
    wrong: Sequence[str] = (),
) -> LoggedResponse:
    reference = keep(services().guard(request, network), services().table, answers, reason, wrong)
    if not reference:  # so many were kept that a robot must be at work
        raise RequestRefusedError(refusals.too_many(request.at))
    return logged_response(responses.kept(network, reference), "kept", network)


def _store(post: Post, submission: Submission) -> LoggedResponse:
    request, network = post.request, post.network
    inviter = services().inviter(submission.forward, request) if submission.forward else None
    inviter = inviter if inviter and inviter.network == network.id else None
    via, guard = inviter.reference if inviter else "", services().guard(request, network)
    number = 1 + len(submission.colleagues)
    suspicion, unjudged = guard.suspicion(submission, lambda: frees(inviter, number, guard, services().table))
    origin = (
        request.headers.get("origin", "")
        if suspicion and not cors.is_accepted_origin(request, [network])
        else ""
    )
    source = PostSource(request.at, secrets.token_hex(16), via, origin, unjudged, guard.posted_from)
    new = entries(submission, network, source, suspicion)
    repaired, state = with_repairs(new, network, services().table, services().schools)
    people = services().table.register(repaired, guard.judge)
    receipt = Receipt(people[0].reference, state, bool(origin), submission.without_address)
    response = responses.stored(post.client, network, receipt)
    outcome = "quarantined" if suspicion else "late" if state is State.LATE else "stored"
    return logged_response(response, outcome, network, len(people), post.draft.unknown)
