"""What can go wrong between us and AWS, made to happen on purpose, below botocore."""

import json
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import EndpointConnectionError, ReadTimeoutError

from tests.engines import Around, Send

WRITES = frozenset({"PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems"})


class Faults:
    """What happens to the next requests that are of these operations; all that come after go well."""

    def __init__(self, planned: Iterable[Around], operations: Iterable[str] = WRITES) -> None:
        self._planned, self._operations = iter(planned), frozenset(operations)
        self.happened = 0

    def __call__(self, send: Send, request: Any) -> Any:
        fault = next(self._planned, None) if _operation(request) in self._operations else None
        if fault is None:
            return send(request)
        self.happened += 1
        return fault(send, request)


def answer_lost(send: Send, request: Any) -> Any:
    """The request is carried out, and its answer never comes."""
    send(request)
    raise ReadTimeoutError(endpoint_url=request.url)


def hangs(send: Send, request: Any) -> Any:
    """The request is not carried out, and no answer comes."""
    raise ReadTimeoutError(endpoint_url=request.url)


def refused(send: Send, request: Any) -> Any:
    """Nobody listens."""
    raise EndpointConnectionError(endpoint_url=request.url)


def fails_after(send: Send, request: Any) -> Any:
    """The request is carried out, and the answer says that the server failed."""
    send(request)
    return _says(request, 500, "InternalServerError")


def says(code: str, status: int = 400, **more: Any) -> Around:
    """Return the fault that a request is not carried out, and that the answer has this code."""
    return lambda _, request: _says(request, status, code, **more)


def _says(request: Any, status: int, code: str, **more: Any) -> AWSResponse:
    body = json.dumps({"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "Message": "on purpose", **more})
    headers = HTTPHeaders()
    headers["x-amzn-RequestId"] = f"on-purpose-{id(request)}"
    return AWSResponse(request.url, status, headers, _Raw(body.encode()))


class _Raw(BytesIO):
    def stream(self, **_: Any) -> Any:
        yield self.read()


def _operation(request: Any) -> str:
    target = request.headers.get("X-Amz-Target", b"")
    named = target.decode() if isinstance(target, bytes) else target
    return named.rpartition(".")[2]
