"""API Gateway's HTTP API without sockets: requests become payload 2.0 events, answers become responses."""

import base64
import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote

from local.template import Route
from local.web import Request, Response, as_json

# Quota of HTTP APIs: the largest payload.
LARGEST_BODY = 10 * 1024 * 1024
NOT_FOUND = as_json(404, {"message": "Not Found"})
TOO_LARGE = as_json(413, {"message": "Request Entity Too Large"})
FAILED = as_json(500, {"message": "Internal Server Error"})

# The only types that a real HTTP API hands over as text; a urlencoded form is not one of them.
_TEXT = re.compile(r"(text/.*|application/(json|xml|javascript))", re.IGNORECASE)


class Match(NamedTuple):
    """The route that takes a request, and what its path parameters are."""

    route: Route
    parameters: Mapping[str, str]


def match(routes: Iterable[Route], method: str, path: str) -> Match | None:
    """Find the route of a request; a fixed path wins from one with parameters, a method from ANY."""
    found = [
        Match(route, {name: unquote(value) for name, value in hit.groupdict().items()})
        for route in routes
        if route.method in (method, "ANY") and (hit := _pattern(route.path).fullmatch(path))
    ]
    return min(found, key=lambda m: (len(m.parameters), m.route.method == "ANY"), default=None)


def _pattern(path: str) -> re.Pattern[str]:
    literal = re.escape(path).replace(r"\{", "{").replace(r"\}", "}")
    greedy = re.sub(r"{(\w+)\\\+}", r"(?P<\1>.+)", literal)  # {page+} takes every part that is left
    return re.compile(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", greedy))


def event(request: Request, found: Match, now: datetime, request_id: str) -> dict[str, Any]:
    """Build the payload 2.0 event; `now` is the instant at which the gateway received the request."""
    path = unquote(request.path)  # a real HTTP API decodes rawPath too, whatever its name says
    headers = _headers(request)
    cookies = [c.strip() for c in request.header("cookie").split(";") if c.strip()]
    return {
        "version": "2.0",
        "routeKey": f"{found.route.method} {found.route.path}",
        "rawPath": path,
        "rawQueryString": request.query,
        **({"cookies": cookies} if cookies else {}),
        "headers": headers,
        **({"queryStringParameters": _query(request.query)} if request.query else {}),
        "requestContext": _context(request, found.route, path, headers, now, request_id),
        **({"pathParameters": dict(found.parameters)} if found.parameters else {}),
        **_body(request),
    }


def _headers(request: Request) -> dict[str, str]:
    port = request.header("host").partition(":")[2]
    names = {name.lower() for name, _ in request.headers} - {"cookie", "connection"}
    return {name: request.header(name) for name in sorted(names)} | {
        "x-forwarded-for": request.client,
        "x-forwarded-port": port or "80",
        "x-forwarded-proto": "http",
    }


def _query(query: str) -> dict[str, str]:
    joined: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        joined[name] = f"{joined[name]},{value}" if name in joined else value
    return joined


def _context(
    request: Request, route: Route, path: str, headers: Mapping[str, str], now: datetime, request_id: str
) -> dict[str, Any]:
    host = headers.get("host", "localhost")
    return {
        "accountId": "123456789012",
        "apiId": "local",
        "domainName": host,
        "domainPrefix": host.partition(".")[0],
        "http": {
            "method": request.method,
            "path": path,
            "protocol": "HTTP/1.1",
            "sourceIp": request.header("x-local-visitor") or request.client,
            "userAgent": headers.get("user-agent", ""),
        },
        "requestId": request_id,
        "routeKey": f"{route.method} {route.path}",
        "stage": "$default",
        "time": now.strftime("%d/%b/%Y:%H:%M:%S %z"),
        "timeEpoch": round(now.timestamp() * 1000),
    }


def _body(request: Request) -> dict[str, Any]:
    if not request.body:
        return {"isBase64Encoded": False}
    media_type = request.header("content-type").partition(";")[0].strip()
    if _TEXT.fullmatch(media_type):
        try:
            return {"body": request.body.decode(), "isBase64Encoded": False}
        except UnicodeDecodeError:
            pass  # what the real gateway does with other charsets is not documented; bytes lose nothing
    return {"body": base64.b64encode(request.body).decode(), "isBase64Encoded": True}


def response(answer: Any) -> Response:
    """Turn a function's answer into a response; one without `statusCode` is itself the JSON body."""
    if not isinstance(answer, dict) or "statusCode" not in answer:
        return as_json(200, answer)
    body = answer.get("body") or ""
    text = body if isinstance(body, str) else json.dumps(body)
    headers = {name.lower(): str(value) for name, value in (answer.get("headers") or {}).items()}
    cookies = [("set-cookie", cookie) for cookie in answer.get("cookies") or []]
    return Response(
        status=int(answer["statusCode"]),
        headers=(*({"content-type": "text/plain; charset=utf-8"} | headers).items(), *cookies),
        body=base64.b64decode(text) if answer.get("isBase64Encoded") else text.encode(),
    )
