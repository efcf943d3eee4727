"""Reads a table's stream as Lambda does: in batches, with partial failures, retries and bisection."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from moto.dynamodb.models import dynamodb_backends

from local.patterns import matches_any
from local.runtime import InvocationError
from local.template import StreamMapping

Record = dict[str, Any]
Invoke = Callable[[list[Record]], Any]


def deliver(records: Iterable[Record], mapping: StreamMapping, invoke: Invoke) -> list[Record]:
    """Pass records to a function in order and in batches; return those that failed at the last retry."""
    selected = [record for record in records if matches_any(mapping.patterns, record)]
    size = mapping.batch_size
    batches = [selected[start : start + size] for start in range(0, len(selected), size)]
    return [failed for batch in batches for failed in _deliver_batch(batch, mapping, invoke, mapping.retries)]


def _deliver_batch(batch: list[Record], mapping: StreamMapping, invoke: Invoke, retries: int) -> list[Record]:
    left = batch[_count_done(batch, mapping, invoke) :]
    if mapping.bisect and len(left) == len(batch) > 1:
        # A split does not count as a retry; repeated splits isolate a bad record.
        half = len(batch) // 2
        return [
            *_deliver_batch(batch[:half], mapping, invoke, retries),
            *_deliver_batch(batch[half:], mapping, invoke, retries),
        ]
    if not left or not retries:
        return left
    return _deliver_batch(left, mapping, invoke, retries - 1)


def _count_done(batch: Sequence[Record], mapping: StreamMapping, invoke: Invoke) -> int:
    """Run the function; count the records before the lowest sequence number that it reports as failed."""
    try:
        answer = invoke(list(batch))
    except InvocationError:
        return 0
    failures = (answer or {}).get("batchItemFailures") if mapping.partial else None
    if not failures:
        return len(batch)
    numbers = [record["dynamodb"]["SequenceNumber"] for record in batch]
    positions = [numbers.index(f["itemIdentifier"]) for f in failures if f.get("itemIdentifier") in numbers]
    # An identifier of no record fails the whole batch.
    return min(positions) if len(positions) == len(failures) else 0


class Stream:
    """Reads a table's stream as it grows, where moto keeps it: by its API each look takes two calls."""

    def __init__(self, arn: str) -> None:
        self._arn = arn
        *_, self._region, account, resource = arn.split(":", 5)
        self._backend, self._table = dynamodb_backends[account][self._region], resource.split("/")[1]

    def read(self, at: datetime) -> list[Record]:
        """Return the records since the last read, with the simulated time."""
        shard: Any = self._backend.tables[self._table].stream_shard
        records = [record.to_json() for record in shard.items]
        # Away with what was read: moto copies what is left at each transaction.
        shard.starting_sequence_number += len(records)
        shard.items = []
        # moto also records writes without a change; DynamoDB does not.
        changes = [r for r in records if r["dynamodb"].get("OldImage") != r["dynamodb"].get("NewImage")]
        return [self._as_lambda_event(record, at) for record in changes]

    def _as_lambda_event(self, record: Record, at: datetime) -> Record:
        change = record["dynamodb"] | {"ApproximateCreationDateTime": int(at.timestamp())}
        return record | {"awsRegion": self._region, "eventSourceARN": self._arn, "dynamodb": change}
