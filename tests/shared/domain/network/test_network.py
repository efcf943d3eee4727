from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from shared.domain.network.network import Network, NetworkError, read_network
from shared.domain.network.parts import WhenShort
from shared.phrases import dutch, english
from shared.phrases.language import phrases_of
from tests.conftest import PLG


def edited(old: str, new: str) -> str:
    text = PLG.read_text()
    assert old in text
    return text.replace(old, new)


def test_the_call_is_read_as_it_was_written(network: Network) -> None:
    assert network.prefix == "PLG"
    assert network.rule.min_per_school == 2
    assert network.rule.when_short is WhenShort.HOLD
    assert [session.date for session in network.sessions] == [
        date(2023, 5, 10), date(2023, 6, 29), date(2023, 10, 4), date(2023, 11, 21),
    ]  # fmt: skip
    assert network.form.fields == {"your-school": "school"}


def test_a_network_speaks_dutch_unless_its_file_says_english(network: Network) -> None:
    english = read_network(edited("title =", 'language = "en"\ntitle ='), "x")
    assert (phrases_of(network).COLLEAGUE, phrases_of(english).COLLEAGUE) == ("collega", "colleague")
    with pytest.raises(NetworkError, match="x: language: Input should be 'nl' or 'en'"):
        read_network(edited("title =", 'language = "fr"\ntitle ='), "x")


def test_all_of_14_april_counts_in_amsterdam(network: Network) -> None:
    assert network.closes_at == datetime(2023, 4, 14, 22, tzinfo=UTC)
    assert network.opens_at == datetime(2023, 1, 31, 23, tzinfo=UTC)
    assert network.deadline_day == date(2023, 4, 14)


def test_a_deadline_with_a_time_counts_up_to_and_including_that_instant() -> None:
    network = read_network(edited("deadline = 2023-04-14", "deadline = 2023-04-14T12:00:00+02:00"), "x")
    assert network.closes_at == datetime(2023, 4, 14, 10, 0, 0, 1000, tzinfo=UTC)
    assert network.deadline_day == date(2023, 4, 14)


def test_a_deadline_at_midnight_is_the_evening_before_in_words_too() -> None:
    network = read_network(edited("deadline = 2023-04-14", "deadline = 2023-04-14T00:00:00+02:00"), "x")
    assert network.closes_at == datetime(2023, 4, 13, 22, tzinfo=UTC)
    assert network.deadline_day == date(2023, 4, 13)
    assert dutch.deadline(network) == "tot en met donderdag 13 april 2023"
    assert english.deadline(network) == "up to and including Thursday 13 April 2023"


def test_a_session_may_end_at_midnight_or_early_in_the_morning() -> None:
    for end in ("00:00:00", "01:30:00"):
        assert read_network(edited("end = 17:00:00", f"end = {end}"), "x").sessions[0].is_overnight


@pytest.mark.parametrize(("day", "utc"), [("2026-03-29", 22), ("2026-10-25", 23), ("2028-02-29", 23)])
def test_a_deadline_on_a_day_of_25_or_23_hours_ends_at_local_midnight(day: str, utc: int) -> None:
    network = read_network(edited("deadline = 2023-04-14", f"deadline = {day}"), "x")
    closes = network.closes_at
    assert (closes.date(), closes.hour) == (date.fromisoformat(day), utc)


def test_personal_data_goes_three_months_after_the_last_session(network: Network) -> None:
    assert network.forgotten_at == datetime(2024, 2, 21, 23, tzinfo=UTC)


def test_the_end_of_a_month_stays_within_the_month() -> None:
    text = edited("date = 2023-11-21", "date = 2023-11-30")
    assert read_network(text, "x").forgotten_at == datetime(2024, 2, 29, 23, tzinfo=UTC)


def test_a_network_without_sessions_lives_until_its_deadline(network: Network) -> None:
    assert network.model_copy(update={"sessions": ()}).last_day == date(2023, 4, 14)


def test_days_left_are_counted_on_the_networks_own_calendar(network: Network) -> None:
    assert network.days_left(datetime(2023, 4, 13, 22, 30, tzinfo=UTC)) == 0
    assert network.days_left(datetime(2023, 4, 13, 21, 30, tzinfo=UTC)) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (lambda: "id = ", "not valid TOML"),
        (lambda: 'id = "plg"', "title: is required, and is not there"),
        (lambda: edited("late =", "laat ="), "registration.laat: there is no such key here"),
        (lambda: edited('"keep"', '"soms"'), "registration.late: Input should be 'keep' or 'refuse'"),
        (lambda: edited("2023-02-01", "2023-05-01"), "registration.deadline is not after registration.opens"),
        (lambda: edited("min_per_school = 2", "min_per_school = 0"), "rule.min_per_school"),
        (lambda: edited("Europe/Amsterdam", "Europe/Leidsche Rijn"), "is not in the IANA database"),
        (lambda: edited("end = 17:00:00", "end = 11:00:00"), "ends before it starts"),
        (lambda: edited("2023-04-14 #", "2023-04-14T12:00:00 #"), "deadline has a time but no offset"),
        (lambda: edited('"school"', '"skool"'), "choose one of"),
        (lambda: edited('email = "info@', 'email = "info'), "organiser.email"),
        (lambda: edited('["https://www.voortgezetleren.nl"]', '["*"]'), "form.origins.0"),
        (lambda: edited('"Voortgezet Leren"', '"Voortgezet Leren <x@y.example>"'), "organiser.name"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_key(text: Callable[[], str], says: str) -> None:
    with pytest.raises(NetworkError) as wrong:
        read_network(text(), "networks/x.toml")
    assert str(wrong.value).startswith("networks/x.toml: ")
    assert says in str(wrong.value)


@pytest.mark.parametrize("name", ["L@ren", "Leren: samen", "Leren, samen", "Leren" * 13])
def test_a_senders_name_that_mail_programs_would_garble_is_refused(name: str) -> None:
    with pytest.raises(NetworkError, match=r"organiser\.name"):
        read_network(edited('"Voortgezet Leren"', f'"{name}"'), "x")


def test_a_senders_name_is_one_line() -> None:
    named = read_network(edited('"Voortgezet Leren"', '"Leren\\nBcc\\u202e"'), "x").organiser.name
    assert named == "Leren Bcc"


@pytest.mark.parametrize("name", ["'t Genseler", "Stad & Esch", "Coöperatie St. Jan", "!mpulse"])
def test_a_senders_name_may_be_a_real_one(name: str) -> None:
    assert read_network(edited('"Voortgezet Leren"', f'"{name}"'), "x").organiser.name == name


def test_further_mistakes_are_counted() -> None:
    with pytest.raises(NetworkError, match=r"id: .* \(and 3 more\)"):
        read_network("id = 1", "x")


def test_a_call_may_say_what_it_brings_what_it_costs_and_where_to_read_it() -> None:
    keys = 'summary = "Samen leren."\ncosts = "Gratis."\ncall_url = "https://call.example/plg"\ntitle ='
    network = read_network(edited("title =", keys), "x")
    assert (network.summary, network.costs, str(network.call_url)) == (
        "Samen leren.", "Gratis.", "https://call.example/plg",
    )  # fmt: skip
    with pytest.raises(NetworkError, match="x: call_url: "):
        read_network(edited("title =", 'call_url = "de site"\ntitle ='), "x")
