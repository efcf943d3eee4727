"""The cookies of an organiser's browser, out of reach of scripts and of other sites: code and session."""

from datetime import timedelta

from shared.access.sign_in import LASTS, SESSION
from shared.http import Response
from shared.request import Request

# Browsers keep cookies with such a name only when they are Secure (RFC 6265bis, 4.1.3.1).
_SESSION, _CODE = "__Secure-tweetal", "__Secure-tweetal-code"


def session_of(request: Request) -> str:
    """Return the session that a browser sends; empty without one."""
    return _cookie(request, _SESSION)


def code_browser_of(request: Request) -> str:
    """Return what a browser kept when it requested a code; empty without that."""
    return _cookie(request, _CODE)


def with_code_browser(response: Response, kept: str, path: str) -> Response:
    """Return a response that makes a browser keep that it requested a code, as long as the code works."""
    return _with_cookie(response, _CODE, kept, path, LASTS)


def with_session(response: Response, session: str, path: str) -> Response:
    """Return a response that makes a browser keep a session for the pages below a path."""
    return _with_cookie(response, _SESSION, session, path, SESSION)


def without_session(response: Response, path: str) -> Response:
    """Return a response that makes a browser forget the session of a path."""
    return _with_cookie(response, _SESSION, "", path, timedelta())


def _cookie(request: Request, name: str) -> str:
    cookies = dict(cookie.split("=", 1) for cookie in request.cookies if "=" in cookie)
    return cookies.get(name, "")


def _with_cookie(response: Response, name: str, value: str, path: str, lasts: timedelta) -> Response:
    rules = f"Path={path}; Max-Age={int(lasts.total_seconds())}; HttpOnly; Secure; SameSite=Strict"
    return response | {"cookies": [f"{name}={value}; {rules}"]}
