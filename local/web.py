"""HTTP requests and responses as plain values."""

import json
from dataclasses import dataclass
from typing import Any

Headers = tuple[tuple[str, str], ...]


def header(headers: Headers, name: str) -> str:
    """Return a header's value, its duplicates joined by commas (RFC 9110, 5.3); empty if there is none."""
    return ",".join(value for key, value in headers if key.lower() == name.lower())


@dataclass(frozen=True, slots=True)
class RawRequest:
    """A request as it arrives; `target` is the path with its query, still percent-encoded."""

    method: str
    target: str
    headers: Headers = ()
    body: bytes = b""
    client: str = "127.0.0.1"

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """The query, still percent-encoded."""
        return self.target.partition("?")[2]

    def header(self, name: str) -> str:
        """Return a header's value; the case of its name does not matter."""
        return header(self.headers, name)


@dataclass(frozen=True, slots=True)
class Response:
    """A response as it leaves."""

    status: int
    headers: Headers = ()
    body: bytes = b""

    def header(self, name: str) -> str:
        """Return a header's value; the case of its name does not matter."""
        return header(self.headers, name)

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    def json(self) -> Any:
        """Return the body as JSON."""
        return json.loads(self.body)


def json_response(status: int, value: Any) -> Response:
    """Return a JSON response."""
    return Response(
        status, (("content-type", "application/json"),), json.dumps(value, ensure_ascii=False).encode()
    )


def html_response(html: str, status: int = 200) -> Response:
    """Return an HTML response."""
    return Response(status, (("content-type", "text/html; charset=utf-8"),), html.encode())


def see_other(location: str) -> Response:
    """Return a redirect after a POST (RFC 9110, 15.4.4)."""
    return Response(303, (("location", location),))
