"""The versions of network files as items: each is kept, with the deadline and the sessions that it set."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from shared.aws import items, keys
from shared.aws.store import Store
from shared.domain.network.network import Network, NetworkError, read_network
from shared.domain.network.sessions import session_entries
from shared.domain.network.version_history import NetworkVersion


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
