"""The cookie that holds an organiser's session, out of reach of scripts and of other sites."""

from datetime import timedelta

from shared.access.sign_in import SESSION
from shared.http import Response
from shared.request import Request

_NAME = "__Secure-tweetal"  # browsers keep such a cookie only when it is Secure (RFC 6265bis, 4.1.3.1)


def session_of(request: Request) -> str:
    """Return the session that a browser sends; empty without one."""
    cookies = dict(cookie.split("=", 1) for cookie in request.cookies if "=" in cookie)
    return cookies.get(_NAME, "")


def with_session(response: Response, session: str, path: str) -> Response:
    """Return a response that makes a browser keep a session for the pages below a path."""
    return _with_cookie(response, session, path, SESSION)


def without_session(response: Response, path: str) -> Response:
    """Return a response that makes a browser forget the session of a path."""
    return _with_cookie(response, "", path, timedelta())


def _with_cookie(response: Response, value: str, path: str, lasts: timedelta) -> Response:
    rules = f"Path={path}; Max-Age={int(lasts.total_seconds())}; HttpOnly; Secure; SameSite=Strict"
    return response | {"cookies": [f"{_NAME}={value}; {rules}"]}
