"""The clients of AWS: how long they wait and how often they retry. No other layer retries."""

from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, Any, Protocol
from zlib import crc32

import boto3
from botocore.config import Config
from botocore.session import get_session

from shared.aws.wire import UnavailableError, read_page
from shared.log import Handler

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_secretsmanager import SecretsManagerClient

CONNECT, READ = 1, 2  # seconds; an answer takes some hundredths of one
TRIES = 3  # the SDK's own, for throttling, server errors and answers that do not come
ENOUGH = 1000 * (CONNECT + READ + 2)  # milliseconds: one try, the wait before the next, and our own response
WAITS = (0.1, 0.2, 0.4)  # seconds at most, before we retry a write that met another transaction
CONFIG = Config(
    connect_timeout=CONNECT,
    read_timeout=READ,
    retries={"total_max_attempts": TRIES, "mode": "standard"},
    parameter_validation=False,  # our own code makes the requests, and DynamoDB judges them too
)
# For calls that a visitor need not wait for: one try, and we go on without an answer.
HASTE = 0.5  # seconds, to connect and to read
HASTY = Config(connect_timeout=HASTE, read_timeout=HASTE, retries={"total_max_attempts": 1})
# A transaction that failed for these reasons may succeed a moment later (DynamoDB API, TransactWriteItems).
_PASSING = frozenset({"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})


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


def dynamodb(config: Config = CONFIG) -> "DynamoDBClient":
    """Return a client that also retries transactions that meet, and reads many items in little time."""
    client = boto3.client("dynamodb", config=config)
    client.meta.events.register("needs-retry.dynamodb", _retry_delay)  # type: ignore[arg-type] # hooks may return a value
    client.meta.events.register("before-parse.dynamodb.Query", read_page)
    client.meta.events.register_first("before-send", _stop_without_time)
    return client


def secrets_manager() -> "SecretsManagerClient":
    """Return a client that reads the keys of our links."""
    client = boto3.client("secretsmanager", config=CONFIG)
    client.meta.events.register_first("before-send", _stop_without_time)
    return client


def object_store() -> Any:
    """Return a client that writes to S3, made past boto3, whose own part for S3 is not packed."""
    session: Any = get_session()
    plain = Config(request_checksum_calculation="when_required")  # TLS has sums of its own
    return session.create_client("s3", config=CONFIG.merge(plain))


def _stop_without_time(**_: Any) -> None:
    """Stop each try, a retry of the SDK too, whose answer may come after Lambda stops the function."""
    invocation = _INVOCATION.get()
    if invocation and invocation.get_remaining_time_in_millis() < ENOUGH:
        raise UnavailableError("no time left to ask")


def _retry_delay(attempts: int, response: Any, **_: Any) -> float | None:
    """Return how many seconds botocore waits before its next try; None leaves that to botocore."""
    if attempts > len(WAITS) or response is None or not _is_conflict(response[1]):
        return None
    # Both sides of a conflict must wait differently long; the id of a response is as good as random.
    answer = response[1]["ResponseMetadata"].get("RequestId", "")
    return WAITS[attempts - 1] * (crc32(answer.encode()) % 1000) / 1000


def _is_conflict(answer: Any) -> bool:
    code = answer.get("Error", {}).get("Code")
    if code == "TransactionCanceledException":
        reasons = {r.get("Code") for r in answer.get("CancellationReasons", ())} - {"None"}
        return bool(reasons) and reasons <= _PASSING
    return bool(code == "TransactionConflictException")
