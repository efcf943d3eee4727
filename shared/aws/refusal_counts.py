"""How many posts were refused on a day and why, and from which sites browsers asked in vain."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from shared.aws import keys
from shared.aws.clients import HASTY
from shared.aws.store import Store

_KEPT = timedelta(days=40)
MOST_ORIGINS = 20  # of a day; strangers choose these names
_LONGEST = 100  # characters of an origin


class RefusalCounts:
    """Counts refusals by day (UTC); raises `UnavailableError`, which is no reason to answer otherwise."""

    def __init__(self, table: str) -> None:
        self._store = Store(table, HASTY)

    def count(self, network: str, reason: str, at: datetime) -> None:
        """Count one more refusal for a reason, which is a code of ours."""
        self._add(network, f"REFUSED-{_day(at)}", reason, at)

    def count_origin(self, network: str, origin: str, at: datetime) -> None:
        """Count one more preflight from a site that is not listed; of a day, only the first sites."""
        self._add(network, f"ORIGINS-{_day(at)}", f"o:{origin[:_LONGEST]}", at, most=MOST_ORIGINS)

    def of_day(self, network: str, at: datetime) -> Mapping[str, int]:
        """Return the refusals of a day by reason, and the preflights by `o:` and their origin."""
        counts: dict[str, int] = {}
        for kind in ("REFUSED", "ORIGINS"):
            item = self._store.get(keys.counts_of(network), f"{kind}-{_day(at)}") or {}
            counts |= {name[2:]: int(n) for name, n in item.items() if name.startswith("n:")}
        return counts

    def _add(self, network: str, sk: str, name: str, at: datetime, most: int = 100) -> None:
        expires = int((at + _KEPT).timestamp())
        self._store.add_one(keys.counts_of(network), sk, f"n:{name}", expires, most)


def _day(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d}"
