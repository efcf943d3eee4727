"""HTTP as API Gateway hands it over and takes it back (payload 2.0): requests read, responses made."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from shared.domain.submission import FieldError

Response = dict[str, Any]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# On every answer: nothing is kept, framed, sniffed, indexed or told to another site (OWASP Secure Headers).
_SECURE = {
    "cache-control": "no-store",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
    "content-language": "nl",
}
_NO_PAGE = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
}


class Request(NamedTuple):
    """One request; `at` is the instant at which the gateway received it, the only clock that counts."""

    method: str
    host: str
    headers: Mapping[str, str]
    parameters: Mapping[str, str]
    query: Mapping[str, str]
    body: str
    is_base64: bool
    id: str
    at: datetime
    cookies: Mapping[str, str] = {}

    @property
    def content_type(self) -> str:
        """The declared type of the body; empty when none is declared."""
        return self.headers.get("content-type", "")

    @property
    def base_url(self) -> str:
        """Where this request reached us."""
        return f"{self.headers.get('x-forwarded-proto', 'https')}://{self.host}"

    @property
    def from_elsewhere(self) -> bool:
        """Whether a page on another host sent this; "null" is nobody, no origin is no script."""
        origin = self.headers.get("origin")
        return origin is not None and _host(origin) != self.host

    @property
    def is_from_our_page(self) -> bool:
        """Whether a browser says that a page of this very host made this request."""
        return "origin" in self.headers and not self.from_elsewhere

    @property
    def wants_json(self) -> bool:
        """Whether a program asks: it accepts JSON by name, or posts it."""
        accepts = "application/json" in self.headers.get("accept", "").lower()
        return accepts or self.content_type.partition(";")[0].strip().lower() == "application/json"


def request(event: Mapping[str, Any]) -> Request:
    """Read a payload 2.0 event (API Gateway, "Working with AWS Lambda proxy integrations for HTTP APIs")."""
    context = event["requestContext"]
    return Request(
        method=context["http"]["method"],
        host=context["domainName"],
        headers={name.lower(): value for name, value in (event.get("headers") or {}).items()},
        parameters=event.get("pathParameters") or {},
        query=event.get("queryStringParameters") or {},
        body=event.get("body") or "",
        is_base64=bool(event.get("isBase64Encoded")),
        id=context["requestId"],
        at=_EPOCH + timedelta(milliseconds=context["timeEpoch"]),
        cookies=dict(cookie.split("=", 1) for cookie in event.get("cookies") or () if "=" in cookie),
    )


def posted(asked: Request, most: int = 16 * 1024, fields: int = 40) -> dict[str, str]:
    """Return the fields that one of our own forms posted, the first of each; none of any other post."""
    if asked.content_type.partition(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        return {}
    if len(asked.body) > most:
        return {}
    try:
        body = base64.b64decode(asked.body, validate=True).decode() if asked.is_base64 else asked.body
        pairs = parse_qsl(body, keep_blank_values=True, errors="strict", max_num_fields=fields)
    except ValueError:
        return {}
    return dict(reversed(pairs))


def _host(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a request is refused (RFC 9457), in Dutch; `code` is what a program goes by."""

    status: int
    code: str
    title: str
    detail: str
    errors: tuple[FieldError, ...] = ()
    retry_after: int = 0  # seconds


def problem(refusal: Problem) -> Response:
    """Answer a program with a problem document; its type is relative to our own address (RFC 9457, 3.1.1)."""
    document: dict[str, Any] = {
        "type": f"/problems/{refusal.code}",
        "title": refusal.title,
        "status": refusal.status,
        "detail": refusal.detail,
    }
    if refusal.errors:
        document["errors"] = [error._asdict() for error in refusal.errors]
    return _json(refusal.status, document, "application/problem+json")


def answer(status: int, document: Mapping[str, Any] | Sequence[Any]) -> Response:
    """Answer a program."""
    return _json(status, document, "application/json")


def page(status: int, html: str, form_to: str | None = None) -> Response:
    """Answer a person; `form_to` are the origins, besides our own, that the page's form may lead to.

    A page without a form has None. Chrome holds the redirect after a post to `form-action` too.
    """
    has_form = form_to is not None
    policy = {
        "default-src": "'none'",
        "style-src": _style_source(html),
        "form-action": f"'self' {form_to}".strip() if has_form else "'none'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }
    headers = {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        # With no-referrer a browser posts our own form with `Origin: null`, which nobody lists (Fetch, 3.2).
        "referrer-policy": "same-origin" if has_form else "no-referrer",
    }
    return {"statusCode": status, "headers": _SECURE | headers, "body": html}


def download(name: str, media_type: str, content: str) -> Response:
    """Answer with a file to keep."""
    headers = {"content-type": media_type, "content-disposition": f'attachment; filename="{name}"'}
    return empty(200, headers) | {"body": content}


def empty(status: int, headers: Mapping[str, str]) -> Response:
    """Answer with headers only."""
    return {"statusCode": status, "headers": {**_SECURE, **_NO_PAGE, **headers}, "body": ""}


def redirect(url: str) -> Response:
    """Send a browser to another page, which it gets with GET."""
    return empty(303, {"location": url})


def file(name: str, content_type: str, content: bytes) -> Response:
    """Answer with a file to keep."""
    headers = {"content-type": content_type, "content-disposition": f'attachment; filename="{name}"'}
    body = base64.b64encode(content).decode()
    return {
        "statusCode": 200,
        "headers": _SECURE | _NO_PAGE | headers,
        "body": body,
        "isBase64Encoded": True,
    }


def with_cookie(response: Response, name: str, value: str, path: str, lasts: timedelta) -> Response:
    """Return a response that has a browser keep a cookie, out of reach of scripts and of other sites."""
    rules = f"Path={path}; Max-Age={int(lasts.total_seconds())}; HttpOnly; Secure; SameSite=Strict"
    return response | {"cookies": [f"{name}={value}; {rules}"]}


def with_headers(response: Response, headers: Mapping[str, str]) -> Response:
    """Return a response with more headers."""
    return response | {"headers": {**response["headers"], **headers}}


def _json(status: int, document: Mapping[str, Any] | Sequence[Any], media_type: str) -> Response:
    body = json.dumps(document, ensure_ascii=False)
    headers = _SECURE | _NO_PAGE | {"content-type": media_type}
    return {"statusCode": status, "headers": headers, "body": body}


def _style_source(html: str) -> str:
    """Allow the one style sheet that stands in the page's head, and no other (CSP 3, hash-source)."""
    sheet = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    if not sheet:
        return "'none'"
    return f"'sha256-{base64.b64encode(hashlib.sha256(sheet[1].encode()).digest()).decode()}'"
