"""Translation to and from the wire of AWS: plain values, and every failure as one of two errors."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http import HTTPStatus
from typing import Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from botocore.exceptions import BotoCoreError, ClientError

Item = Mapping[str, Any]


class UnavailableError(Exception):
    """AWS did not answer properly; the same request may succeed later."""


class ConditionFailedError(Exception):
    """A condition failed on these `items`; `was_retried` when this was not the SDK's first try."""

    def __init__(self, items: list[Item], was_retried: bool) -> None:
        super().__init__("a condition did not hold")
        self.items, self.was_retried = items, was_retried


@contextmanager
def translating_errors() -> Iterator[None]:
    """Turn a failed condition into `ConditionFailedError`, other errors into `UnavailableError`."""
    try:
        yield
    except ClientError as error:
        blocking = _blocking_items(error.response)
        if blocking is None:
            raise UnavailableError(error.response["Error"].get("Code", "unknown")) from error
        retries = error.response["ResponseMetadata"]["RetryAttempts"]
        raise ConditionFailedError(blocking, was_retried=retries > 0) from error
    except BotoCoreError as error:
        raise UnavailableError(type(error).__name__) from error


def _blocking_items(response: Any) -> list[Item] | None:
    """Return the items on which a condition failed; None for any other error."""
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
    return {key: _plain(value) for key, value in item.items()}


def _plain(value: Any) -> Any:
    """Read one value as boto3 does; the kinds of which there are many come first and need no boto3."""
    ((kind, content),) = value.items()
    if kind == "S":
        return content
    if kind == "M":
        return {key: _plain(each) for key, each in content.items()}
    if kind == "L":
        return [_plain(each) for each in content]
    if kind == "N" and content.isdecimal():
        return int(content)
    return _DESERIALIZER.deserialize(value)


def read_page(response_dict: dict[str, Any], customized_response_dict: dict[str, Any], **_: Any) -> None:
    """Read the items of a Query's answer for botocore, whose own parser takes ten times as long for each.

    They stay as on the wire. An answer that is no JSON, and an error, are left to botocore.
    """
    if response_dict["status_code"] == HTTPStatus.OK:
        with suppress(ValueError):
            answer = json.loads(response_dict["body"])
            customized_response_dict["Items"] = answer.pop("Items", [])
            response_dict["body"] = json.dumps(answer).encode()


_SERIALIZER, _DESERIALIZER = TypeSerializer(), TypeDeserializer()
