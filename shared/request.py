"""An HTTP request, read from the event of API Gateway (payload 2.0)."""

import base64
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Of our own forms, other than the registration form.
_MAX_FORM_BYTES, _MAX_FORM_FIELDS = 16 * 1024, 40


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
    cookies: tuple[str, ...] = ()  # as the browser sent them: name=value
    visitor: str = ""  # the client's IP address; never stored, never logged

    @property
    def content_type(self) -> str:
        """The declared type of the body; empty if none is declared."""
        return self.headers.get("content-type", "")

    @property
    def base_url(self) -> str:
        """The scheme and host at which this request reached us."""
        return f"{self.headers.get('x-forwarded-proto', 'https')}://{self.host}"

    @property
    def is_from_another_site(self) -> bool:
        """Whether a page on another host sent this: the origin "null" is one, a missing origin is not."""
        origin = self.headers.get("origin")
        return origin is not None and _host(origin) != self.host

    @property
    def is_from_our_page(self) -> bool:
        """Whether the browser names this very host as the origin."""
        return "origin" in self.headers and not self.is_from_another_site


def read_request(event: Mapping[str, Any]) -> Request:
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
        cookies=tuple(event.get("cookies") or ()),
        visitor=context["http"].get("sourceIp", ""),
    )


def posted_fields(
    request: Request, most_bytes: int = _MAX_FORM_BYTES, most_fields: int = _MAX_FORM_FIELDS
) -> dict[str, str]:
    """Return the fields that one of our own forms posted, the first of each name; none of any other post."""
    if request.content_type.partition(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        return {}
    if len(request.body) > most_bytes:
        return {}
    try:
        body = base64.b64decode(request.body, validate=True).decode() if request.is_base64 else request.body
        pairs = parse_qsl(body, keep_blank_values=True, errors="strict", max_num_fields=most_fields)
    except ValueError:
        return {}
    return dict(reversed(pairs))


def _host(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""
