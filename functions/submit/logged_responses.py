"""An answer with what its one log line says: a word, the network, and how many people."""

from functions.submit import refusals, responses
from functions.submit.client import Client, client_of
from functions.submit.decode import TooLargeBodyError, UnreadableBodyError
from functions.submit.refusals import RequestRefusedError
from functions.submit.services import services
from shared.domain.form.draft import Draft
from shared.domain.network.network import Network
from shared.http import Problem, Response
from shared.http_function import LoggedResponse
from shared.request import Request


def refused(
    request: Request, error: Exception, network: Network | None = None, typed: Draft | None = None
) -> LoggedResponse:
    """Answer what is refused, with what was typed; what a browser was refused is counted for the report."""
    why, client = problem_of(error), client_of(request)
    response = responses.refused(client, why, network, typed, request)
    if network and client is Client.BROWSER and request.method == "POST":
        services().count_refusal(lambda counts: counts.count(network.id, why.code, request.at))
    return logged_response(response, why.code, network, 0, typed.unknown if typed else 0)


def problem_of(error: Exception) -> Problem:
    """Return what a visitor reads of an error that refused their post."""
    if isinstance(error, RequestRefusedError):
        return error.problem
    if isinstance(error, TooLargeBodyError):
        return refusals.TOO_LARGE
    return refusals.UNREADABLE if isinstance(error, UnreadableBodyError) else refusals.UNAVAILABLE


def logged_response(
    response: Response, message: str, network: Network | None = None, people: int = 0, unknown: int = 0
) -> LoggedResponse:
    """Return an answer and what its log line says; `unknown` is how many fields nobody knew."""
    facts = {"network": network.id if network else "", "people": people}
    return LoggedResponse(response, message, {**facts, "unknown": unknown} if unknown else facts)
