"""What goes over the wire to AWS and comes back: plain values, and every failure as one of two errors."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from botocore.exceptions import BotoCoreError, ClientError

Item = Mapping[str, Any]


class UnavailableError(Exception):
    """The table did not answer as it should; the same request may succeed later."""


class ConditionFailedError(Exception):
    """A condition did not hold: `items` stood in the way, when it was tried for the first time or `again`."""

    def __init__(self, items: list[Item], again: bool) -> None:
        super().__init__("a condition did not hold")
        self.items, self.again = items, again


@contextmanager
def translating_errors() -> Iterator[None]:
    """Turn whatever botocore raises into `UnavailableError`, but for a condition that did not hold."""
    try:
        yield
    except ClientError as error:
        found = _in_the_way(error.response)
        if found is None:
            raise UnavailableError(error.response["Error"].get("Code", "unknown")) from error
        raise ConditionFailedError(
            found, again=error.response["ResponseMetadata"]["RetryAttempts"] > 0
        ) from error
    except BotoCoreError as error:
        raise UnavailableError(type(error).__name__) from error


def _in_the_way(response: Any) -> list[Item] | None:
    """Return the items that a failed condition found; None when it was not a condition that failed."""
    code = response["Error"].get("Code")
    reasons = [response | {"Code": code}] if code == "ConditionalCheckFailedException" else []
    reasons += [
        r for r in response.get("CancellationReasons", []) if r.get("Code") == "ConditionalCheckFailed"
    ]
    return [from_wire(r.get("Item", {})) for r in reasons] or None


def to_wire(item: Item) -> dict[str, Any]:
    """Write plain values as DynamoDB's attribute values."""
    return {key: _SERIALIZER.serialize(value) for key, value in item.items()}


def from_wire(item: Item) -> dict[str, Any]:
    """Read DynamoDB's attribute values, of a table or of a stream record, as plain ones."""
    return {key: _DESERIALIZER.deserialize(value) for key, value in item.items()}


_SERIALIZER, _DESERIALIZER = TypeSerializer(), TypeDeserializer()
