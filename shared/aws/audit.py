"""The audit of requests to export or erase personal data: references and counts, never names."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from shared.aws import keys
from shared.aws.items import instant, stamp
from shared.aws.store import Store


class AuditEntry(NamedTuple):
    """One act: when, by which operator, what, about which references, and how many items of each kind.

    After a backup is restored, the references tell whom to erase again, and tell nothing else.
    """

    at: datetime
    by: str
    act: str
    references: tuple[str, ...]
    counts: Mapping[str, int]


def save(store: Store, entry: AuditEntry) -> None:
    """Keep an entry; retention never deletes it."""
    when = stamp(entry.at)
    subject = {"references": list(entry.references), "counts": dict(entry.counts)}
    key = {"pk": keys.AUDIT, "sk": f"{when}-{entry.act}"}
    store.put({**key, "at": when, "by": entry.by, "act": entry.act, **subject})


def entries(store: Store) -> tuple[AuditEntry, ...]:
    """Return every entry, oldest first."""
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
