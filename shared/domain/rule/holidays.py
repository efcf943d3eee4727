"""The days on which Dutch schools do not work, besides their vacations."""

from datetime import date, timedelta

from dateutil.easter import easter  # type: ignore[import-untyped]  # python-dateutil has no types

_SATURDAY = 5
# Days after Easter Sunday: Good Friday, Easter Monday, Ascension Day, Whit Monday.
_AROUND_EASTER = (-2, 1, 39, 50)
# Month and day: New Year, Liberation Day, Christmas (Algemene termijnenwet, section 3).
_FIXED = ((1, 1), (5, 5), (12, 25), (12, 26))


def is_holiday(day: date) -> bool:
    """Say whether a day is a Dutch public holiday; Good Friday counts, because most schools are closed."""
    kings_day = date(day.year, 4, 27)
    if kings_day.isoweekday() == 7:
        kings_day -= timedelta(days=1)
    around_easter = {easter(day.year) + timedelta(days=days) for days in _AROUND_EASTER}
    return (day.month, day.day) in _FIXED or day == kings_day or day in around_easter


def is_working_day(day: date) -> bool:
    """Say whether schools read their mail on a day: it is neither in a weekend nor a holiday."""
    return day.weekday() < _SATURDAY and not is_holiday(day)


def working_day(day: date, step: int) -> date:
    """Return a day if it is a working day, and otherwise the next one after (1) or before (-1) it."""
    while not is_working_day(day):
        day += timedelta(days=step)
    return day
