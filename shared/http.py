"""Answers as API Gateway takes them (payload 2.0), each with the headers that keep it safe."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from shared.domain.form.submission import FieldError
from shared.domain.network.parts import Language

Response = dict[str, Any]

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


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a request is refused (RFC 9457): `code` for a program, the rest for people, also in English."""

    status: int
    code: str
    title: str
    detail: str
    errors: tuple[FieldError, ...] = ()
    retry_after: int = 0  # seconds
    english: tuple[str, str] | None = None  # its title and detail
    language: Language = "nl"

    def said_in(self, language: Language) -> "Problem":
        """Return this problem in a language, as far as it knows it."""
        if language == "nl" or not self.english:
            return self
        title, detail = self.english
        return replace(self, title=title, detail=detail, language=language)


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
    said = spoken(_json(refusal.status, document, "application/problem+json"), refusal.language)
    return retrying(said, refusal)


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
    return {"statusCode": status, "headers": _SECURE | _language(html) | headers, "body": html}


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


def with_headers(response: Response, headers: Mapping[str, str]) -> Response:
    """Return a response with more headers."""
    return response | {"headers": {**response["headers"], **headers}}


def spoken(response: Response, language: Language) -> Response:
    """Return a response that says which language it is in."""
    return with_headers(response, {"content-language": language})


def retrying(response: Response, why: Problem) -> Response:
    """Return a response that says when to try again, where that helps."""
    return with_headers(response, {"retry-after": str(why.retry_after)}) if why.retry_after else response


def _json(status: int, document: Mapping[str, Any] | Sequence[Any], media_type: str) -> Response:
    body = json.dumps(document, ensure_ascii=False)
    headers = _SECURE | _NO_PAGE | {"content-type": media_type}
    return {"statusCode": status, "headers": headers, "body": body}


def _language(html: str) -> dict[str, str]:
    said = re.search(r'<html lang="(\w+)"', html)
    return {"content-language": said[1]} if said else {}


def _style_source(html: str) -> str:
    """Allow the one style sheet that stands in the page's head, and no other (CSP 3, hash-source)."""
    sheet = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    if not sheet:
        return "'none'"
    return f"'sha256-{base64.b64encode(hashlib.sha256(sheet[1].encode()).digest()).decode()}'"
