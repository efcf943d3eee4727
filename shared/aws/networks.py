"""The networks as the functions see them: read from the table, remembered for a minute."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol

from shared.aws.table import Table
from shared.aws.wire import UnavailableError
from shared.domain.network.network import Network, NetworkError, read_network
from shared.log import logger

_FRESH = timedelta(minutes=1)


class Networks:
    """Every network by its id; an unreadable or lost one stays as last read, and alerts the operator."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._networks: dict[str, Network] = {}
        self._files: dict[str, str] = {}  # of which they were read
        self._unreadable: list[str] = []
        self._read_at: datetime | None = None

    def at(self, now: datetime, renew: bool = False) -> dict[str, Network]:
        """Return the networks by id, at most a minute old; `renew` reads them now."""
        if renew or self._read_at is None or not timedelta() <= now - self._read_at < _FRESH:
            self._networks = self._read()
            self._read_at = now
        return self._networks

    def one(self, network: str, now: datetime) -> Network | None:
        """Return a network; None for an unknown one. Raises `UnavailableError` for an unreadable one."""
        current = self.at(now).get(network)
        if current is None and network in self._unreadable:
            raise UnavailableError("unreadable network")
        return current

    def remembered(self, network: str) -> Network | None:
        """Return a network as it was last read, without reading the table."""
        return self._networks.get(network)

    def read_ahead(self) -> None:
        """Read the networks before any request, which then finds most files unchanged."""
        self._networks = self._read()

    def _read(self) -> dict[str, Network]:
        files = self._table.networks()
        # No command deletes a network, so a missing file is a lost one: it counts as unreadable.
        files = dict.fromkeys(self._networks, "") | files
        networks, self._unreadable = dict(self._networks), []
        for network, toml in files.items():
            if toml and toml == self._files.get(network):
                continue
            try:
                networks[network], self._files[network] = read_network(toml, network), toml
            except NetworkError:
                self._unreadable.append(network)
                self._table.alert_unreadable_network(network)
                logger("networks").error("unreadable network", network=network)
        return networks


class HasNetworks(Protocol):
    """The services of a function that knows the networks."""

    @property
    def networks(self) -> Networks:
        """Return what it knows of them."""


def read_ahead(services: Callable[[], HasNetworks]) -> None:
    """Connect a function that starts, and read its networks; if AWS fails, the first request does."""
    with suppress(UnavailableError):
        services().networks.read_ahead()
