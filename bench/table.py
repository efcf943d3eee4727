"""A stand-in for DynamoDB that takes little time itself, and counts what each call costs.

It keeps items as on the wire and holds every condition for true, but the filter of a Query by states; so it
measures and proves nothing, and the tests of the table run on real engines.
"""

import re
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from math import ceil
from typing import Any

Item = Mapping[str, Any]
SECRET = "example-of-a-secret-that-is-long-enough"  # noqa: S105 # nosec B105 # opens nothing
_PAGE = 1 << 20  # bytes of one answer to a Query
_STATES = re.compile(r"#state IN \((.*)\)")
_CLAUSE = re.compile(r"(SET|ADD|REMOVE)\s+(.*?)(?=\s+(?:SET|ADD|REMOVE)\s|$)")


class Costs:
    """What calls cost: their number, and DynamoDB's units of reading and of writing."""

    def __init__(self) -> None:
        self.calls = Counter[str]()
        self.read, self.written = 0.0, 0


class BenchTable:
    """The items of a table by partition; `costs` are those since they were last set anew."""

    def __init__(self, items: Iterable[Item] = ()) -> None:
        self.costs = Costs()
        self._partitions: defaultdict[str, dict[str, Item]] = defaultdict(dict)
        self._order: defaultdict[str, list[str]] = defaultdict(list)
        self.load(items)

    def load(self, items: Iterable[Item]) -> None:
        """Store items, at no cost."""
        for item in items:
            pk, sk = _key(item)
            if sk not in self._partitions[pk]:
                insort(self._order[pk], sk)
            self._partitions[pk][sk] = item

    def stored(self, item: Item) -> Item:
        """Return an item as it is now."""
        pk, sk = _key(item)
        return self._partitions[pk][sk]

    def answer(self, call: str, request: Any) -> Any:
        """Return what AWS answers to a call."""
        self.costs.calls[call] += 1
        act = getattr(self, f"_{call}", None)
        return act(request) if act else {}

    def _PutItem(self, request: Any) -> Any:  # noqa: N802 the name of the call
        return self._write(request["Item"])

    def _TransactWriteItems(self, request: Any) -> Any:  # noqa: N802
        for each in request["TransactItems"]:
            self._write(each["Put"]["Item"], 2)
        return {}

    def _GetItem(self, request: Any) -> Any:  # noqa: N802
        pk, sk = _key(request["Key"])
        item = self._partitions[pk].get(sk)
        self._read(size(item or {}), request)
        return {"Item": item} if item else {}

    def _BatchGetItem(self, request: Any) -> Any:  # noqa: N802
        answers = {}
        for name, wanted in request["RequestItems"].items():
            how = {"ConsistentRead": wanted.get("ConsistentRead")}
            stored = [self._GetItem({"Key": key, **how}).get("Item") for key in wanted["Keys"]]
            answers[name] = [item for item in stored if item]
        return {"Responses": answers, "UnprocessedKeys": {}}

    def _Query(self, request: Any) -> Any:  # noqa: N802
        values = request["ExpressionAttributeValues"]
        pk, prefix = values[":pk"]["S"], values.get(":sk", {}).get("S", "")
        order, page, total = self._order[pk], [], 0
        after = request.get("ExclusiveStartKey", {}).get("sk", {}).get("S")
        for sk in order[bisect_left(order, after + "\0" if after else prefix) :]:
            if not sk.startswith(prefix) or total >= _PAGE:
                break
            page.append(self._partitions[pk][sk])
            total += size(page[-1])
        self._read(total, request)
        more = {"LastEvaluatedKey": {"pk": {"S": pk}, "sk": page[-1]["sk"]}} if total >= _PAGE else {}
        states = _STATES.fullmatch(request.get("FilterExpression", ""))
        if states:  # DynamoDB reads and counts the others, and brings only these
            wanted = [values[name.strip()] for name in states[1].split(",")]
            page = [item for item in page if item.get("state") in wanted]
        if request.get("Select") == "COUNT":  # of items that only a later release can read
            return {"Count": 0, "ScannedCount": len(page), **more}
        return {"Items": page, "Count": len(page), "ScannedCount": len(page), **more}

    def _UpdateItem(self, request: Any) -> Any:  # noqa: N802
        pk, sk = _key(request["Key"])
        item = {**self._partitions[pk].get(sk, request["Key"])}
        names, values = request.get("ExpressionAttributeNames", {}), request["ExpressionAttributeValues"]
        for verb, clause in _CLAUSE.findall(request["UpdateExpression"]):
            for part in clause.split(","):
                name, _, value = part.replace("=", " ").strip().partition(" ")
                name = names.get(name, name)
                if verb == "SET":
                    item[name] = values[value.strip()]
                elif verb == "ADD" and "N" in values[value.strip()]:
                    item[name] = {"N": str(_number(item.get(name)) + _number(values[value.strip()]))}
                elif verb == "REMOVE":
                    item.pop(name, None)
        return {**self._write(item), "Attributes": item}

    def _DeleteItem(self, _request: Any) -> Any:  # noqa: N802
        self.costs.written += 1
        return {}

    def _GetSecretValue(self, _request: Any) -> Any:  # noqa: N802
        return {"SecretString": SECRET}

    def _SendEmail(self, _request: Any) -> Any:  # noqa: N802
        return {"MessageId": "m"}

    def _write(self, item: Item, units: int = 1) -> Any:
        self.costs.written += units * ceil(size(item) / 1024)
        self.load([item])
        return {}

    def _read(self, total: int, request: Any) -> None:
        self.costs.read += max(1, ceil(total / 4096)) * (1 if request.get("ConsistentRead") else 0.5)


def size(value: Any) -> int:
    """Return the bytes that an item or a value takes (DynamoDB, "Item sizes and formats")."""
    if not isinstance(value, Mapping):
        return len(str(value).encode())
    total = 0
    for name, inner in value.items():
        ((kind, content),) = inner.items()
        total += len(name.encode()) + _value_size(kind, content)
    return total


def _value_size(kind: str, content: Any) -> int:
    match kind:
        case "M":
            return 3 + len(content) + size(content)
        case "L":
            return 3 + sum(1 + _value_size(*next(iter(each.items()))) for each in content)
        case "N":
            return len(content) // 2 + 2
        case "B":
            return len(content) * 3 // 4
        case "BOOL" | "NULL":
            return 1
        case _:
            return sum(map(size, content)) if isinstance(content, list) else len(content.encode())


def _key(item: Item) -> tuple[str, str]:
    return item["pk"]["S"], item.get("sk", {"S": ""})["S"]


def _number(value: Any) -> int:
    return int(value["N"]) if value else 0
