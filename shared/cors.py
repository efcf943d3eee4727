"""Who may ask from where: origins, and what browsers must be told of them (Fetch, "CORS protocol")."""

import re
from collections.abc import Iterable, Mapping

from shared.domain.network.network import Network
from shared.http import Response, empty
from shared.request import Request

_DAY = 24 * 60 * 60
_HEADERS = re.compile(r"[A-Za-z0-9, _-]{1,500}")


def is_listed_origin(request: Request, networks: Iterable[Network]) -> bool:
    """Say whether one of these networks lists the origin of a request."""
    origin = request.headers.get("origin")
    return any(origin in network.form.origins for network in networks)


def is_accepted_origin(request: Request, networks: Iterable[Network]) -> bool:
    """Say whether a request may come from where it comes from.

    Without an origin it is no script on another site's page. Our own pages post to their own host. "null" is
    as no origin: the page hides where it stands, by its Referrer-Policy (Fetch, 3.2).
    """
    return (
        request.headers.get("origin") == "null"
        or not request.is_from_another_site
        or (is_listed_origin(request, networks))
    )


def headers(request: Request, networks: Iterable[Network]) -> Mapping[str, str]:
    """Return what stands on every answer, so that a page on a listed origin can read errors too."""
    if not is_listed_origin(request, networks):
        return {"vary": "origin"}
    return {
        "vary": "origin",
        "access-control-allow-origin": request.headers["origin"],
        "access-control-expose-headers": "retry-after",
    }


def preflight(method: str, request: Request) -> Response:
    """Answer a browser that asks, before a request that no plain form could make, whether it may.

    Any header may come along that a script of a listed site sets: we read the few that we know.
    """
    names = request.headers.get("access-control-request-headers", "")
    allowed = names if _HEADERS.fullmatch(names) else "content-type, accept"
    headers = {
        "access-control-allow-headers": allowed,
        "access-control-allow-methods": method,
        "access-control-max-age": str(_DAY),
    }
    return empty(204, headers)
