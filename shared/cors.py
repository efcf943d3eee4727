"""Cross-origin requests: which origins may make them, and the headers for browsers (Fetch, CORS protocol)."""

from collections.abc import Callable, Collection, Iterable, Mapping

from shared.domain.network.network import Network
from shared.http import Response, empty, problem, with_headers
from shared.problems import UNLISTED_ORIGIN
from shared.request import Request

_DAY = 24 * 60 * 60
_PREFLIGHT = {
    "access-control-allow-headers": "content-type, accept",
    "access-control-max-age": str(_DAY),
}


def is_listed_origin(request: Request, networks: Iterable[Network]) -> bool:
    """Say whether one of these networks lists the origin of a request."""
    origin = request.headers.get("origin")
    return any(origin in network.form.origins for network in networks)


def is_accepted_origin(request: Request, networks: Iterable[Network]) -> bool:
    """Say whether a request's origin may make it: our own host, a listed site, or none at all.

    A request without an origin is not a script on another site's page. The origin "null" is a sandboxed frame
    or a page that hides its address, and is not accepted.
    """
    return not request.is_from_another_site or is_listed_origin(request, networks)


def headers(request: Request, networks: Iterable[Network]) -> Mapping[str, str]:
    """Return the headers of every answer, with which a page on a listed origin can also read errors."""
    if not is_listed_origin(request, networks):
        return {"vary": "origin"}
    return {
        "vary": "origin",
        "access-control-allow-origin": request.headers["origin"],
        "access-control-expose-headers": "retry-after",
    }


def preflight(method: str) -> Response:
    """Answer the question that a browser puts before a request that no plain form can make."""
    return empty(204, _PREFLIGHT | {"access-control-allow-methods": method})


def answer_script(
    request: Request, networks: Collection[Network], answer: Callable[[], Response]
) -> Response:
    """Answer a script's GET on a page of these networks, or its preflight; refuse any other site."""
    return with_headers(_answer(request, networks, answer), headers(request, networks))


def _answer(request: Request, networks: Collection[Network], answer: Callable[[], Response]) -> Response:
    if not is_accepted_origin(request, networks):
        is_english = bool(networks) and all(network.language == "en" for network in networks)
        return problem(UNLISTED_ORIGIN.in_language("en" if is_english else "nl"))
    return preflight("GET") if request.method == "OPTIONS" else answer()
