"""Who handed over or erased somebody's data: a line for each time, about references and never names."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from shared.aws import keys
from shared.aws.items import instant, stamp
from shared.aws.store import Store


class AuditEntry(NamedTuple):
    """One act: when, by which operator, what, about which references, and how many items of each kind.

    A reference tells whom to erase again in a table that was restored from a backup, and nobody else.
    """

    at: datetime
    by: str
    act: str
    references: tuple[str, ...]
    counts: Mapping[str, int]


def write(store: Store, line: AuditEntry) -> None:
    """Keep a line; retention leaves it."""
    when = stamp(line.at)
    about = {"references": list(line.references), "counts": dict(line.counts)}
    store.put(
        {"pk": keys.AUDIT, "sk": f"{when}-{line.act}", "at": when, "by": line.by, "act": line.act, **about}
    )


def entries(store: Store) -> tuple[AuditEntry, ...]:
    """Return every line, oldest first."""
    return tuple(
        AuditEntry(
            instant(item["at"]),
            item["by"],
            item["act"],
            tuple(item["references"]),
            {kind: int(count) for kind, count in item["counts"].items()},
        )
        for item in store.query(keys.AUDIT)
    )
