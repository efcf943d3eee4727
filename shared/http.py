"""Responses in the form that API Gateway takes (payload 2.0), each with its security headers."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from shared.domain.network.parts import Language

Response = dict[str, Any]

# On every response: no cache, no frame, no sniffing, no index, no referrer elsewhere (OWASP Secure Headers).
_SECURE = {
    "cache-control": "no-store",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
    "content-language": "nl",
}
_NO_PAGE = {
    "content-security-policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
}


class FieldMessage(NamedTuple):
    """A mistake in a field, with its sentence for the person who filled it in."""

    field: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A reason to refuse a request (RFC 9457): a code for programs and a text in two languages for people."""

    status: int
    code: str
    title: str
    detail: str
    errors: tuple[FieldMessage, ...] = ()
    retry_after: int = 0  # seconds
    english: tuple[str, str] | None = None  # title and detail
    language: Language = "nl"

    def in_language(self, language: Language) -> "Problem":
        """Return this problem in a language; in Dutch if it has no English text."""
        if language == "nl" or not self.english:
            return self
        title, detail = self.english
        return replace(self, title=title, detail=detail, language=language)

    def with_advice(self, dutch: str, english: str) -> "Problem":
        """Return this problem under the same title, with other advice."""
        title = self.english[0] if self.english else self.title
        return replace(self, detail=dutch, english=(title, english))


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
    response = with_language(_json(refusal.status, document, "application/problem+json"), refusal.language)
    return with_retry_after(response, refusal)


def answer(status: int, document: Mapping[str, Any] | Sequence[Any]) -> Response:
    """Answer a program with JSON."""
    return _json(status, document, "application/json")


def page(status: int, html: str, form_to: str | None = None) -> Response:
    """Answer a person; `form_to` are the origins, besides our own, to which the page's form may lead.

    It is None for a page without a form. Chrome applies `form-action` to the redirect after a post too.
    """
    has_form = form_to is not None
    script = _source("script", html)
    policy = {
        "default-src": "'none'",
        **({"script-src": script} if script else {}),
        "style-src": _source("style", html) or "'none'",
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
    return {"statusCode": status, "headers": _SECURE | _language_header(html) | headers, "body": html}


def empty(status: int, headers: Mapping[str, str]) -> Response:
    """Answer with headers and no body."""
    return {"statusCode": status, "headers": {**_SECURE, **_NO_PAGE, **headers}, "body": ""}


def redirect(url: str) -> Response:
    """Send a browser to another page, which it then requests with GET."""
    return empty(303, {"location": url})


def file(name: str, content_type: str, content: bytes) -> Response:
    """Answer with a file that the browser saves."""
    headers = {"content-type": content_type, "content-disposition": f'attachment; filename="{name}"'}
    body = base64.b64encode(content).decode()
    return {
        "statusCode": 200,
        "headers": _SECURE | _NO_PAGE | headers,
        "body": body,
        "isBase64Encoded": True,
    }


def with_headers(response: Response, headers: Mapping[str, str]) -> Response:
    """Return a response with additional headers."""
    return response | {"headers": {**response["headers"], **headers}}


def with_language(response: Response, language: Language) -> Response:
    """Return a response with the header that names its language."""
    return with_headers(response, {"content-language": language})


def with_retry_after(response: Response, refusal: Problem) -> Response:
    """Return a response that says when to try again, if the problem is one that passes."""
    seconds = refusal.retry_after
    return with_headers(response, {"retry-after": str(seconds)}) if seconds else response


def _json(status: int, document: Mapping[str, Any] | Sequence[Any], media_type: str) -> Response:
    body = json.dumps(document, ensure_ascii=False)
    headers = _SECURE | _NO_PAGE | {"content-type": media_type}
    return {"statusCode": status, "headers": headers, "body": body}


def _language_header(html: str) -> dict[str, str]:
    match = re.search(r'<html lang="(\w+)"', html)
    return {"content-language": match[1]} if match else {}


def _source(tag: str, html: str) -> str:
    """Return the CSP source of the page's one style sheet or script (CSP 3, hash-source); "" without one."""
    text = re.search(f"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
    return f"'sha256-{base64.b64encode(hashlib.sha256(text[1].encode()).digest()).decode()}'" if text else ""
