"""The daily export, in a bucket outside the table: what a restored table lacks; no address and no name."""

import gzip
import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from shared.aws import items, keys
from shared.aws.clients import object_store
from shared.aws.store import Store
from shared.aws.wire import Item, translating_errors
from shared.domain.registration.registration import ERASED

# A later release may add a name or an address to an item, and then not to the export.
_OF_A_MAIL = (
    *("pk", "sk", "v", "kind", "reference", "state", "at", "missing", "reason", "due", "sessions"),
    *("deadline", "waits", "has_own_uids", "bounced_at"),
)
_OF_A_REPORT = ("pk", "sk", "v", "at", "weekly_since")
_LINES = 20_000  # in one object: some megabytes of memory, whatever the size of the table
WHOLE = "whole.json"  # the last object of an export, without which it is no export


class Exports:
    """The bucket of the exports, and the key of their hashes; raises `UnavailableError`."""

    def __init__(self, bucket: str, key: bytes) -> None:
        self._bucket, self._key, self._client = bucket, key, object_store()

    def write_export(self, store: Store, networks: Iterable[str], at: datetime) -> int:
        """Write the export of an instant, over an earlier try, and return the number of its lines."""
        folder, lines, parts = items.stamp(at), 0, 0
        waiting = self._lines(store, networks)
        while some := list(islice(waiting, _LINES)):
            lines, parts = lines + len(some), parts + 1
            self._put(f"{folder}/{parts:05}.jsonl.gz", gzip.compress("".join(some).encode(), mtime=0))
        self._put(f"{folder}/{WHOLE}", _line({"at": folder, "parts": parts, "lines": lines}).encode())
        return lines

    def _lines(self, store: Store, networks: Iterable[str]) -> Iterator[str]:
        for network in networks:
            for item in store.query_all_versions(keys.mails_of(network)):
                yield _line({"mail": _only(item, _OF_A_MAIL)})
            for item in store.query_all_versions(keys.reports_of(network)):
                yield _line({"report": _only(item, _OF_A_REPORT)})
            for item in store.query_all_versions(keys.registrations_of(network)):
                if not items.is_pointer(item):
                    yield _line({"person": self._person(network, item)})
            for item in store.query_all_versions(keys.kept_posts_of(network), attributes="sk"):
                if item["sk"].startswith("ANSWERED-"):
                    yield _line({"answered": keyed(self._key, network, item["sk"])})

    def _person(self, network: str, item: Item) -> dict[str, Any]:
        return {
            "network": network,
            "reference": item["reference"],
            "hash": keyed(self._key, network, item["sk"]),
            "is_erased": item.get("name") == ERASED,
        }

    def _put(self, name: str, body: bytes) -> None:
        client = self._client
        with translating_errors():
            client.put_object(Bucket=self._bucket, Key=name, Body=body)


def keyed(key: bytes, network: str, text: str) -> str:
    """Return a hash that says nothing to whoever lacks the key, not even to who guesses what it is of."""
    return hmac.digest(key, f"{network}\n{text}".encode(), hashlib.sha256).hex()[:32]


def _only(item: Item, names: Iterable[str]) -> dict[str, Any]:
    return {name: item[name] for name in names if name in item}


def _line(content: dict[str, Any]) -> str:
    return json.dumps(content, default=int, separators=(",", ":")) + "\n"  # DynamoDB's numbers are decimals
