from datetime import UTC, date, datetime, time

from shared.phrases import dutch, english


def test_dates_and_times_read_as_english_people_write_them() -> None:
    friday = date(2023, 4, 14)
    assert english.full_day(friday) == "Friday 14 April 2023"
    assert english.day(friday) == "Friday 14 April"
    assert english.hours(time(12), time(17)) == "12:00-17:00"
    assert english.clock(time(9, 5)) == "9:05"
    assert english.moment(datetime(2023, 4, 14, 17, tzinfo=UTC)) == "Friday 14 April 2023 at 17:00"


def test_counts_and_lists_read_as_sentences() -> None:
    assert english.count(1, "school", "schools") == "1 school"
    assert english.count(0, "school", "schools") == "0 schools"
    assert english.listing([]) == ""
    assert english.listing(["a"]) == "a"
    assert english.listing(["a", "b", "c"]) == "a, b and c"


def test_both_languages_know_the_same_fields_and_mistakes() -> None:
    assert english.MISTAKES.keys() == dutch.MISTAKES.keys()
    limits = [[phrase.count("{max}") for phrase in words.MISTAKES.values()] for words in (dutch, english)]
    assert limits[0] == limits[1]
