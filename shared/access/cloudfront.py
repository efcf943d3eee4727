"""CloudFront with WAF before the API, where an operator wants it: who comes through it, and who around it."""

import hmac
from collections.abc import Mapping
from functools import wraps
from typing import Any

from shared.http import Problem, problem
from shared.log import Handler
from shared.settings import read_settings

# What CloudFront adds to each request (infra/template.yaml, Front); nobody else knows the first.
_SECRET, _HOST, _VIEWER = "x-tweetal-origin", "x-tweetal-host", "cloudfront-viewer-address"
_CLOSED = Problem(403, "around", "Deze weg is dicht", "Gebruik het gewone adres van deze website.")


def behind_cloudfront(handler: Handler) -> Handler:
    """Return a handler that sees what came through CloudFront as it was sent, and may take nothing else."""

    @wraps(handler)
    def guarded(event: dict[str, Any], context: Any) -> dict[str, Any]:
        told = read_settings()
        if not told.origin_secret:
            return handler(event, context)
        headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
        if hmac.compare_digest(headers.get(_SECRET, "").encode(), told.origin_secret.encode()):
            return handler(as_sent(event, headers), context)
        return problem(_CLOSED) if told.around_front == "closed" else handler(event, context)

    return guarded


def as_sent(event: Mapping[str, Any], headers: Mapping[str, str]) -> dict[str, Any]:
    """Return an event with the visitor's own address, and the host that they asked, in place of CloudFront's.

    The address comes with its port: "1.2.3.4:46532", "2001:db8::1:46532".
    """
    context = event["requestContext"]
    viewer = headers.get(_VIEWER, "").rpartition(":")[0].strip("[]")
    http = {**context["http"], "sourceIp": viewer}
    return {**event, "requestContext": {**context, "domainName": headers[_HOST], "http": http}}
