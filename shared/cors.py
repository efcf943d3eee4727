"""Who may ask from where: origins, and what browsers must be told of them (Fetch, "CORS protocol")."""

from collections.abc import Iterable, Mapping

from shared.domain.network.network import Network
from shared.http import Response, empty
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
    """Say whether a request may come from where it comes from.

    Without an origin it is no script on another site's page. Our own pages post to their own host. "null" is
    nobody: a sandboxed frame, or a page that hides where it stands.
    """
    return not request.is_from_another_site or is_listed_origin(request, networks)


def headers(request: Request, networks: Iterable[Network]) -> Mapping[str, str]:
    """Return what stands on every answer, so that a page on a listed origin can read errors too."""
    if not is_listed_origin(request, networks):
        return {"vary": "origin"}
    return {
        "vary": "origin",
        "access-control-allow-origin": request.headers["origin"],
        "access-control-expose-headers": "retry-after",
    }


def preflight(method: str) -> Response:
    """Answer a browser that asks, before a request that no plain form could make, whether it may."""
    return empty(204, _PREFLIGHT | {"access-control-allow-methods": method})
