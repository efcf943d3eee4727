"""How we talk to DynamoDB: plain items, whole query results, and one error for every failure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from botocore.config import Config

from shared.aws.clients import CONFIG, dynamodb
from shared.aws.versions import UnknownVersionError, check, is_known, marked, newest, tell
from shared.aws.wire import ConditionFailedError, Item, from_wire, to_wire, translating_errors

_NEW = "attribute_not_exists(pk)"
_KNOWN = "(attribute_not_exists(v) OR v <= :v)"


class Store:
    """The items of one table; raises `UnavailableError` wherever DynamoDB fails."""

    def __init__(self, name: str, asked: Config = CONFIG) -> None:
        self.name = name
        self._client: Any = dynamodb(asked)

    def get(self, pk: str, sk: str) -> Item | None:
        """Return one item as it stands at this moment; raise `UnknownVersionError` for a later release's."""
        with translating_errors():
            answer = self._client.get_item(
                TableName=self.name, Key=to_wire({"pk": pk, "sk": sk}), ConsistentRead=True
            )
        return check(self._told(from_wire(answer["Item"]))) if "Item" in answer else None

    def query(self, pk: str, prefix: str = "") -> Iterator[Item]:
        """Yield every item of a partition, or those whose sort key starts with a prefix, in its order.

        What a later release wrote is passed over, and told to the operator.
        """
        unknown = []
        for item in self.every(pk, prefix):
            if is_known(item):
                yield item
            else:
                unknown.append(item)
        if unknown:
            tell(self.name, unknown)

    def unknown(self, pk: str) -> int:
        """Count the items of a partition that only a later release can read."""
        later = {"FilterExpression": f"NOT {_KNOWN}", "Select": "COUNT"}
        return sum(page["Count"] for page in self._pages("pk = :pk", {":pk": pk, ":v": newest(pk)}, **later))

    def every(self, pk: str, prefix: str = "") -> Iterator[Item]:
        """Yield every item of a partition as `query` does, of whatever version."""
        condition, values = "pk = :pk", {":pk": pk}
        if prefix:
            condition, values = f"{condition} AND begins_with(sk, :sk)", values | {":sk": prefix}
        for page in self._pages(condition, values):
            yield from map(from_wire, page["Items"])

    def _pages(self, condition: str, values: Item, **more: str) -> Iterator[Any]:
        pages = self._client.get_paginator("query").paginate(
            TableName=self.name,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=to_wire(values),
            ConsistentRead=True,
            **more,
        )
        with translating_errors():
            yield from pages

    def put(self, item: Item) -> None:
        """Write an item, whatever was there; raise `UnknownVersionError` for what a later release wrote."""
        new = marked(item)
        self._if_it_holds(
            self._client.put_item,
            Item=to_wire(new),
            ConditionExpression=_KNOWN,
            ExpressionAttributeValues=to_wire({":v": new["v"]}),
        )

    def put_new(self, item: Item) -> bool:
        """Write an item that is not there yet; False, and nothing written, when it is."""
        return not self.put_all([(item, None)])

    def put_all(
        self, writes: Sequence[tuple[Item, int | None]], *, as_transaction: bool = False
    ) -> list[Item]:
        """Write every item over the revision that was seen of it (None: nothing), or none of them.

        Returns what stood in the way; empty when all is written. One item is a PutItem, more a transaction;
        `as_transaction` makes it a transaction however many there are.
        A write that was tried again may find itself: the first was applied and only its answer was lost.
        """
        puts = [self._conditional(item, seen) for item, seen in writes]
        try:
            with translating_errors():
                if len(puts) == 1 and not as_transaction:
                    self._client.put_item(**puts[0])
                elif puts:
                    self._client.transact_write_items(TransactItems=[{"Put": put} for put in puts])
        except ConditionFailedError as refused:
            own = [from_wire(put["Item"]) for put in puts] if refused.again else []
            return [self._told(item) for item in refused.items if item not in own]
        return []

    def take(self, item: Item, states: Sequence[str], now: str) -> bool:
        """Write an item that is not there, or is there in a known version, one of these states and due."""
        earlier = {f":{i}": value for i, value in enumerate(states)}
        with suppress(UnknownVersionError):
            return bool(
                self._if_it_holds(
                    self._client.put_item,
                    Item=to_wire(marked(item)),
                    ConditionExpression=f"{_NEW} OR ({_in(earlier)} AND due <= :now)",
                    ExpressionAttributeNames={"#state": "state"},
                    ExpressionAttributeValues=to_wire({":now": now, ":v": newest(item["pk"]), **earlier}),
                )
            )
        return False

    def move(self, pk: str, sk: str, before: Sequence[str], told: Item) -> bool:
        """Set attributes of an item, its `due` too or away; False for one in none of the states before."""
        earlier = {f":{i}": value for i, value in enumerate(before)}
        values = {f":{key}": value for key, value in told.items()}
        away = "" if "due" in told else " REMOVE due"
        answer = self._if_it_holds(
            self._client.update_item,
            Key=to_wire({"pk": pk, "sk": sk}),
            UpdateExpression=f"SET {', '.join(f'#{key} = :{key}' for key in told)}{away}",
            ConditionExpression=_in(earlier),
            ExpressionAttributeNames={f"#{key}": key for key in ("state", *told)},
            ExpressionAttributeValues=to_wire({":v": newest(pk), **earlier, **values}),
        )
        return bool(answer)

    def update(self, pk: str, sk: str, change: str, values: Item, condition: str = "") -> Item | None:
        """Change an item, which need not be there yet, and return it; None where a condition fails.

        The change ends with what it sets, to which the item's version is added.
        """
        answer = self._if_it_holds(
            self._client.update_item,
            Key=to_wire({"pk": pk, "sk": sk}),
            UpdateExpression=f"{change}, v = :v",
            ConditionExpression=f"{_KNOWN} AND {condition}" if condition else _KNOWN,
            ExpressionAttributeValues=to_wire({":v": newest(pk), **values}),
            ReturnValues="ALL_NEW",
        )
        return from_wire(answer["Attributes"]) if answer else None

    def add_one(self, pk: str, sk: str, name: str, expires: int, most: int = 1000) -> bool:
        """Add one to a number of an item that expires; False where it counts `most` other names already."""

        def add(change: str, condition: str, **values: int) -> bool:
            return (
                self._if_it_holds(
                    self._client.update_item,
                    Key=to_wire({"pk": pk, "sk": sk}),
                    UpdateExpression=f"ADD #name :one{change} SET expires = :expires, v = :v",
                    ConditionExpression=f"{_KNOWN} AND {condition}",
                    ExpressionAttributeNames={"#name": name},
                    ExpressionAttributeValues=to_wire(
                        {":one": 1, ":v": newest(pk), ":expires": expires, **values}
                    ),
                )
                is not None
            )

        is_new = "(attribute_not_exists(names) OR names < :most)"
        return add("", "attribute_exists(#name)") or add(", names :one", is_new, **{":most": most})

    def delete(self, pk: str, sk: str) -> None:
        """Delete an item, if it is there."""
        with translating_errors():
            self._client.delete_item(TableName=self.name, Key=to_wire({"pk": pk, "sk": sk}))

    def delete_in(self, pk: str, sk: str, state: str) -> bool:
        """Delete an item that is in a state; False for one that is not there in that state."""
        answer = self._if_it_holds(
            self._client.delete_item,
            Key=to_wire({"pk": pk, "sk": sk}),
            ConditionExpression="#state = :state",
            ExpressionAttributeNames={"#state": "state"},
            ExpressionAttributeValues=to_wire({":state": state}),
        )
        return bool(answer)

    def _if_it_holds(self, call: Callable[..., Any], **request: Any) -> Any:
        """Make a call and return its answer; None, and nothing changed, where its condition does not hold.

        Raises `UnknownVersionError` where that is by a later release, so that nobody takes it for done.
        """
        try:
            with translating_errors():
                return call(TableName=self.name, ReturnValuesOnConditionCheckFailure="ALL_OLD", **request)
        except ConditionFailedError as refused:
            for found in filter(None, refused.items):
                check(self._told(found))
            return None

    def _told(self, item: Item) -> Item:
        if item and not is_known(item):
            tell(self.name, [item])
        return item

    def _conditional(self, item: Item, seen: int | None) -> dict[str, Any]:
        put: dict[str, Any] = {
            "TableName": self.name,
            "Item": to_wire(marked(item)),
            "ConditionExpression": _NEW,
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
        if seen is None:
            return put
        values = to_wire({":seen": seen, ":v": newest(item["pk"])})
        return put | {
            "ConditionExpression": f"revision = :seen AND {_KNOWN}",
            "ExpressionAttributeValues": values,
        }


def _in(states: Iterable[str]) -> str:
    """Return the condition that an item is in one of these states, as far as we can read it."""
    return f"#state IN ({', '.join(states)}) AND {_KNOWN}"
