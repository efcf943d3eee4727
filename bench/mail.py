"""Measures what one more mail costs where 100, 1,000 or 10,000 people registered: `python -m bench.mail`.

DynamoDB and SES are played from memory, so that what is measured is our own work. Each number of people is
measured in a process of its own, for the peak of its memory. A warm process has handled a batch before.
"""

import os
import resource
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import boto3

from bench.crowd import school_name
from shared.aws import items
from shared.aws.registers import from_register
from shared.aws.versions import marked
from shared.aws.wire import to_wire
from shared.domain.registration.identity import address_key, make_reference
from shared.domain.registration.registration import Change, Registration, State
from shared.domain.schools.matching import read_register

_ROOT = Path(__file__).parent.parent
_NUMBERS = (100, 1000, 10_000)
_OPENED = datetime(2023, 2, 2, 9, tzinfo=UTC)
_PER_SCHOOL, _PAGE, _MAILS = 4, 1000, 40
_PLACES = ("Ede", "Urk", "Utrecht", "Groningen", "Breda", "Zwolle", "Goes", "Assen", "Venlo", "Delft")


class MemoryTable:
    """A client of DynamoDB whose table is in memory, where every condition on what is new holds."""

    def __init__(self) -> None:
        self.stored: defaultdict[str, dict[str, Any]] = defaultdict(dict)
        self.calls: Counter[str] = Counter()
        self.items_read = 0
        self.meta = SimpleNamespace(events=SimpleNamespace(register=_nothing, register_first=_nothing))

    def load(self, item: dict[str, Any]) -> None:
        """Store an item without a call."""
        self.stored[item["pk"]["S"]][item["sk"]["S"]] = item

    def get_item(self, Key: Any, **_: Any) -> Any:  # noqa: N803 as botocore has it
        """Return an item."""
        self._count("GetItem", 1)
        item = self.stored[Key["pk"]["S"]].get(Key["sk"]["S"])
        return {"Item": item} if item else {}

    def batch_get_item(self, RequestItems: Any) -> Any:  # noqa: N803
        """Return some items."""
        ((name, wanted),) = RequestItems.items()
        self._count("BatchGetItem", len(wanted["Keys"]))
        keys = ((key["pk"]["S"], key["sk"]["S"]) for key in wanted["Keys"])
        return {"Responses": {name: [self.stored[pk][sk] for pk, sk in keys if sk in self.stored[pk]]}}

    def put_item(self, Item: Any, **_: Any) -> Any:  # noqa: N803
        """Store an item."""
        self._count("PutItem")
        self.load(Item)
        return {}

    def update_item(self, **_: Any) -> Any:
        """Change nothing, and say that it is done."""
        self._count("UpdateItem")
        return {"Attributes": {"n": {"N": "1"}}}

    def get_paginator(self, _: str) -> Any:
        """Return what reads a partition page by page."""
        return SimpleNamespace(paginate=self._pages)

    def _pages(self, **request: Any) -> Iterator[Any]:
        values = [value["S"] for value in request["ExpressionAttributeValues"].values() if "S" in value]
        pk, prefix = values[0], values[1] if "begins_with" in request["KeyConditionExpression"] else ""
        partition = [item for sk, item in self.stored[pk].items() if sk.startswith(prefix)]
        for start in range(0, max(1, len(partition)), _PAGE):
            page = partition[start : start + _PAGE]
            self._count("Query", len(page))
            yield {"Items": page, "Count": len(page)}

    def _count(self, call: str, read: int = 0) -> None:
        self.calls[call] += 1
        self.items_read += read


def _nothing(*_: Any, **__: Any) -> dict[str, Any]:
    return {"MessageId": "1"}


def _person(number: int) -> Registration:
    name, at = school_name(number // _PER_SCHOOL), _OPENED + timedelta(minutes=number)
    email = f"p{number}@{name.lower()}.example"
    return Registration(
        "plg-2023",
        address_key("plg-2023", email),
        make_reference("PLG", email),
        State.REGISTERED,
        f"Naam{number} Achter{number}",
        email,
        f"{name} College",
        at,
        place=_PLACES[number // _PER_SCHOOL % len(_PLACES)],
        history=(Change(at, State.REGISTERED, "person"),),
        revision=1,
    )


def _wired(item: Any) -> dict[str, Any]:
    return to_wire(marked(item))


def _record(person: Registration, old: Registration | None, at: float) -> Any:
    before = {"OldImage": _wired(items.from_registration(old))} if old else {}
    image = _wired(items.from_registration(person))
    change = {"SequenceNumber": "1", "ApproximateCreationDateTime": at, "NewImage": image, **before}
    return {"dynamodb": change | {"Keys": {key: image[key] for key in ("pk", "sk")}}}


def _filled(number: int) -> MemoryTable:
    table = MemoryTable()
    toml = (_ROOT / "networks" / "plg-2023.toml").read_text()
    table.load(_wired({"pk": "NETWORKS", "sk": "plg-2023", "toml": toml, "applied_at": items.stamp(_OPENED)}))
    register = read_register((_ROOT / "local" / "schools-sample.csv").read_bytes())
    table.load(_wired(from_register(register, _OPENED)))
    for each in map(_person, range(number)):
        table.load(_wired(items.from_registration(each)))
    return table


def _connect(table: MemoryTable) -> None:
    clients = {
        "dynamodb": table,
        "sesv2": SimpleNamespace(send_email=_nothing, meta=table.meta),
        "secretsmanager": SimpleNamespace(
            get_secret_value=lambda **_: {"SecretString": "key"}, meta=table.meta
        ),
    }
    boto3.client = lambda service, **_: clients[service]  # type: ignore[assignment] # plays them
    names = {
        "TABLE": "tweetal",
        "SENDER": "a@tweetal.example",
        "CONFIGURATION_SET": "set",
        "LINK_SECRET": "x",
    }
    os.environ.update(names | {"BASE_URL": "https://tweetal.example", "METRICS_NAMESPACE": "tweetal"})


def _measure(number: int) -> None:
    """Print what a mail costs where this many people registered."""
    table = _filled(number)
    _connect(table)
    loaded = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    from functions.mail import handler as mail  # it connects at its first use

    context = SimpleNamespace(get_remaining_time_in_millis=lambda: 300_000, aws_request_id="1")

    clock = count(_person(number).received_at.timestamp())

    def handle(person: Registration, old: Registration | None = None) -> float:
        record = _record(person, old, next(clock))
        table.load(record["dynamodb"]["NewImage"])
        began = time.process_time()
        answer = mail.handler({"Records": [record]}, context)
        assert answer == {"batchItemFailures": []}, answer  # noqa: S101 else it measured nothing # nosec B101
        return time.process_time() - began

    cold = handle(_person(number))
    for name, batch in {
        "new": [(_person(number + each), None) for each in range(1, _MAILS + 1)],
        "changed": [(replace(p, phone="1"), p) for p in map(_person, range(0, number, number // _MAILS))],
        "retyped": [
            (replace(p, school=school_name(9000 + each), revision=2), p)
            for each, p in enumerate(map(_person, range(1, number, number // 4)))
        ],
    }.items():
        table.calls.clear()
        table.items_read = 0
        spent = sorted(handle(person, old) for person, old in batch)
        middle, reads, calls = (
            spent[len(spent) // 2],
            table.items_read / len(batch),
            table.calls.total() / len(batch),
        )
        print(f"{number:6} {name:8} {1000 * middle:8.1f} ms, {calls:4.1f} calls, {reads:8.1f} items read")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{number:6} cold     {1000 * cold:8.1f} ms; {peak - loaded:.0f} MiB above the table's {loaded:.0f}"
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _measure(int(sys.argv[1]))
    else:
        for each in _NUMBERS:
            subprocess.run([sys.executable, "-m", "bench.mail", f"{each}"], check=True)  # noqa: S603 our own # nosec B603
