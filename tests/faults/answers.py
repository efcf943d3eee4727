"""What can go wrong between us and AWS, made to happen on purpose, below botocore."""

import json
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import (
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)

from tests.engines import Around, Send

WRITES = frozenset({"PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems"})


class Faults:
    """What happens to the next requests that are of these operations; all that come after go well."""

    def __init__(self, planned: Iterable[Around], operations: Iterable[str] = WRITES) -> None:
        self._planned, self._operations = iter(planned), frozenset(operations)
        self.happened = 0

    def __call__(self, send: Send, request: Any) -> Any:
        fault = next(self._planned, None) if operation(request) in self._operations else None
        if fault is None:
            return send(request)
        self.happened += 1
        return fault(send, request)


class Died(BaseException):
    """Lambda's process is killed between two of its instructions."""


def refused(send: Send, request: Any) -> Any:
    """Nobody listens."""
    raise EndpointConnectionError(endpoint_url=request.url)


def unreachable(send: Send, request: Any) -> Any:
    """Nobody says whether anybody listens."""
    raise ConnectTimeoutError(endpoint_url=request.url)


def hangs(send: Send, request: Any) -> Any:
    """The request is not carried out, and no answer comes."""
    raise ReadTimeoutError(endpoint_url=request.url)


def cut_off(send: Send, request: Any) -> Any:
    """The request is not carried out, and the connection is closed."""
    raise ConnectionClosedError(endpoint_url=request.url)


def dies_before(send: Send, request: Any) -> Any:
    """Our process is killed before it asks."""
    raise Died


def answer_lost(send: Send, request: Any) -> Any:
    """The request is carried out, and its answer never comes."""
    send(request)
    raise ReadTimeoutError(endpoint_url=request.url)


def cut_off_after(send: Send, request: Any) -> Any:
    """The request is carried out, and the connection is closed before the answer."""
    send(request)
    raise ConnectionClosedError(endpoint_url=request.url)


def dies_after(send: Send, request: Any) -> Any:
    """The request is carried out, and our process is killed before it knows."""
    send(request)
    raise Died


def fails_after(send: Send, request: Any) -> Any:
    """The request is carried out, and the answer says that the server failed."""
    send(request)
    return _says(request, 500, "InternalServerError")


def garbled(send: Send, request: Any) -> Any:
    """The request is carried out, and something else answers: a proxy, in HTML."""
    send(request)
    return _answer(request, 200, b"<html>")


def says(code: str, status: int = 400, **more: Any) -> Around:
    """Return the fault that a request is not carried out, and that the answer has this code."""
    return lambda _, request: _says(request, status, code, **more)


def operation(request: Any) -> str:
    """Return what a request asks for."""
    target = request.headers.get("X-Amz-Target", b"")
    named = target.decode() if isinstance(target, bytes) else target
    return named.rpartition(".")[2] or "SendEmail"  # the only one that is asked by its path


def is_final(answer: Any) -> bool:
    """Say whether SES will never take this mail, whatever we mend."""
    body = json.loads(answer.content)
    code = body["__type"].rpartition("#")[2]
    return code in ("MessageRejected", "BadRequestException") and "verified" not in body.get("message", "")


def _says(request: Any, status: int, code: str, **more: Any) -> AWSResponse:
    body = {"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "Message": "on purpose", **more}
    return _answer(request, status, json.dumps(body).encode())


def _answer(request: Any, status: int, body: bytes) -> AWSResponse:
    headers = HTTPHeaders()
    headers["x-amzn-RequestId"] = f"on-purpose-{id(request)}"
    return AWSResponse(request.url, status, headers, _Raw(body))


class _Raw(BytesIO):
    def stream(self, **_: Any) -> Any:
        yield self.read()
