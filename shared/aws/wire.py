"""Translation to and from the wire of AWS: plain values, and every failure as one of two errors."""

import json
from base64 import b64decode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from decimal import Decimal
from http import HTTPStatus
from typing import Any

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
    return {key: _wire(value) for key, value in item.items()}


def _wire(value: Any) -> dict[str, Any]:
    """Write one value of a kind that we store."""
    match value:
        case str():
            return {"S": value}
        case None | bool():
            return {"NULL": True} if value is None else {"BOOL": value}
        case int() | Decimal():
            return {"N": str(value)}
        case bytes():
            return {"B": value}
        case Mapping():
            return {"M": to_wire(value)}
        case list() | tuple():
            return {"L": [_wire(each) for each in value]}
        case set() | frozenset():  # of texts; we store no other
            return {"SS": sorted(value)}
    raise TypeError(f"a {type(value).__name__} cannot be stored")


def from_wire(item: Item) -> dict[str, Any]:
    """Read DynamoDB's attribute values, of a table or of a stream record, as plain ones."""
    return {key: _plain(value) for key, value in item.items()}


def _plain(value: Any) -> Any:
    """Read one value as boto3 does, which takes much longer to import than this takes to do."""
    ((kind, content),) = value.items()
    match kind:
        case "S" | "BOOL":
            return content
        case "N":
            return int(content) if content.isdecimal() else Decimal(content)
        case "M":
            return {key: _plain(each) for key, each in content.items()}
        case "L":
            return [_plain(each) for each in content]
        case "SS":
            return set(content)
        case "B":
            return b64decode(content) if isinstance(content, str) else content
    return None  # NULL


def read_page(response_dict: dict[str, Any], customized_response_dict: dict[str, Any], **_: Any) -> None:
    """Read the items of a Query's answer for botocore, whose own parser takes ten times as long for each.

    They stay as on the wire. An answer that is no JSON, and an error, are left to botocore.
    """
    if response_dict["status_code"] == HTTPStatus.OK:
        with suppress(ValueError):
            answer = json.loads(response_dict["body"])
            customized_response_dict["Items"] = answer.pop("Items", [])
            response_dict["body"] = json.dumps(answer).encode()
