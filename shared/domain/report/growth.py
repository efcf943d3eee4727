"""The number of registrations, day by day."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from shared.domain.network.network import Network
from shared.domain.registration.history import entered
from shared.domain.registration.registration import Registration

_DAYS = 120  # more bars than this are too thin to see on a phone


class GrowthDay(NamedTuple):
    """How many people registered on a local day, and how many had registered by its end."""

    date: date
    new: int
    total: int


def growth(network: Network, registrations: Iterable[Registration], at: datetime) -> tuple[GrowthDay, ...]:
    """Return every local day since the opening, at most the latest 120.

    The last day is today or, after the deadline, the latest of the deadline and the last registration.
    """
    new_on = Counter(network.local(entered(r)).date() for r in registrations)
    first = min([network.local(network.opens_at).date(), *new_on])
    last = min(network.local(at).date(), max([network.deadline_day, *new_on]))
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(_count_days(new_on, days))[-_DAYS:]


def _count_days(new_on: Counter[date], days: Iterable[date]) -> Iterator[GrowthDay]:
    total = 0
    for day in days:
        total += new_on[day]
        yield GrowthDay(day, new_on[day], total)


def quiet_days(days: Iterable[GrowthDay], today: date) -> int:
    """Count the working days before today since the last one on which somebody registered."""
    from shared.domain.rule.holidays import is_working_day  # a page of the organiser starts without it

    past = [day for day in days if day.date < today]
    last = max((day.date for day in past if day.new), default=date.min)
    return sum(day.date > last and is_working_day(day.date) for day in past)
