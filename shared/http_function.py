"""The shell of a function that API Gateway calls: an event becomes a request, and its answer one log line."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, NamedTuple

from shared.access.cloudfront import behind_cloudfront
from shared.aws.patience import stops_before_timeout
from shared.aws.wire import UnavailableError
from shared.http import Response
from shared.log import Handler, hides_error_text, logger
from shared.request import Request, read_request

Answer = Callable[[Request], Response]


class LoggedResponse(NamedTuple):
    """A response, and the log line about it: a message with ids, counts and codes only."""

    response: Response
    message: str
    facts: Mapping[str, Any]


def http_function(service: str, message: str, unavailable: Answer) -> Callable[[Answer], Handler]:
    """Return a decorator that turns an answer into a handler; `unavailable` answers when AWS does not."""

    def decorate(answer: Answer) -> Handler:
        @logged_http_function(service)
        @wraps(answer)
        def logged(request: Request) -> LoggedResponse:
            try:
                response = answer(request)
            except UnavailableError:
                response = unavailable(request)
            return LoggedResponse(response, message, {"status": response["statusCode"]})

        return logged

    return decorate


def logged_http_function(service: str) -> Callable[[Callable[[Request], LoggedResponse]], Handler]:
    """Return the same decorator for a function that words its own log line and its own unavailability."""
    log = logger(service)

    def decorate(answer: Callable[[Request], LoggedResponse]) -> Handler:
        @hides_error_text
        @stops_before_timeout
        @behind_cloudfront
        @wraps(answer)
        def handler(event: dict[str, Any], _context: object) -> Response:
            logged = answer(read_request(event))
            log.info(logged.message, **logged.facts)
            return logged.response

        return handler

    return decorate
