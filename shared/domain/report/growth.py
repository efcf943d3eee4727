"""How registrations came in, day by day."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from shared.domain.network.network import Network
from shared.domain.registration.history import entered
from shared.domain.registration.registration import Registration

_DAYS = 120  # more bars than this are too thin to see on a phone


class Day(NamedTuple):
    """How many registrations came in on a local day, and how many there were at its end."""

    date: date
    new: int
    total: int


def growth(network: Network, registrations: Iterable[Registration], at: datetime) -> tuple[Day, ...]:
    """Return every local day from the opening to the last that matters; of a longer time its latest days.

    The last day that matters is today, until the deadline; later only when somebody registered still.
    """
    came = Counter(network.local(entered(r)).date() for r in registrations)
    first = min([network.local(network.opens_at).date(), *came])
    last = min(network.local(at).date(), max([network.deadline_day, *came]))
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(_grow(came, days))[-_DAYS:]


def _grow(came: Counter[date], days: Iterable[date]) -> Iterator[Day]:
    total = 0
    for day in days:
        total += came[day]
        yield Day(day, came[day], total)
