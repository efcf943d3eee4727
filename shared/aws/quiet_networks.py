"""Which networks the sweep need not read: nothing is owed there before an instant, unless something changes.

They stand in the item of the stream, which each of its batches reads anyway: the batch that brings a change
takes the network out before it does anything else. Whoever stores that a mail did not arrive ends it too.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from shared.aws import items, keys
from shared.aws.store import Store
from shared.aws.wire import Item

_NETWORK = "n:"  # before a network's id, the name of the attribute with its instant
_REPORTED = "reported"
_MOMENT = timedelta(milliseconds=1)
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Quiet(NamedTuple):
    """Until when each network is quiet, and the last check of which no report is missing."""

    until: Mapping[str, datetime]
    reported: str = ""

    def is_quiet(self, network: str, now: datetime) -> bool:
        """Say whether nothing can be owed in a network at an instant."""
        return network in self.until and now < self.until[network]


class QuietNetworks:
    """Stores until when networks are quiet."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read(self) -> Quiet:
        """Return what is stored."""
        item = self._store.get(keys.STREAM, keys.STREAM) or {}
        until = {name.removeprefix(_NETWORK): items.instant(item[name]) for name in names_in(item)}
        return Quiet(until, item.get(_REPORTED, ""))

    def keep(self, network: str, last: datetime | None, until: datetime, now: datetime) -> None:
        """Store that a look at a whole network found nothing owed; `last` is what stood there before it.

        The first look vouches only for its own instant: a batch that began before it may still be at work,
        and ends before the next sweep. A change in between took the network out, so nothing is stored.
        """
        condition, values = "attribute_not_exists(#name)", {":until": items.stamp(now + _MOMENT)}
        if last:
            condition, values = "#name = :last", {":until": items.stamp(until), ":last": items.stamp(last)}
        self._set(_NETWORK + network, values, condition)

    def keep_reported(self, check: str) -> None:
        """Store the last check of which no report is missing."""
        self._set(_REPORTED, {":until": check})

    def end(self, network: str) -> None:
        """Have the next sweep read a network, because of what was stored and the stream does not bring."""
        self._set(_NETWORK + network, {":until": items.stamp(_NEVER)}, "attribute_exists(#name)")

    def _set(self, name: str, values: Item, condition: str = "") -> None:
        self._store.update(keys.STREAM, keys.STREAM, "SET #name = :until", values, condition, {"#name": name})


def names_in(item: Item, networks: Iterable[str] = ("",)) -> list[str]:
    """Return the attributes of the stream's item about some networks; an empty id stands for all of them."""
    wanted = set(networks)
    return [
        name
        for name in item
        if name.startswith(_NETWORK) and ("" in wanted or name.removeprefix(_NETWORK) in wanted)
    ]
