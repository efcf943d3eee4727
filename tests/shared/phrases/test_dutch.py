from datetime import date, time

from shared.phrases import dutch


def test_dates_and_times_read_as_dutch_people_write_them() -> None:
    friday = date(2023, 4, 14)
    assert dutch.full_day(friday) == "vrijdag 14 april 2023"
    assert dutch.day(friday) == "vrijdag 14 april"
    assert dutch.short_day(date(2023, 3, 1)) == "1 mrt"
    assert dutch.short_day(friday) == "14 apr"
    assert dutch.hours(time(12), time(17)) == "12.00-17.00 uur"
    assert dutch.clock(time(9, 5)) == "9.05"


def test_counts_and_lists_read_as_sentences() -> None:
    assert dutch.count(1, "school", "scholen") == "1 school"
    assert dutch.count(0, "school", "scholen") == "0 scholen"
    assert dutch.listing([]) == ""
    assert dutch.listing(["a"]) == "a"
    assert dutch.listing(["a", "b", "c"]) == "a, b en c"
