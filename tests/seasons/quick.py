"""A short way to what moto holds, past HTTP: most of a season's time would go into saying it in JSON.

Only for what is read while nothing goes wrong. Whatever is written goes all the way through botocore.
"""

from collections.abc import Callable, Iterator
from typing import Any

import boto3
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.dynamo_type import DynamoType, Item

from local.account import REGION
from shared.aws.but_aside import _NOT_ASIDE
from shared.aws.table import _UNDELIVERED

_ACCOUNT = "123456789012"  # moto's only one
_PLAIN = ("pk = :pk", "pk = :pk AND begins_with(sk, :sk)", "pk = :pk AND sk >= :since")
Wire = dict[str, Any]


def reads(client: Any, is_fair: Callable[[], bool]) -> Any:
    """Return a client of DynamoDB that takes the short way to items and partitions as long as all is fair."""
    whole, one = client.get_paginator, client.get_item

    def paginator(operation: str) -> Any:
        return _Partitions(whole(operation), is_fair)

    def item(**request: Any) -> Any:
        return _one(request["TableName"], request["Key"]) if is_fair() else one(**request)

    client.get_paginator, client.get_item = paginator, item
    return client


class _Partitions:
    def __init__(self, whole: Any, is_fair: Callable[[], bool]) -> None:
        self._whole, self._is_fair = whole, is_fair

    def paginate(self, **request: Any) -> Iterator[Any]:
        """Yield the pages of a query."""
        keeps = _filter(request.get("FilterExpression", ""))
        if request["KeyConditionExpression"] not in _PLAIN or keeps is None or not self._is_fair():
            yield from self._whole.paginate(**request)
            return
        values = request["ExpressionAttributeValues"]
        items = [item for item in map(_wire, _partition(request["TableName"], values)) if keeps(item, values)]
        yield {"Items": items, "Count": len(items)}


def _filter(expression: str) -> Callable[[Wire, Wire], bool] | None:
    """Return what the table is asked to leave out of what it finds; None for what is read the long way."""
    return _has_reference if expression.startswith("#name IN (:r0") else _KEEPS.get(expression)


def _has_reference(item: Wire, values: Wire) -> bool:
    return item.get("reference") in [value for name, value in values.items() if name.startswith(":r")]


def _later(item: Wire, values: Wire) -> bool:
    return "v" in item and int(item["v"]["N"]) > int(values[":v"]["N"])


def _has_state(item: Wire, values: Wire) -> bool:
    return item.get("state") in [value for name, value in values.items() if name.startswith(":s")]


def _is_not_aside(item: Wire, values: Wire) -> bool:
    return item.get("state") != values[":aside"] or "unjudged" in item


# What it is asked otherwise: mostly nothing.
_KEEPS: dict[str, Callable[[Wire, Wire], bool]] = {
    "": lambda _item, _values: True, "NOT (attribute_not_exists(v) OR v <= :v)": _later,
    _UNDELIVERED.expression: _has_state, _NOT_ASIDE.expression: _is_not_aside,
}  # fmt: skip


def _held(table: str, pk: Wire) -> dict[DynamoType, Item]:
    held: Any = dynamodb_backends[_ACCOUNT][REGION].tables[table].items  # by pk, and then by sk
    partition: dict[DynamoType, Item] = held.get(DynamoType(pk), {})
    return partition


def _one(table: str, key: Wire) -> Wire:
    item = _held(table, key["pk"]).get(DynamoType(key["sk"]))
    return {"Item": _wire(item)} if item else {}


def _partition(table: str, values: Wire) -> list[Item]:
    held = _held(table, values[":pk"])
    prefix, since = (values.get(name, {"S": ""})["S"] for name in (":sk", ":since"))
    keys = sorted((key for key in held if key.value >= since), key=lambda key: key.value)
    return [held[key] for key in keys if key.value.startswith(prefix)]


def _wire(item: Item) -> Wire:
    return {name: _value(value) for name, value in item.attrs.items()}


def _value(value: DynamoType) -> Wire:
    inner = value.value
    if isinstance(inner, dict):
        return {value.type: {name: _value(one) for name, one in inner.items()}}
    if isinstance(inner, list):
        return {value.type: [_value(one) if isinstance(one, DynamoType) else one for one in inner]}
    return {value.type: inner}


def clients(is_fair: Callable[[], bool]) -> Callable[..., Any]:
    """Return what makes the functions' clients."""
    make = boto3.client
    return lambda service, **more: (
        reads(make(service, **more), is_fair) if service == "dynamodb" else make(service, **more)
    )
