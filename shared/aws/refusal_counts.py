"""How many posts were refused on a day and why, and from which sites browsers asked in vain."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from shared.aws import keys
from shared.aws.store import Store
from shared.domain.report.refusals import Refusals

_KEPT = timedelta(days=40)
MOST_ORIGINS = 20  # of a day; strangers choose these names
_LONGEST = 100  # characters of an origin


class RefusalCounts:
    """Counts refusals by day (UTC); raises `UnavailableError`, which is no reason to answer otherwise."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def count(self, network: str, reason: str, at: datetime) -> None:
        """Count one more refusal for a reason, which is a code of ours."""
        self._add(network, f"REFUSED-{_day(at)}", reason, at)

    def count_origin(self, network: str, origin: str, at: datetime, *, may_name: bool = True) -> None:
        """Count one more preflight from a site that is not listed; of a day, only the first sites.

        If it may not name a site, only one that was named before is counted.
        """
        most = MOST_ORIGINS if may_name else 0
        self._add(network, f"ORIGINS-{_day(at)}", f"o:{origin[:_LONGEST]}", at, most)

    def between(self, network: str, since: datetime, until: datetime) -> Refusals:
        """Return the refusals of whole days: from the day of an instant until the day of another."""
        days = _day(since), _day(until)
        return Refusals(
            self._sum(network, "REFUSED-", "n:", days), self._sum(network, "ORIGINS-", "n:o:", days)
        )

    def _sum(self, network: str, kind: str, prefix: str, days: tuple[str, str]) -> Mapping[str, int]:
        counts: Counter[str] = Counter()
        for item in self._store.query(keys.counts_of(network), kind):
            if days[0] <= item["sk"].removeprefix(kind) < days[1]:
                named = {name: int(n) for name, n in item.items() if name.startswith(prefix)}
                counts.update({name.removeprefix(prefix): n for name, n in named.items()})
        return dict(counts)

    def _add(self, network: str, sk: str, name: str, at: datetime, most: int = 100) -> None:
        expires = int((at + _KEPT).timestamp())
        self._store.add_one(keys.counts_of(network), sk, f"n:{name}", expires, most)


def _day(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d}"
