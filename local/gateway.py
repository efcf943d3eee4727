"""API Gateway's HTTP API without sockets: requests become payload 2.0 events, answers become responses."""

import base64
import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote

from local.template import Route
from local.web import RawRequest, Response, json_response

# The largest payload of an HTTP API, in bytes (its quota).
LARGEST_BODY = 10 * 1024 * 1024
NOT_FOUND = json_response(404, {"message": "Not Found"})
TOO_LARGE = json_response(413, {"message": "Request Entity Too Large"})
FAILED = json_response(500, {"message": "Internal Server Error"})

# A real HTTP API passes only these types as text; a urlencoded form is not one of them.
_TEXT = re.compile(r"(text/.*|application/(json|xml|javascript))", re.IGNORECASE)


class RouteMatch(NamedTuple):
    """The route of a request, and its path parameters."""

    route: Route
    parameters: Mapping[str, str]


def match(routes: Iterable[Route], method: str, path: str) -> RouteMatch | None:
    """Return the route of a request; a fixed path wins over parameters, and a method over ANY."""
    candidates = [
        RouteMatch(route, {name: unquote(value) for name, value in fit.groupdict().items()})
        for route in routes
        if route.method in (method, "ANY") and (fit := _pattern(route.path).fullmatch(path))
    ]
    return min(candidates, key=lambda m: (len(m.parameters), m.route.method == "ANY"), default=None)


@cache
def _pattern(path: str) -> re.Pattern[str]:
    literal = re.escape(path).replace(r"\{", "{").replace(r"\}", "}")
    greedy = re.sub(r"{(\w+)\\\+}", r"(?P<\1>.+)", literal)  # {page+} takes the rest of the path
    return re.compile(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", greedy))


def event(request: RawRequest, match: RouteMatch, now: datetime, request_id: str) -> dict[str, Any]:
    """Return the payload 2.0 event; `now` is the instant at which the gateway receives the request."""
    path = unquote(request.path)  # a real HTTP API decodes rawPath, in spite of its name
    headers = _event_headers(request)
    cookies = [c.strip() for c in request.header("cookie").split(";") if c.strip()]
    return {
        "version": "2.0",
        "routeKey": f"{match.route.method} {match.route.path}",
        "rawPath": path,
        "rawQueryString": request.query,
        **({"cookies": cookies} if cookies else {}),
        "headers": headers,
        **({"queryStringParameters": _joined_query(request.query)} if request.query else {}),
        "requestContext": _request_context(request, match.route, path, headers, now, request_id),
        **({"pathParameters": dict(match.parameters)} if match.parameters else {}),
        **_event_body(request),
    }


def _event_headers(request: RawRequest) -> dict[str, str]:
    port = request.header("host").partition(":")[2]
    names = {name.lower() for name, _ in request.headers} - {"cookie", "connection"}
    return {name: request.header(name) for name in sorted(names)} | {
        "x-forwarded-for": request.client,
        "x-forwarded-port": port or "80",
        "x-forwarded-proto": "http",
    }


def _joined_query(query: str) -> dict[str, str]:
    joined: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        joined[name] = f"{joined[name]},{value}" if name in joined else value
    return joined


def _request_context(
    request: RawRequest, route: Route, path: str, headers: Mapping[str, str], now: datetime, request_id: str
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


def _event_body(request: RawRequest) -> dict[str, Any]:
    if not request.body:
        return {"isBase64Encoded": False}
    media_type = request.header("content-type").partition(";")[0].strip()
    if _TEXT.fullmatch(media_type):
        try:
            return {"body": request.body.decode(), "isBase64Encoded": False}
        except UnicodeDecodeError:
            pass  # AWS does not document other charsets; base64 loses nothing
    return {"body": base64.b64encode(request.body).decode(), "isBase64Encoded": True}


def response(answer: Any) -> Response:
    """Turn a function's answer into a response; an answer without `statusCode` is itself the JSON body."""
    if not isinstance(answer, dict) or "statusCode" not in answer:
        return json_response(200, answer)
    body = answer.get("body") or ""
    text = body if isinstance(body, str) else json.dumps(body)
    headers = {name.lower(): str(value) for name, value in (answer.get("headers") or {}).items()}
    cookies = [("set-cookie", cookie) for cookie in answer.get("cookies") or []]
    return Response(
        status=int(answer["statusCode"]),
        headers=(*({"content-type": "text/plain; charset=utf-8"} | headers).items(), *cookies),
        body=base64.b64decode(text) if answer.get("isBase64Encoded") else text.encode(),
    )
