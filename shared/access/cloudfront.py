"""CloudFront with WAF in front of the API, where an operator wants it: requests through it and around it."""

import hmac
from collections.abc import Mapping
from functools import wraps
from typing import Any

from shared.http import Problem, problem
from shared.log import Handler
from shared.settings import read_settings

# CloudFront adds these to each request (infra/template.yaml, Front); only we and it know the first one.
_SECRET, _HOST, _VIEWER = "x-tweetal-origin", "x-tweetal-host", "cloudfront-viewer-address"
_CLOSED = Problem(403, "around", "Deze weg is dicht", "Gebruik het gewone adres van deze website.")


def behind_cloudfront(handler: Handler) -> Handler:
    """Return a handler that restores what CloudFront changed, and can refuse requests that went around it."""

    @wraps(handler)
    def guarded(event: dict[str, Any], context: Any) -> dict[str, Any]:
        settings = read_settings()
        if not settings.origin_secret:
            return handler(event, context)
        headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
        if hmac.compare_digest(headers.get(_SECRET, "").encode(), settings.origin_secret.encode()):
            return handler(as_sent(event, headers), context)
        return problem(_CLOSED) if settings.around_front == "closed" else handler(event, context)

    return guarded


def as_sent(event: Mapping[str, Any], headers: Mapping[str, str]) -> dict[str, Any]:
    """Return an event with the visitor's own address and requested host in place of CloudFront's.

    The address comes with its port: "1.2.3.4:46532", "2001:db8::1:46532".
    """
    context = event["requestContext"]
    viewer = headers.get(_VIEWER, "").rpartition(":")[0].strip("[]")
    http = {**context["http"], "sourceIp": viewer}
    return {**event, "requestContext": {**context, "domainName": headers[_HOST], "http": http}}
