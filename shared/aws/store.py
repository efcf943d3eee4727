"""Our calls of DynamoDB: plain items, whole query results, and one error for every failure."""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from shared.aws.patience import PATIENT, TRIES, Patience
from shared.aws.versions import UnknownVersionError, check, is_known, marked, newest, tell
from shared.aws.wire import (
    ConditionFailedError,
    Item,
    UnavailableError,
    from_wire,
    to_wire,
    translating_errors,
)

# What is read is no garbage until the answer is made, and looking for some took a third of the time.
gc.set_threshold(100_000, 10, 10)
_T = TypeVar("_T")
_MOST_AT_ONCE = 25  # of the longest registrations; DynamoDB takes a hundred items and 4 MB in one transaction
_MOST_READ_AT_ONCE = 100  # DynamoDB's limit for one BatchGetItem
_NEW = "attribute_not_exists(pk)"
_KNOWN = "(attribute_not_exists(v) OR v <= :v)"


def _with_boto3(patience: Patience) -> Any:
    from shared.aws.clients import dynamodb  # half of a start, for a function that connects otherwise

    return dynamodb(patience)


class Filter(NamedTuple):
    """Which items a query brings; `names` stand for attributes whose own name DynamoDB has for itself."""

    expression: str
    values: Item
    names: Mapping[str, str]


class Store:
    """The items of one table; raises `UnavailableError` wherever DynamoDB fails."""

    def __init__(
        self, name: str, patience: Patience = PATIENT, connect: Callable[[Patience], Any] = _with_boto3
    ) -> None:
        self.name = name
        self._client = connect(patience)

    def get(self, pk: str, sk: str) -> Item | None:
        """Return one item as it is now; raise `UnknownVersionError` for an item of a later release."""
        with translating_errors():
            answer = self._client.get_item(
                TableName=self.name, Key=to_wire({"pk": pk, "sk": sk}), ConsistentRead=True
            )
        return check(self._alert_if_unreadable(from_wire(answer["Item"]))) if "Item" in answer else None

    def query(
        self,
        pk: str,
        prefix: str = "",
        only: Filter | None = None,
        unreadable: list[Item] | None = None,
        *,
        since: str = "",
    ) -> Iterator[Item]:
        """Yield every item of a partition in its order, or those of a prefix, or from a sort key on.

        DynamoDB reads all of them, and with a filter brings only those that fit it. Items of a later release
        are left out, and the operator gets an alert; they are added to `unreadable`, for whoever counts them.
        """
        later = []
        for item in self.query_all_versions(pk, prefix, only, since=since):
            if is_known(item):
                yield item
            else:
                later.append(item)
        if later:
            tell(self.name, later)
        if unreadable is not None:
            unreadable += later

    def count_unreadable(self, pk: str) -> int:
        """Count the items of a partition that only a later release can read."""
        later = {"FilterExpression": f"NOT {_KNOWN}", "Select": "COUNT"}
        return sum(page["Count"] for page in self._pages("pk = :pk", {":pk": pk, ":v": newest(pk)}, **later))

    def query_all_versions(
        self, pk: str, prefix: str = "", only: Filter | None = None, attributes: str = "", *, since: str = ""
    ) -> Iterator[Item]:
        """Yield items as `query` does, those of a later release too; with some attributes, or with all."""
        condition, values, more = "pk = :pk", {":pk": pk}, dict[str, Any]()
        if prefix:
            condition, values = f"{condition} AND begins_with(sk, :sk)", values | {":sk": prefix}
        if since:
            condition, values = f"{condition} AND sk >= :since", values | {":since": since}
        if only:
            values = {**values, **only.values}
            more = {"FilterExpression": only.expression, "ExpressionAttributeNames": only.names}
        if attributes:
            more["ProjectionExpression"] = attributes
        for page in self._pages(condition, values, **more):
            left = page["Items"]
            left.reverse()
            while left:  # what was read leaves memory before the next page comes
                yield from_wire(left.pop())

    def _pages(self, condition: str, values: Item, **more: Any) -> Iterator[Any]:
        pages = self._client.get_paginator("query").paginate(
            TableName=self.name,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=to_wire(values),
            ConsistentRead=True,
            **more,
        )
        with translating_errors():
            yield from pages

    def get_each(self, pk: str, sks: Sequence[str]) -> Iterator[Item]:
        """Yield some items of a partition as they are now; those of a later release are left out."""
        for start in range(0, len(sks), _MOST_READ_AT_ONCE):
            some = [to_wire({"pk": pk, "sk": sk}) for sk in sks[start : start + _MOST_READ_AT_ONCE]]
            left: Any = {self.name: {"Keys": some, "ConsistentRead": True}}
            for _ in range(TRIES):
                with translating_errors():
                    answer = self._client.batch_get_item(RequestItems=left)
                yield from filter(is_known, map(self._alert_if_unreadable, _items(answer, self.name)))
                if not (left := answer.get("UnprocessedKeys")):
                    break
            else:
                raise UnavailableError("not all items came")

    def put(self, *new: Item) -> None:
        """Write items over any others, or none of them.

        Raises `UnknownVersionError` if a later release wrote one of those others.
        """
        puts = [
            self._conditional_put(item, None)
            | {"ConditionExpression": _KNOWN, "ExpressionAttributeValues": to_wire({":v": marked(item)["v"]})}
            for item in new
        ]
        try:
            self._write(puts)
        except ConditionFailedError as failed:
            for item in filter(None, failed.items):
                check(self._alert_if_unreadable(item))

    def put_new(self, item: Item) -> bool:
        """Write a new item; False, and nothing written, if its key exists."""
        return not self.put_all([(item, None)])

    def put_all(
        self, writes: Sequence[tuple[Item, int | None]], *, as_transaction: bool = False
    ) -> list[Item]:
        """Write every item over the revision that we read of it (None: no item), or none of them.

        Returns the items that blocked the write; empty when all is written. One item is a PutItem, more are a
        transaction; `as_transaction` makes one item a transaction too.
        A retried write may meet itself: its first try was applied and only the answer was lost.
        """
        puts = [self._conditional_put(item, revision) for item, revision in writes]
        try:
            self._write(puts, as_transaction)
        except ConditionFailedError as failed:
            own = [from_wire(put["Item"]) for put in puts] if failed.was_retried else []
            return [self._alert_if_unreadable(item) for item in failed.items if item not in own]
        return []

    def put_over(self, item: Item, name: str, earlier: str, *new: Item) -> bool:
        """Write an item over an earlier value of it, with new items; False, and nothing, over another."""
        over = self._conditional_put(item, None) | {
            "ConditionExpression": f"#name = :earlier AND {_KNOWN}",
            "ExpressionAttributeNames": {"#name": name},
            "ExpressionAttributeValues": to_wire({":earlier": earlier, ":v": newest(item["pk"])}),
        }
        puts = [over, *(self._conditional_put(each, None) for each in new)]
        try:
            self._write(puts)
        except ConditionFailedError as failed:
            own = [from_wire(put["Item"]) for put in puts]
            return failed.was_retried and all(each in own for each in failed.items)
        return True

    def put_if_due(self, item: Item, states: Sequence[str], now: str) -> bool:
        """Write an item that is new, or whose stored version is readable, due and in one of these states."""
        wanted = {f":{i}": value for i, value in enumerate(states)}
        with suppress(UnknownVersionError):
            return bool(
                self._call_if(
                    self._client.put_item,
                    Item=to_wire(marked(item)),
                    ConditionExpression=f"{_NEW} OR ({_has_state(wanted)} AND due <= :now)",
                    ExpressionAttributeNames={"#state": "state"},
                    ExpressionAttributeValues=to_wire({":now": now, ":v": newest(item["pk"]), **wanted}),
                )
            )
        return False

    def set_if_state(self, pk: str, sk: str, states: Sequence[str], changes: Item) -> bool:
        """Set attributes of an item, or remove its `due`; False unless it has one of these states."""
        wanted = {f":{i}": value for i, value in enumerate(states)}
        values = {f":{key}": value for key, value in changes.items()}
        removal = "" if "due" in changes else " REMOVE due"
        answer = self._call_if(
            self._client.update_item,
            Key=to_wire({"pk": pk, "sk": sk}),
            UpdateExpression=f"SET {', '.join(f'#{key} = :{key}' for key in changes)}{removal}",
            ConditionExpression=_has_state(wanted),
            ExpressionAttributeNames={f"#{key}": key for key in ("state", *changes)},
            ExpressionAttributeValues=to_wire({":v": newest(pk), **wanted, **values}),
        )
        return bool(answer)

    def update(
        self,
        pk: str,
        sk: str,
        change: str,
        values: Item,
        condition: str = "",
        names: Mapping[str, str] = MappingProxyType({}),
    ) -> Item | None:
        """Change or create an item, and return it; None if the condition fails.

        The change must end with its SET clause, because the item's version is appended to that. `names` stand
        for attributes whose own name DynamoDB has for itself.
        """
        answer = self._call_if(
            self._client.update_item,
            Key=to_wire({"pk": pk, "sk": sk}),
            UpdateExpression=f"{change}, v = :v",
            ConditionExpression=f"{_KNOWN} AND {condition}" if condition else _KNOWN,
            ExpressionAttributeValues=to_wire({":v": newest(pk), **values}),
            ReturnValues="ALL_NEW",
            **({"ExpressionAttributeNames": names} if names else {}),
        )
        return from_wire(answer["Attributes"]) if answer else None

    def add_one(self, pk: str, sk: str, name: str, expires: int, most: int = 1000) -> bool:
        """Add one to a number of an item that expires; False where it counts `most` other names already."""

        def add(change: str, condition: str, **values: int) -> bool:
            return (
                self._call_if(
                    self._client.update_item,
                    Key=to_wire({"pk": pk, "sk": sk}),
                    UpdateExpression=f"ADD #name :one{change} SET expires = :expires, v = :v",
                    ConditionExpression=f"{_KNOWN} AND {condition}",
                    # DynamoDB has NAMES for itself.
                    ExpressionAttributeNames={"#name": name, **({"#names": "names"} if values else {})},
                    ExpressionAttributeValues=to_wire(
                        {":one": 1, ":v": newest(pk), ":expires": expires, **values}
                    ),
                )
                is not None
            )

        is_new = "(attribute_not_exists(#names) OR #names < :most)"
        return add("", "attribute_exists(#name)") or add(", #names :one", is_new, **{":most": most})

    def delete(self, pk: str, sk: str) -> None:
        """Delete an item, if it exists."""
        with translating_errors():
            self._client.delete_item(TableName=self.name, Key=to_wire({"pk": pk, "sk": sk}))

    def delete_if_state(self, pk: str, sk: str, state: str) -> bool:
        """Delete an item; False unless it exists and has this state."""
        answer = self._call_if(
            self._client.delete_item,
            Key=to_wire({"pk": pk, "sk": sk}),
            ConditionExpression="#state = :state",
            ExpressionAttributeNames={"#state": "state"},
            ExpressionAttributeValues=to_wire({":state": state}),
        )
        return bool(answer)

    def _call_if(self, call: Callable[..., Any], **request: Any) -> Any:
        """Make a call and return its answer; None, and nothing changed, if its condition fails.

        Raises `UnknownVersionError` if a later release wrote the item on which it fails.
        """
        try:
            with translating_errors():
                return call(TableName=self.name, ReturnValuesOnConditionCheckFailure="ALL_OLD", **request)
        except ConditionFailedError as failed:
            for item in filter(None, failed.items):
                check(self._alert_if_unreadable(item))
            return None

    def _write(self, puts: Sequence[Mapping[str, Any]], as_transaction: bool = False) -> None:
        with translating_errors():
            if len(puts) == 1 and not as_transaction:
                self._client.put_item(**puts[0])
            elif puts:
                self._client.transact_write_items(TransactItems=[{"Put": put} for put in puts])

    def _alert_if_unreadable(self, item: Item) -> Item:
        if item and not is_known(item):
            tell(self.name, [item])
        return item

    def _conditional_put(self, item: Item, revision: int | None) -> dict[str, Any]:
        put: dict[str, Any] = {
            "TableName": self.name,
            "Item": to_wire(marked(item)),
            "ConditionExpression": _NEW,
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
        if revision is None:
            return put
        values = to_wire({":seen": revision, ":v": newest(item["pk"])})
        return put | {
            "ConditionExpression": f"revision = :seen AND {_KNOWN}",
            "ExpressionAttributeValues": values,
        }


def pieces(many: Sequence[_T]) -> list[Sequence[_T]]:
    """Return many items in pieces that each fit in one transaction, in their order."""
    return [many[start : start + _MOST_AT_ONCE] for start in range(0, len(many), _MOST_AT_ONCE)]


def _items(answer: Any, table: str) -> Iterator[Item]:
    return map(from_wire, answer["Responses"].get(table, ()))


def _has_state(states: Iterable[str]) -> str:
    """Return the condition that an item has one of these states and a version that we can read."""
    return f"#state IN ({', '.join(states)}) AND {_KNOWN}"
