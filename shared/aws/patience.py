"""How long we wait for AWS and how often we retry, whichever client asks. No other layer retries."""

from contextvars import ContextVar
from functools import wraps
from http import HTTPStatus
from random import random
from typing import Any, NamedTuple, Protocol
from zlib import crc32

from shared.aws.wire import UnavailableError
from shared.log import Handler


class Patience(NamedTuple):
    """How many seconds one try may take to connect and to read, and how often a call is tried."""

    connect: float
    read: float
    tries: int


CONNECT, READ = 1, 2  # seconds; an answer takes some hundredths of one
TRIES = 3  # for throttling, server errors and answers that do not come
ENOUGH = 1000 * (CONNECT + READ + 2)  # milliseconds: one try, the wait before the next, and our own response
WAITS = (0.1, 0.2, 0.4)  # seconds at most, before we retry a write that met another transaction
PATIENT = Patience(CONNECT, READ, TRIES)
# For calls that a visitor need not wait for: one try, and we go on without an answer.
HASTE = 0.5  # seconds, to connect and to read
HASTY = Patience(HASTE, HASTE, 1)
# A transaction that failed for these reasons may succeed a moment later (DynamoDB API, TransactWriteItems).
_PASSING = frozenset({"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})

# A busy or failing service, for which a call of `shared/aws/direct.py` is tried again.
_THROTTLED = ("ProvisionedThroughputExceeded", "RequestLimitExceeded", "Throttling", "TransactionInProgress")
UNREADABLE = "Unreadable"  # our code for an answer of something in between, in HTML


class LambdaContext(Protocol):
    """What Lambda tells a handler about its invocation."""

    def get_remaining_time_in_millis(self) -> int:
        """Return how long the function may still run."""


_INVOCATION: ContextVar[LambdaContext | None] = ContextVar("invocation", default=None)


def stops_before_timeout(handler: Handler) -> Handler:
    """Return a handler that stops calling AWS in its last seconds, so that it still answers by itself."""

    @wraps(handler)
    def timed(event: dict[str, Any], context: Any) -> dict[str, Any]:
        token = _INVOCATION.set(context)
        try:
            return handler(event, context)
        finally:
            _INVOCATION.reset(token)

    return timed


def stop_without_time(**_: Any) -> None:
    """Stop each try, a retry too, whose answer may come after Lambda stops the function."""
    invocation = _INVOCATION.get()
    if invocation and invocation.get_remaining_time_in_millis() < ENOUGH:
        raise UnavailableError("no time left to ask")


def conflict_wait(attempts: int, answer: Any) -> float | None:
    """Return how many seconds to wait after a write that met a transaction; None for any other answer."""
    if attempts > len(WAITS) or not _is_conflict(answer):
        return None
    # Both sides of a conflict must wait differently long; the id of a response is as good as random.
    request_id = answer["ResponseMetadata"].get("RequestId", "")
    return WAITS[attempts - 1] * (crc32(request_id.encode()) % 1000) / 1000


def wait_before_next(attempt: int, tries: int, answer: Any) -> float | None:
    """Return how many seconds to wait before a call is tried again, as botocore does in its standard mode.

    None if it is not: AWS answered that it is wrong, or it was tried often. No answer may come the next time.
    """
    if answer and (wait := conflict_wait(attempt, answer)) is not None:
        return wait
    code = answer["Error"]["Code"] if answer else UNREADABLE
    is_throttled: bool = code.startswith(_THROTTLED)
    is_passing = (
        is_throttled
        or code == UNREADABLE
        or answer["ResponseMetadata"]["HTTPStatusCode"] >= HTTPStatus.INTERNAL_SERVER_ERROR
    )
    if attempt >= tries or not is_passing:
        return None
    most = 2 ** (attempt - 1) * (1 if is_throttled else 0.05)
    return float(most * random())  # noqa: S311 no secret # nosec B311


def _is_conflict(answer: Any) -> bool:
    code = answer.get("Error", {}).get("Code")
    if code == "TransactionCanceledException":
        reasons = {r.get("Code") for r in answer.get("CancellationReasons", ())} - {"None"}
        return bool(reasons) and reasons <= _PASSING
    return bool(code == "TransactionConflictException")
