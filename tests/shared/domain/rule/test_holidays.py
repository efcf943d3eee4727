from datetime import date, timedelta

import pytest

from shared.domain.rule.holidays import is_holiday

# Published by the Dutch government for these years.
_2025 = ("01-01", "04-18", "04-21", "04-26", "05-05", "05-29", "06-09", "12-25", "12-26")
_2026 = ("01-01", "04-03", "04-06", "04-27", "05-05", "05-14", "05-25", "12-25", "12-26")


@pytest.mark.parametrize(("year", "holidays"), [(2025, _2025), (2026, _2026)])
def test_the_public_holidays_outside_of_weekends_are_those_of_the_netherlands(
    year: int, holidays: tuple[str, ...]
) -> None:
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(365))
    assert tuple(f"{day:%m-%d}" for day in days if is_holiday(day)) == holidays
