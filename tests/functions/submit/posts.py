"""Posts as API Gateway hands them over."""

import base64
import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

SITE = "https://www.voortgezetleren.nl"
OPEN = datetime(2023, 3, 20, 8, tzinfo=UTC)
LAST = datetime(2023, 4, 14, 21, 59, 59, 900_000, tzinfo=UTC)  # 14 April, 23:59:59.9 in Amsterdam
TOO_LATE = datetime(2023, 4, 14, 22, tzinfo=UTC)
TOO_EARLY = datetime(2023, 1, 31, 22, 59, 59, 999_000, tzinfo=UTC)

JAN = {"name": "Jan de Vries", "email": "jan@berg.example", "school": "Bergcollege"}
URLENCODED = "application/x-www-form-urlencoded"


def event(
    body: str | bytes = "",
    content_type: str | None = "application/json",
    *,
    at: datetime = OPEN,
    request_id: str = "request-1",
    network: str = "plg-2023",
    method: str = "POST",
    visitor: str = "127.0.0.1",
    **headers: str,
) -> dict[str, Any]:
    """Return the event of a post; bytes come as base64, as a real HTTP API hands over what is no text."""
    typed = {} if content_type is None else {"content-type": content_type}
    return {
        "version": "2.0",
        "routeKey": f"{method} /networks/{{network}}/registrations",
        "rawPath": f"/networks/{network}/registrations",
        "headers": typed | headers,
        "requestContext": {
            "domainName": "api.example",
            "http": {"method": method, "path": f"/networks/{network}/registrations", "sourceIp": visitor},
            "requestId": request_id,
            "timeEpoch": round(at.timestamp() * 1000),
        },
        "pathParameters": {"network": network},
        "body": base64.b64encode(body).decode() if isinstance(body, bytes) else body,
        "isBase64Encoded": isinstance(body, bytes),
    }


def json_post(fields: object = JAN, **others: Any) -> dict[str, Any]:
    """Return the post of a program that asks for JSON."""
    return event(json.dumps(fields), **{"accept": "application/json", **others})


def form_post(fields: Any = JAN, **others: Any) -> dict[str, Any]:
    """Return a browser's post of a form."""
    return event(urlencode(fields).encode(), URLENCODED, accept="text/html,*/*;q=0.8", **others)


def multipart(parts: dict[str, str], boundary: str = "----WebKitFormBoundary7MA4YWxkTrZu0gW") -> bytes:
    """Return a multipart body as browsers write it."""
    lines = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in parts.items()
    ]
    return ("".join(lines) + f"--{boundary}--\r\n").encode()


MULTIPART = "multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW"


def join(token: str, at: datetime = OPEN) -> dict[str, Any]:
    """Return the event of somebody who opens a forwarded link."""
    opened = event(content_type=None, method="GET", at=at, accept="text/html")
    return opened | {"routeKey": "GET /join/{token}", "pathParameters": {"token": token}}
