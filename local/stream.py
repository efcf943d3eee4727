"""How Lambda reads a table's stream: in batches, with partial failures, retries and bisection."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

import boto3

from local.patterns import wanted
from local.runtime import InvocationError
from local.template import StreamMapping

Record = dict[str, Any]
Invoke = Callable[[list[Record]], Any]


def deliver(records: Iterable[Record], mapping: StreamMapping, invoke: Invoke) -> list[Record]:
    """Hand records over in order and in batches; return those that were given up after the last retry."""
    passed = [record for record in records if wanted(mapping.patterns, record)]
    size = mapping.batch_size
    batches = [passed[at : at + size] for at in range(0, len(passed), size)]
    return [given_up for batch in batches for given_up in _settle(batch, mapping, invoke, mapping.retries)]


def _settle(batch: list[Record], mapping: StreamMapping, invoke: Invoke, retries: int) -> list[Record]:
    left = batch[_checkpoint(batch, mapping, invoke) :]
    if mapping.bisect and len(left) == len(batch) > 1:
        # Splitting a batch takes nothing of the retry quota; half by half the poison comes to stand alone.
        half = len(batch) // 2
        return [
            *_settle(batch[:half], mapping, invoke, retries),
            *_settle(batch[half:], mapping, invoke, retries),
        ]
    if not left or not retries:
        return left
    return _settle(left, mapping, invoke, retries - 1)


def _checkpoint(batch: Sequence[Record], mapping: StreamMapping, invoke: Invoke) -> int:
    """Count the records that are done: all before the lowest sequence number that the function reports."""
    try:
        answer = invoke(list(batch))
    except InvocationError:
        return 0
    failures = (answer or {}).get("batchItemFailures") if mapping.partial else None
    if not failures:
        return len(batch)
    numbers = [record["dynamodb"]["SequenceNumber"] for record in batch]
    places = [numbers.index(f["itemIdentifier"]) for f in failures if f.get("itemIdentifier") in numbers]
    # An identifier that is in no record fails the whole batch.
    return min(places) if len(places) == len(failures) else 0


class Stream:
    """Reads a table's stream as it grows."""

    def __init__(self, arn: str, region: str) -> None:
        self._client: Any = boto3.client("dynamodbstreams")
        self._arn, self._region = arn, region
        (shard,) = self._client.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
        self._shard = {"StreamArn": arn, "ShardId": shard["ShardId"]}
        self._from = {"ShardIteratorType": "TRIM_HORIZON"}

    def read(self, at: datetime) -> list[Record]:
        """Return the records since the last read, stamped with this machine's simulated time."""
        found: list[Record] = []
        while records := self._next():
            found += records
        # moto also records writes that change nothing; DynamoDB does not.
        changes = [r for r in found if r["dynamodb"].get("OldImage") != r["dynamodb"].get("NewImage")]
        return [self._as_lambda_sees_it(record, at) for record in changes]

    def _next(self) -> list[Record]:
        # A new iterator each time: when moto undoes a transaction, an old one keeps reading what was undone.
        iterator = self._client.get_shard_iterator(**self._shard, **self._from)["ShardIterator"]
        records: list[Record] = self._client.get_records(ShardIterator=iterator)["Records"]
        if records:
            last = records[-1]["dynamodb"]["SequenceNumber"]
            self._from = {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": last}
        return records

    def _as_lambda_sees_it(self, record: Record, at: datetime) -> Record:
        change = record["dynamodb"] | {"ApproximateCreationDateTime": int(at.timestamp())}
        return record | {"awsRegion": self._region, "eventSourceARN": self._arn, "dynamodb": change}
