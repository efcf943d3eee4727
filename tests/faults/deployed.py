"""What an operator, a deployment or a backup may do to a running system."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import boto3

from tests.faults.people import NETWORK, People

Act = Callable[[People], None]
_LATER = {
    "pk": {"S": f"REGISTRATION#{NETWORK}"},
    "sk": {"S": "later"},
    "v": {"N": "99"},
    "school": {"S": "?"},
    "state": {"S": "teleported"},
    "reference": {"S": "PLG-LATER"},
}
_FILE = {"pk": "NETWORKS", "sk": NETWORK}


def _table(people: People) -> Any:
    return boto3.resource("dynamodb").Table(people.world.template.table["TableName"])


def _client() -> Any:
    return boto3.client("dynamodb")


def _put(people: People, item: Any) -> None:
    _client().put_item(TableName=people.world.template.table["TableName"], Item=item)


def _all(people: People, *kinds: str) -> list[Any]:
    items = _client().scan(TableName=people.world.template.table["TableName"])["Items"]
    return [item for item in items if item["pk"]["S"].startswith(kinds)]


def _delete(people: People, item: Any) -> None:
    key = {"pk": item["pk"], "sk": item["sk"]}
    _client().delete_item(TableName=people.world.template.table["TableName"], Key=key)


def _later_comes(people: People) -> None:
    _put(people, _LATER)


def _later_goes(people: People) -> None:
    _delete(people, _LATER)


def _earlier(people: People) -> None:
    """Have everything been written by the first release, which gave no versions."""
    for item in _all(people, "REGISTRATION#", "MAIL#", "NETWORKS", "REPORT#", "DECISION#"):
        item.pop("v", None)
        _put(people, item)
    people.world._aftermath.skip(people.world.now)


def _file_is(change: Callable[[Any], Any]) -> Act:
    """Change the item of the network's file behind the command line's back; None takes it away."""

    def begin(people: People) -> None:
        table = _table(people)
        file = table.get_item(Key=_FILE)["Item"]
        lost = change(file)

        def put_back() -> None:
            if table.get_item(Key=_FILE).get("Item") == lost:
                table.put_item(Item=file)
            else:  # an operator applied another meanwhile
                people.world.mended = True

        people.world.undo.append(put_back)
        if lost:
            table.put_item(Item=lost)
        else:
            table.delete_item(Key=_FILE)

    return begin


def _file_says(change: Callable[[str], str]) -> Act:
    return _file_is(lambda file: {**file, "toml": change(str(file["toml"]))})


_gone = _file_is(lambda _: None)


def _warm(then: Act) -> Act:
    """Have something happen to functions that know the network's file, and look again after a minute."""

    def begin(people: People) -> None:
        people.world.http("OPTIONS", f"/networks/{NETWORK}/registrations")
        people.sweeps()
        people.world.now += timedelta(minutes=2)
        then(people)

    return begin


def _functions_are(change: Callable[[Any], dict[str, Any]]) -> Act:
    """Have every function be deployed with something else."""

    def begin(people: People) -> None:
        functions: Any = people.world.template.functions
        people.world.undo.append(partial(functions.update, dict(functions)))
        for logical, function in functions.items():
            functions[logical] = replace(function, **change(function))

    return begin


def _without(name: str) -> Act:
    """Have every function lose a variable of its environment."""
    return _functions_are(lambda f: {"environment": {k: v for k, v in f.environment.items() if k != name}})


def _is_back(people: People) -> None:
    while people.world.undo:
        people.world.undo.pop()()
    people.world._runtime.restart()


def _secret_is(change: Callable[[str], object]) -> Act:
    def begin(people: People) -> None:
        client = boto3.client("secretsmanager")
        name = people.world.template.named("mail").environment["LINK_SECRET"]
        key = client.get_secret_value(SecretId=name)["SecretString"]
        people.world.undo.append(partial(client.put_secret_value, SecretId=name, SecretString=key))
        client.put_secret_value(SecretId=name, SecretString=json.dumps(change(key)))
        people.world._runtime.restart()

    return begin


def _restored(people: People) -> None:
    """Have everything be lost and come back from a backup, the records of mails first."""
    lost = _all(people, "REGISTRATION#", "MAIL#", "REPORT#")
    for item in lost:
        _delete(people, item)
    for kinds in (("MAIL#", "REPORT#"), ("REGISTRATION#",)):
        for item in lost:
            if item["pk"]["S"].startswith(kinds):
                _put(people, item)
    people.world.pump()


def _nothing(_: People) -> None:
    pass


# By name: how it begins, how it ends, and whether an operator must hear of it.
TROUBLES: tuple[tuple[str, Act, Act, bool], ...] = (
    ("deployed: an item of a later release", _later_comes, _later_goes, False),
    ("deployed: items of the first release", _earlier, _nothing, False),
    ("deployed: no TABLE", _without("TABLE"), _is_back, True),
    ("deployed: no LINK_SECRET", _without("LINK_SECRET"), _is_back, True),
    (
        "deployed: what cannot start",
        _functions_are(lambda f: {"handler": f"{f.handler}_absent"}),
        _is_back,
        True,
    ),
    ("file: unreadable", _file_says(lambda _: "= = ="), _is_back, True),
    ("file: a key of a later release", _file_says(lambda toml: f"new = 1\n{toml}"), _is_back, True),
    ("file: unreadable, to functions that know it", _warm(_file_says(lambda _: "= = =")), _is_back, True),
    ("file: gone", _gone, _is_back, False),
    ("file: gone, to functions that know it", _warm(_gone), _is_back, True),
    ("file: no deadline", _file_says(lambda t: t.replace("deadline =", "# deadline =")), _is_back, True),
    ("secret: a new key is known", _secret_is(lambda key: ["new", key]), _is_back, False),
    ("secret: a new key signs", _secret_is(lambda key: [key, "new"]), _nothing, False),
    ("backup: everything is put back", _nothing, _restored, False),
)
