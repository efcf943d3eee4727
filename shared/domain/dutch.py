"""Dates, times and counts as Dutch people write them."""

from collections.abc import Sequence
from datetime import date, datetime, time

_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
_SHORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def day(d: date) -> str:
    """Write a date without its year: "vrijdag 14 april"."""
    return f"{_DAYS[d.weekday()]} {d.day} {_MONTHS[d.month - 1]}"


def full_day(d: date) -> str:
    """Write a date in full: "vrijdag 14 april 2023"."""
    return f"{day(d)} {d.year}"


def short_day(d: date) -> str:
    """Write a date for a table: "14 apr"."""
    return f"{d.day} {_SHORT[d.month - 1]}"


def clock(t: time | datetime) -> str:
    """Write a time of day with a dot: "12.00"."""
    return f"{t.hour}.{t.minute:02}"


def hours(start: time, end: time) -> str:
    """Write a span of the day: "12.00-17.00 uur"."""
    return f"{clock(start)}-{clock(end)} uur"


def count(n: int, one: str, many: str) -> str:
    """Write a number with its noun: "1 school", "2 scholen"."""
    return f"{n} {one if n == 1 else many}"


def listing(parts: Sequence[str]) -> str:
    """Write a list as a sentence does: "a, b en c"."""
    return " en ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
