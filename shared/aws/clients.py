"""How AWS is asked: how long we wait, and how often a question is put again. No other layer tries again."""

from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, Any, Protocol
from zlib import crc32

import boto3
from botocore.config import Config

from shared.aws.wire import UnavailableError
from shared.log import Handler

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_secretsmanager import SecretsManagerClient

CONNECT, READ = 1, 2  # seconds; an answer takes some hundredths
TRIES = 3  # the SDK's own, for throttling, errors of the server and answers that do not come
ENOUGH = 1000 * (CONNECT + READ + 2)  # milliseconds: one try, the wait before the next, and our own answer
WAITS = (0.1, 0.2, 0.4)  # seconds at most, before a write that met another transaction is tried again
CONFIG = Config(
    connect_timeout=CONNECT, read_timeout=READ, retries={"total_max_attempts": TRIES, "mode": "standard"}
)
# For what a visitor need not wait for: asked once, and done without where no answer comes.
HASTE = 0.5  # seconds, to connect and to read
HASTY = Config(connect_timeout=HASTE, read_timeout=HASTE, retries={"total_max_attempts": 1})
# Why a transaction was not carried out now and may be the next moment (DynamoDB API, TransactWriteItems).
_PASSING = frozenset({"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})


class Context(Protocol):
    """What Lambda tells of an invocation."""

    def get_remaining_time_in_millis(self) -> int:
        """Return how long it may still take."""


_INVOCATION: ContextVar[Context | None] = ContextVar("invocation", default=None)


def stops_before_timeout(handler: Handler) -> Handler:
    """Return a handler that asks AWS nothing in its last seconds, so that it still answers by itself."""

    @wraps(handler)
    def timed(event: dict[str, Any], context: Any) -> dict[str, Any]:
        before = _INVOCATION.set(context)
        try:
            return handler(event, context)
        finally:
            _INVOCATION.reset(before)

    return timed


def dynamodb(config: Config = CONFIG) -> "DynamoDBClient":
    """Return a client whose retries also know of transactions that meet, which the SDK gives up on."""
    client = boto3.client("dynamodb", config=config)
    client.meta.events.register("needs-retry.dynamodb", _gives_way)  # type: ignore[arg-type] # hooks may answer
    client.meta.events.register_first("before-send", _in_time)
    return client


def secrets_manager() -> "SecretsManagerClient":
    """Return a client of what signs our links."""
    client = boto3.client("secretsmanager", config=CONFIG)
    client.meta.events.register_first("before-send", _in_time)
    return client


def _in_time(**_: Any) -> None:
    """Let no try begin, the SDK's own neither, of which the answer may come when the function is cut off."""
    invocation = _INVOCATION.get()
    if invocation and invocation.get_remaining_time_in_millis() < ENOUGH:
        raise UnavailableError("no time left to ask")


def _gives_way(attempts: int, response: Any, **_: Any) -> float | None:
    """Return how many seconds botocore waits before it tries again; None where this is not ours to say."""
    if attempts > len(WAITS) or response is None or not _met_another(response[1]):
        return None
    # A part of the wait that differs from that of whom we met: the id of an answer is as good as chance.
    answer = response[1]["ResponseMetadata"].get("RequestId", "")
    return WAITS[attempts - 1] * (crc32(answer.encode()) % 1000) / 1000


def _met_another(answer: Any) -> bool:
    code = answer.get("Error", {}).get("Code")
    if code == "TransactionCanceledException":
        reasons = {r.get("Code") for r in answer.get("CancellationReasons", ())} - {"None"}
        return bool(reasons) and reasons <= _PASSING
    return bool(code == "TransactionConflictException")
