"""How AWS is asked: how long we wait, and how often a question is put again. No other layer tries again."""

from typing import TYPE_CHECKING, Any
from zlib import crc32

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

CONNECT, READ = 1, 2  # seconds; an answer takes some hundredths
TRIES = 3  # the SDK's own, for throttling, errors of the server and answers that do not come
WAITS = (0.1, 0.2, 0.4)  # seconds at most, before a write that met another transaction is tried again
CONFIG = Config(
    connect_timeout=CONNECT, read_timeout=READ, retries={"total_max_attempts": TRIES, "mode": "standard"}
)
# Why a transaction was not carried out now and may be the next moment (DynamoDB API, TransactWriteItems).
_PASSING = frozenset({"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})


def dynamodb() -> "DynamoDBClient":
    """Return a client whose retries also know of transactions that meet, which the SDK gives up on."""
    client = boto3.client("dynamodb", config=CONFIG)
    client.meta.events.register("needs-retry.dynamodb", _gives_way)  # type: ignore[arg-type] # hooks may answer
    return client


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
