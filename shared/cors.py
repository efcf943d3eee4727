"""Cross-origin requests: which origins may make them, and the headers for browsers (Fetch, CORS protocol)."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping

from shared.domain.network.network import Network
from shared.http import Response, empty, problem, with_headers
from shared.problems import UNLISTED_ORIGIN
from shared.request import Request

_DAY = 24 * 60 * 60
_HEADERS = re.compile(r"[A-Za-z0-9, _-]{1,500}")


def is_listed_origin(request: Request, networks: Iterable[Network]) -> bool:
    """Say whether one of these networks lists the origin of a request."""
    origin = request.headers.get("origin")
    return any(origin in network.form.origins for network in networks)


def is_accepted_origin(request: Request, networks: Iterable[Network]) -> bool:
    """Say whether a request's origin may make it: our own host, a listed site, or none at all.

    Without an origin it is no script on another site's page. Our own pages post to their own host. "null" is
    as no origin: the page hides where it stands, by its Referrer-Policy (Fetch, 3.2).
    """
    return (
        request.headers.get("origin") == "null"
        or not request.is_from_another_site
        or (is_listed_origin(request, networks))
    )


def headers(request: Request, networks: Iterable[Network]) -> Mapping[str, str]:
    """Return the headers of every answer, with which a page on a listed origin can also read errors."""
    if not is_listed_origin(request, networks):
        return {"vary": "origin"}
    return {
        "vary": "origin",
        "access-control-allow-origin": request.headers["origin"],
        "access-control-expose-headers": "retry-after",
    }


def preflight(method: str, request: Request) -> Response:
    """Answer the question that a browser puts before a request that no plain form can make.

    A script of a listed site may send any header: we read the few that we know.
    """
    names = request.headers.get("access-control-request-headers", "")
    allowed = names if _HEADERS.fullmatch(names) else "content-type, accept"
    headers = {
        "access-control-allow-headers": allowed,
        "access-control-allow-methods": method,
        "access-control-max-age": str(_DAY),
    }
    return empty(204, headers)


def answer_script(
    request: Request, networks: Collection[Network], answer: Callable[[], Response]
) -> Response:
    """Answer a script's GET on a page of these networks, or its preflight; refuse any other site."""
    return with_headers(_answer(request, networks, answer), headers(request, networks))


def _answer(request: Request, networks: Collection[Network], answer: Callable[[], Response]) -> Response:
    if not is_accepted_origin(request, networks):
        is_english = bool(networks) and all(network.language == "en" for network in networks)
        return problem(UNLISTED_ORIGIN.in_language("en" if is_english else "nl"))
    return preflight("GET", request) if request.method == "OPTIONS" else answer()
