"""The networks as the functions see them: read from the table, remembered for a minute."""

from datetime import datetime, timedelta

from shared.aws.table import Table
from shared.aws.wire import UnavailableError
from shared.domain.network.network import Network, NetworkError, read_network
from shared.log import logger

_FRESH = timedelta(minutes=1)


class Networks:
    """Every network by its id; one that is unreadable or gone stays as it was last read, and is told."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._known: dict[str, Network] = {}
        self._unreadable: list[str] = []
        self._read_at: datetime | None = None

    def at(self, now: datetime, renew: bool = False) -> dict[str, Network]:
        """Return the networks by id, at most a minute older than now, or read again."""
        if renew or self._read_at is None or not timedelta() <= now - self._read_at < _FRESH:
            self._known = self._read()
            self._read_at = now
        return self._known

    def one(self, network: str, now: datetime) -> Network | None:
        """Return a network; None for one that is not there. Raises `UnavailableError` for one unreadable."""
        found = self.at(now).get(network)
        if found is None and network in self._unreadable:
            raise UnavailableError("unreadable network")
        return found

    def remembered(self, network: str) -> Network | None:
        """Return a network as it was last read, without asking the table."""
        return self._known.get(network)

    def _read(self) -> dict[str, Network]:
        files = self._table.networks()
        # No command takes a network away: one that is gone was lost, and is as one without a text.
        files = dict.fromkeys(self._known, "") | files
        found, self._unreadable = dict(self._known), []
        for network, toml in files.items():
            try:
                found[network] = read_network(toml, network)
            except NetworkError:
                self._unreadable.append(network)
                self._table.tell_unreadable(network)
                logger("networks").error("unreadable network", network=network)
        return found
