"""How often one place posted in an hour; asked in a hurry, because a visitor waits and can do without."""

from datetime import datetime

from shared.aws import keys
from shared.aws.asking import HASTY
from shared.aws.store import Store
from shared.domain.limits import AN_HOUR, next_hour


class Visits:
    """Counts posts; raises `UnavailableError`, which is no reason to refuse anybody."""

    def __init__(self, table: str) -> None:
        self._store = Store(table, HASTY)

    def count(self, network: str, place: str, at: datetime) -> int:
        """Count one more post from a place, and return how many that makes."""
        values = {":one": 1, ":expires": int((next_hour(at) + AN_HOUR).timestamp())}
        change = "ADD n :one SET expires = :expires"
        counted = self._store.update(keys.visits_of(network), place, change, values)
        return int(counted["n"]) if counted else 0
