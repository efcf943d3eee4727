from datetime import UTC, date, datetime

import pytest

from shared.domain.network.network import Network, read_network
from shared.domain.rule.reminder import due_reminder, next_reminder, reminder_days
from tests.conftest import PLG


def closing(deadline: str) -> Network:
    return read_network(PLG.read_text().replace("deadline = 2023-04-14", f"deadline = {deadline}"), "x")


def test_reminders_go_14_7_and_2_days_before_the_deadline() -> None:
    assert reminder_days(closing("2023-06-16")) == [
        (date(2023, 6, 2), 14), (date(2023, 6, 9), 7), (date(2023, 6, 14), 2),
    ]  # fmt: skip


def test_a_reminder_on_good_friday_goes_on_the_working_day_before(network: Network) -> None:
    assert reminder_days(network) == [
        (date(2023, 3, 31), 14), (date(2023, 4, 6), 7), (date(2023, 4, 12), 2),
    ]  # fmt: skip


def test_a_reminder_on_the_day_after_a_holiday_of_two_days_goes_before_both() -> None:
    # 7 days before is 26 December, a Thursday; Christmas Day is a Wednesday.
    assert reminder_days(closing("2025-01-02"))[1] == (date(2024, 12, 24), 7)


@pytest.mark.parametrize("deadline", ["2023-04-15", "2023-04-16"])
def test_a_reminder_in_a_weekend_waits_for_a_working_day(deadline: str) -> None:
    # 10 April is Easter Monday.
    assert [day for day, _ in reminder_days(closing(deadline))][:2] == [date(2023, 4, 3), date(2023, 4, 11)]


def test_a_missed_reminder_goes_on_the_next_working_day(network: Network) -> None:
    mornings = [datetime(2023, 4, day, 5, tzinfo=UTC) for day in range(6, 12)]
    due = [due_reminder(network, morning) for morning in mornings]
    assert due == [(date(2023, 4, 6), 7), None, None, None, None, (date(2023, 4, 6), 7)]


def test_a_missed_reminder_goes_in_the_weekend_if_the_deadline_is_on_monday() -> None:
    network = closing("2023-06-19")
    assert due_reminder(network, datetime(2023, 6, 18, 5, tzinfo=UTC)) == (date(2023, 6, 17), 2)


def test_a_reminder_waits_only_for_a_monday_before_the_deadline() -> None:
    assert reminder_days(closing("2023-04-17"))[-1] == (date(2023, 4, 15), 2)
    assert reminder_days(closing("2023-04-18"))[-1] == (date(2023, 4, 17), 2)


def test_only_the_latest_due_reminder_is_due(network: Network) -> None:
    assert due_reminder(network, datetime(2023, 3, 30, 5, tzinfo=UTC)) is None
    assert due_reminder(network, datetime(2023, 4, 11, 5, tzinfo=UTC)) == (date(2023, 4, 6), 7)
    assert due_reminder(network, datetime(2023, 4, 14, 21, 59, tzinfo=UTC)) == (date(2023, 4, 12), 2)
    assert due_reminder(network, network.closes_at) is None


def test_a_mail_can_say_when_the_next_one_comes(network: Network) -> None:
    assert next_reminder(network, date(2023, 3, 20)) == date(2023, 3, 31)
    assert next_reminder(network, date(2023, 3, 31)) == date(2023, 4, 6)
    assert next_reminder(network, date(2023, 4, 12)) is None
