"""Reads a table's stream as Lambda does: in batches, with partial failures, retries and bisection."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

import boto3

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
    """Reads a table's stream as it grows."""

    def __init__(self, arn: str, region: str) -> None:
        self._client: Any = boto3.client("dynamodbstreams")
        self._arn, self._region = arn, region
        (shard,) = self._client.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
        self._shard = {"StreamArn": arn, "ShardId": shard["ShardId"]}
        self._from = {"ShardIteratorType": "TRIM_HORIZON"}

    def read(self, at: datetime) -> list[Record]:
        """Return the records since the last read, with the simulated time."""
        new: list[Record] = []
        while records := self._next():
            new += records
        # moto also records writes without a change; DynamoDB does not.
        changes = [r for r in new if r["dynamodb"].get("OldImage") != r["dynamodb"].get("NewImage")]
        return [self._as_lambda_event(record, at) for record in changes]

    def _next(self) -> list[Record]:
        # A new iterator each time: an old one still reads the records of a transaction that moto rolled back.
        iterator = self._client.get_shard_iterator(**self._shard, **self._from)["ShardIterator"]
        records: list[Record] = self._client.get_records(ShardIterator=iterator)["Records"]
        if records:
            last = records[-1]["dynamodb"]["SequenceNumber"]
            self._from = {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": last}
        return records

    def _as_lambda_event(self, record: Record, at: datetime) -> Record:
        change = record["dynamodb"] | {"ApproximateCreationDateTime": int(at.timestamp())}
        return record | {"awsRegion": self._region, "eventSourceARN": self._arn, "dynamodb": change}
