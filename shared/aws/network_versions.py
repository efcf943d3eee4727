"""The versions of network files as items: each is kept, with the deadline and the sessions that it set."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from shared.aws import items, keys
from shared.aws.store import Store
from shared.domain.network.network import Network, NetworkError, read_network
from shared.domain.network.sessions import session_entries
from shared.domain.network.version_history import NetworkVersion

_NEXT = timedelta(milliseconds=1)  # the least by which instants in the table differ


class StoredFile(NamedTuple):
    """A version of a network's file: its text, since when, and who changed it; nobody for an operator.

    `by` is the key of an organiser's address, which `organiser_bearer` makes of it.
    """

    toml: str
    at: datetime
    by: str = ""

    @property
    def revision(self) -> str:
        """The name of this version."""
        return items.stamp(self.at)


class NetworkFiles:
    """The network files as organisers change them, each over the version that they saw."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def now(self, network: str) -> StoredFile | None:
        """Return the file of a network; None where there is none."""
        item = self._store.get(keys.NETWORKS, network)
        return _to_file(item) if item else None

    def versions(self, network: str) -> tuple[StoredFile, ...]:
        """Return every version of a network's file, the latest last."""
        return tuple(map(_to_file, self._store.query(keys.versions_of(network))))

    def before(self, network: str, latest: StoredFile) -> StoredFile | None:
        """Return what an organiser's latest change made other; None if an operator made that, or nobody."""
        *earlier, last = self.versions(network) or [latest]
        return earlier[-1] if earlier and last.by and last.revision == latest.revision else None

    def save_over(self, stored: StoredFile, network: Network, toml: str, at: datetime, by: str = "") -> bool:
        """Store a file in place of the one that an organiser saw; False if that was changed meanwhile."""
        at = max(at, stored.at + _NEXT)
        version = from_version(network, toml, at) | ({"by": by} if by else {})
        new = {"pk": keys.NETWORKS, "sk": network.id, "toml": toml, "applied_at": items.stamp(at)}
        return self._store.put_over(new, "applied_at", stored.revision, version)


def _to_file(item: Mapping[str, Any]) -> StoredFile:
    return StoredFile(item["toml"], items.instant(item["applied_at"]), item.get("by", ""))


def from_version(network: Network, toml: str, at: datetime) -> dict[str, Any]:
    """Write a version of a network's file."""
    when = items.stamp(at)
    key = {"pk": keys.versions_of(network.id), "sk": when}
    moving = {"closes_at": items.stamp(network.closes_at), "sessions": list(session_entries(network))}
    return {**key, "toml": toml, "applied_at": when, **moving}


def network_versions(store: Store, network: str) -> Iterator[NetworkVersion]:
    """Yield every version of a network's file, but files of an earlier release that we cannot read."""
    for item in store.query(keys.versions_of(network)):
        with suppress(NetworkError):
            yield _to_version(item, network)


def _to_version(item: Mapping[str, Any], network: str) -> NetworkVersion:
    since = items.instant(item["applied_at"])
    if "sessions" in item:
        return NetworkVersion(since, items.instant(item["closes_at"]), tuple(item["sessions"]))
    read = read_network(item["toml"], network)
    return NetworkVersion(
        since, read.closes_at, session_entries(read), by_earlier_release="closes_at" not in item
    )
