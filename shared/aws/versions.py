"""The versions of items that this release can read; items of a later release are left alone and reported."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from shared.aws.wire import Item, UnavailableError
from shared.log import measure

# Newer than 1, by the part of the partition key before "#". Raise it if earlier code would misread or lose
# something. The new shape then goes beside the earlier ones in tests/fixtures/items, and all stay readable.
_NEWEST: Mapping[str, int] = {
    "CODE": 2,  # a code became one browser's, and the requests for codes an item of their own
    "DECISION": 2,  # kinds came that are about a site
    "MISFIT": 2,  # what was `sent` became answers, each with its paths and texts
    # 2: a change's `why` (a sentence) became `reason` (a code) and `note`. 3: codes and pointers came.
    # 4: somebody may be unconfirmed.
    "REGISTRATION": 4,
}
# What is written in an earlier version, which a rollback reads, unless an item needs the newest.
_WRITTEN: Mapping[str, int] = {"REGISTRATION": 3}


class UnknownVersionError(UnavailableError):
    """An item that a later release wrote; that release, or the next deployment, can carry out the request."""


def marked(item: Item) -> dict[str, Any]:
    """Return an item marked with the version in which it is written, unless it names one itself."""
    return {"v": _WRITTEN.get(_kind(item["pk"]), newest(item["pk"])), **item}


def is_known(item: Item) -> bool:
    """Say whether this release can read an item; one without a version is of version 1."""
    return item.get("v", 1) in range(1, newest(item["pk"]) + 1)


def check(item: Item) -> Item:
    """Return an item that this release can read; raise `UnknownVersionError` for another."""
    if not is_known(item):
        raise UnknownVersionError(f"{_kind(item['pk'])} of a later release")
    return item


def tell(table: str, unknown: Sequence[Item]) -> None:
    """Report items of a later release to the operator, by the alarm on this metric."""
    kind = _kind(unknown[0]["pk"])
    measure("Tweetal", "UnknownVersion", len(unknown), "Count", {"table": table}, kind=kind)


def newest(pk: str) -> int:
    """Return the newest version of a partition's items that this release can read."""
    return _NEWEST.get(_kind(pk), 1)


@lru_cache(maxsize=1000)
def _kind(pk: str) -> str:
    return pk.partition("#")[0]
