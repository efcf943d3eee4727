"""The secret with which a web site's own server proves that it is the network's: pasted once, never stored.

It follows from the keys of our links, the network and `form.secret_version`; raising that version revokes it.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shared.access.links import Links

# The headers in which form builders sign a body with HMAC-SHA256 (Typeform, Tally, WPForms and Webflow,
# "Webhooks"); WPForms and Webflow sign the time with it.
_SIGNATURES = ("typeform-signature", "tally-signature", "x-wpforms-webhook-signature", "x-webflow-signature")


def form_secrets(links: "Links", network: str, version: int) -> list[str]:
    """Return the secrets of a network's form, one for each key; the last one is handed out."""
    about = f"{network}\n{version}".encode()
    digests = (hmac.digest(key, about, hashlib.sha256) for key in links.keys("form-secret"))
    return [base64.b32encode(digest[:20]).decode().lower() for digest in digests]


def carries_secret(
    headers: Mapping[str, str], query: Mapping[str, str], body: bytes, secrets: Iterable[str]
) -> bool:
    """Say whether a request proves that its sender knows one of these secrets, plainly or by a signature."""
    given = [headers.get("x-tweetal-secret", ""), query.get("secret", "")]
    signatures = [headers[name] for name in _SIGNATURES if name in headers]
    return any(
        any(_is_same(text, secret) for text in given)
        or any(_is_signed(s, secret, headers, body) for s in signatures)
        for secret in secrets
    )


def may_carry_secret(headers: Mapping[str, str], query: Mapping[str, str]) -> bool:
    """Say whether a request has anything that could be a secret or a signature."""
    return "x-tweetal-secret" in headers or "secret" in query or any(name in headers for name in _SIGNATURES)


def _is_signed(signature: str, secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    parts = dict(part.strip().partition("=")[::2] for part in signature.split(",") if "=" in part)
    time = parts.get("t", headers.get("x-webflow-timestamp", ""))
    values = [signature.removeprefix("sha256="), parts.get("v", ""), parts.get("v1", "")]
    return any(
        _is_same(value, made)
        for message in _messages(time, body)
        for made in _signed(message, secret)
        for value in values
    )


def _messages(time: str, body: bytes) -> Iterator[bytes]:
    yield body
    if time:
        yield from (f"{time}{sign}".encode() + body for sign in (":", ".", ""))


def _signed(message: bytes, secret: str) -> tuple[str, str]:
    digest = hmac.digest(secret.encode(), message, hashlib.sha256)
    return digest.hex(), base64.b64encode(digest).decode()


def _is_same(given: str, expected: str) -> bool:
    return bool(given) and hmac.compare_digest(given.encode(), expected.encode())
