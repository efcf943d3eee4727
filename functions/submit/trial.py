"""A trial of a post: how it would be read and answered. Nothing is stored, counted or mailed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from functions.submit import refusals, responses
from functions.submit.client import Client, client_of
from functions.submit.decode import DecodedBody, TooLargeBodyError, UnreadableBodyError, decode
from functions.submit.judge import InvalidPost, is_ping, judge
from functions.submit.refusals import RequestRefusedError, refuse_outside_window
from functions.submit.responses import Receipt
from shared import cors
from shared.domain.actions.entries import expected_state
from shared.domain.form.draft import draft_of
from shared.domain.form.form_map import form_map
from shared.domain.form.reading import FormReading, read_form
from shared.domain.form.submission import FieldError, Submission
from shared.domain.network.network import Network
from shared.domain.registration.reason import ReasonCode
from shared.http import Problem, Response
from shared.pages.problems import field_messages
from shared.phrases.language import phrases_of
from shared.request import Request

# What tells each client from the others.
HEADERS_OF: Mapping[Client, Mapping[str, str]] = {
    Client.BROWSER: {"accept": "text/html", "sec-fetch-mode": "navigate"},
    Client.SCRIPT: {"accept": "*/*", "sec-fetch-mode": "cors"},
    Client.API: {"accept": "application/json"},
    Client.SERVER: {"accept": "*/*"},
}


class TrialOutcome(StrEnum):
    """What would become of a post."""

    REGISTERED = "registered"
    PUT_ASIDE = "put aside"
    KEPT = "kept"  # and not registered
    REFUSED = "refused"
    NOTHING = "nothing"  # there is nobody in it: a builder that tests its connection


@dataclass(frozen=True)
class PostTrial:
    """A post as it would be read, what is wrong with it, and what its client would get."""

    client: Client
    outcome: TrialOutcome
    response: Response
    reading: FormReading = field(default_factory=FormReading)
    files: tuple[str, ...] = ()
    mistakes: tuple[FieldError, ...] = ()
    lacking: tuple[str, ...] = ()  # the required fields that no answer is
    submission: Submission | None = None
    suspicion: ReasonCode | None = None
    problem: Problem | None = None  # why it is refused

    @property
    def status(self) -> int:
        """The status code that the client would get."""
        return int(self.response["statusCode"])


def try_post(request: Request, network: Network) -> PostTrial:
    """Read and judge a post at its own time as this function does, as far as the post alone tells."""
    client = client_of(request)
    try:
        body = decode(request)
    except UnreadableBodyError as error:
        return _unreadable(client, network, error)
    reading = read_form(body.answers, form_map(network.form))
    try:
        refuse_outside_window(network, request.at, repairs=bool(reading.values.get("forward")))
    except RequestRefusedError as error:
        return _refused(client, network, error.problem, body, reading)
    if is_ping(client, reading):
        return PostTrial(client, TrialOutcome.NOTHING, responses.pinged(network), reading, body.files)
    submission = judge(client, network, reading, draft_of(reading))
    if isinstance(submission, InvalidPost):
        return _invalid(client, network, submission, body, reading)
    suspicion = _suspicion(request, network, submission)
    receipt = Receipt(
        "",
        expected_state(network, request.at),
        suspicion is ReasonCode.UNLISTED_SITE,
        submission.without_address,
    )
    return PostTrial(
        client,
        TrialOutcome.PUT_ASIDE if suspicion else TrialOutcome.REGISTERED,
        responses.stored(client, network, receipt),
        reading,
        body.files,
        submission=submission,
        suspicion=suspicion,
    )


def trial_moment(network: Network, at: datetime) -> datetime:
    """Return an instant at which people can register: the given one, or else the opening."""
    return at if network.opens_at <= at < network.closes_at else network.opens_at


def _suspicion(request: Request, network: Network, submission: Submission) -> ReasonCode | None:
    """Return why a post is put aside; how many came from its address, one post does not tell."""
    if submission.website:
        return ReasonCode.HONEYPOT
    if network.abuse.proof_of_work and not submission.altcha and not submission.forward:
        return ReasonCode.NO_WORK
    return None if cors.is_accepted_origin(request, [network]) else ReasonCode.UNLISTED_SITE


def _unreadable(client: Client, network: Network, error: UnreadableBodyError) -> PostTrial:
    is_large = isinstance(error, TooLargeBodyError)
    if client is Client.SERVER and not is_large:
        return PostTrial(client, TrialOutcome.KEPT, responses.kept(network, ""), problem=refusals.UNREADABLE)
    why = refusals.TOO_LARGE if is_large else refusals.UNREADABLE
    return _refused(client, network, why, DecodedBody(()), FormReading())


def _refused(
    client: Client, network: Network, why: Problem, body: DecodedBody, reading: FormReading
) -> PostTrial:
    response = responses.refused(client, why, network)
    return PostTrial(client, TrialOutcome.REFUSED, response, reading, body.files, problem=why)


def _invalid(
    client: Client, network: Network, invalid: InvalidPost, body: DecodedBody, reading: FormReading
) -> PostTrial:
    is_kept = invalid.is_kept_for(client)
    why = refusals.not_valid(field_messages(invalid.mistakes, phrases_of(network)), is_kept)
    is_server = client is Client.SERVER
    return PostTrial(
        client,
        TrialOutcome.KEPT if is_kept else TrialOutcome.REFUSED,
        responses.kept(network, "") if is_server else responses.refused(client, why, network),
        reading,
        body.files,
        invalid.mistakes,
        invalid.lacking,
        problem=why,
    )
