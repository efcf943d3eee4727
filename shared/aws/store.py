"""How we talk to DynamoDB: plain items, whole query results, and one error for every failure."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from botocore.exceptions import BotoCoreError, ClientError

from shared.aws.asking import dynamodb

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_NEW = "attribute_not_exists(pk)"

Item = Mapping[str, Any]


class UnavailableError(Exception):
    """The table did not answer as it should; the same request may succeed later."""


class Store:
    """The items of one table; raises `UnavailableError` wherever DynamoDB fails."""

    def __init__(self, name: str, client: "DynamoDBClient | None" = None) -> None:
        self._name = name
        self._client: Any = client or dynamodb()

    def get(self, pk: str, sk: str) -> Item | None:
        """Return one item as it stands at this moment."""
        with failing():
            answer = self._client.get_item(
                TableName=self._name, Key=to_wire({"pk": pk, "sk": sk}), ConsistentRead=True
            )
        return from_wire(answer["Item"]) if "Item" in answer else None

    def query(self, pk: str, prefix: str = "") -> Iterator[Item]:
        """Yield every item of a partition, or those whose sort key starts with a prefix, in its order."""
        condition, values = "pk = :pk", {":pk": pk}
        if prefix:
            condition, values = f"{condition} AND begins_with(sk, :sk)", values | {":sk": prefix}
        pages = self._client.get_paginator("query").paginate(
            TableName=self._name,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=to_wire(values),
            ConsistentRead=True,
        )
        with failing():
            for page in pages:
                yield from map(from_wire, page["Items"])

    def put(self, item: Item) -> None:
        """Write an item, whatever was there."""
        with failing():
            self._client.put_item(TableName=self._name, Item=to_wire(item))

    def put_new(self, item: Item) -> bool:
        """Write an item that is not there yet; False, and nothing written, when it is."""
        return not self.put_all([(item, None)])

    def put_all(self, writes: Sequence[tuple[Item, int | None]]) -> list[Item]:
        """Write every item over the revision that was seen of it (None: nothing), or none of them.

        Returns what stood in the way; empty when all is written. One item is a PutItem, more a transaction.
        A write that was tried again may find itself: the first was applied and only its answer was lost.
        """
        puts = [self._conditional(item, seen) for item, seen in writes]
        try:
            with failing():
                if len(puts) == 1:
                    self._client.put_item(**puts[0])
                elif puts:
                    self._client.transact_write_items(TransactItems=[{"Put": put} for put in puts])
        except _RefusedError as refused:
            own = [from_wire(put["Item"]) for put in puts] if refused.again else []
            return [item for item in refused.items if item not in own]
        return []

    def take(self, item: Item, states: Sequence[str], now: str) -> bool:
        """Write an item that is not there, or is there in one of these states and due; False otherwise."""
        earlier = {f":{i}": value for i, value in enumerate(states)}
        try:
            with failing():
                self._client.put_item(
                    TableName=self._name,
                    Item=to_wire(item),
                    ConditionExpression=f"{_NEW} OR (#state IN ({', '.join(earlier)}) AND due <= :now)",
                    ExpressionAttributeNames={"#state": "state"},
                    ExpressionAttributeValues=to_wire({":now": now, **earlier}),
                )
        except _RefusedError:
            return False
        return True

    def move(self, pk: str, sk: str, before: Sequence[str], told: Item) -> bool:
        """Set attributes of an item, its `due` too or away; False for one in none of the states before."""
        earlier = {f":{i}": value for i, value in enumerate(before)}
        away = "" if "due" in told else " REMOVE due"
        try:
            with failing():
                self._client.update_item(
                    TableName=self._name,
                    Key=to_wire({"pk": pk, "sk": sk}),
                    UpdateExpression=f"SET {', '.join(f'#{key} = :{key}' for key in told)}{away}",
                    ConditionExpression=f"#state IN ({', '.join(earlier)})",
                    ExpressionAttributeNames={f"#{key}": key for key in ("state", *told)},
                    ExpressionAttributeValues=to_wire(earlier | {f":{k}": v for k, v in told.items()}),
                )
        except _RefusedError:
            return False
        return True

    def delete(self, pk: str, sk: str) -> None:
        """Delete an item, if it is there."""
        with failing():
            self._client.delete_item(TableName=self._name, Key=to_wire({"pk": pk, "sk": sk}))

    def delete_in(self, pk: str, sk: str, state: str) -> bool:
        """Delete an item that is in a state; False for one that is not there in that state."""
        try:
            with failing():
                self._client.delete_item(
                    TableName=self._name,
                    Key=to_wire({"pk": pk, "sk": sk}),
                    ConditionExpression="#state = :state",
                    ExpressionAttributeNames={"#state": "state"},
                    ExpressionAttributeValues=to_wire({":state": state}),
                )
        except _RefusedError:
            return False
        return True

    def _conditional(self, item: Item, seen: int | None) -> dict[str, Any]:
        put: dict[str, Any] = {
            "TableName": self._name,
            "Item": to_wire(item),
            "ConditionExpression": _NEW,
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
        if seen is None:
            return put
        values = to_wire({":seen": seen})
        return put | {"ConditionExpression": "revision = :seen", "ExpressionAttributeValues": values}


class _RefusedError(Exception):
    """A condition did not hold: `items` stood in the way, when it was tried for the first time or `again`."""

    def __init__(self, items: list[Item], again: bool) -> None:
        super().__init__("a condition did not hold")
        self.items, self.again = items, again


@contextmanager
def failing() -> Iterator[None]:
    """Turn whatever botocore raises into `UnavailableError`, but for a condition that did not hold."""
    try:
        yield
    except ClientError as error:
        found = _in_the_way(error.response)
        if found is None:
            raise UnavailableError(error.response["Error"].get("Code", "unknown")) from error
        raise _RefusedError(found, again=error.response["ResponseMetadata"]["RetryAttempts"] > 0) from error
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
