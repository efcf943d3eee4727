"""Which versions of items this release knows: what a later one wrote is left alone, and the operator told."""

from collections.abc import Mapping, Sequence
from typing import Any

from shared.aws.wire import Item, UnavailableError
from shared.log import measure

# Newer than 1, by the part of the partition key before "#". Raise it where the code before would misread or
# lose something. What is then written goes beside the earlier in tests/fixtures/items, and all stay readable.
_NEWEST: Mapping[str, int] = {}


class UnknownVersionError(UnavailableError):
    """An item that a later release wrote; that release, or the next deployment, can do what was asked."""


def marked(item: Item) -> dict[str, Any]:
    """Return an item with the version in which it is written."""
    return {**item, "v": newest(item["pk"])}


def is_known(item: Item) -> bool:
    """Say whether we can read an item; the first ones had no version and were of the first."""
    return item.get("v", 1) in range(1, newest(item["pk"]) + 1)


def check(item: Item) -> Item:
    """Return an item that we can read; raise `UnknownVersionError` for another."""
    if not is_known(item):
        raise UnknownVersionError(f"{_kind(item['pk'])} of a later release")
    return item


def tell(table: str, unknown: Sequence[Item]) -> None:
    """Have the operator know, by the alarm on this metric."""
    kind = _kind(unknown[0]["pk"])
    measure("Tweetal", "UnknownVersion", len(unknown), "Count", {"table": table}, kind=kind)


def newest(pk: str) -> int:
    """Return the newest version of what is in a partition that we know, in which it is written."""
    return _NEWEST.get(_kind(pk), 1)


def _kind(pk: str) -> str:
    return pk.partition("#")[0]
