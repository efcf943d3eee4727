from datetime import date, timedelta

import pytest

from shared.domain.network.network import Network
from shared.domain.outbox import ReportRequest
from shared.domain.report.rhythm import next_request
from tests.people import AT

LAST_DAILY = date(2023, 4, 18)  # a Tuesday
SETTLED = ReportRequest("2023-04-18", AT, "2023-04-18")
DAILY = ReportRequest("2023-04-17", AT)


@pytest.fixture
def weekly(network: Network) -> Network:
    return network.model_copy(update={"report": "weekly"})


def days(network: Network, first: date, until: date, *, missed: date | None = None) -> list[str]:
    """Return the days with a report when everything stays decided."""
    last, got = SETTLED, []
    for number in range((until - first).days + 1):
        day = first + timedelta(days=number)
        if day != missed and (request := next_request(network, last, day, AT, is_settled=True)):
            last = request
            got.append(f"{day:%m-%d}")
    return got


def test_the_first_report_in_which_all_is_decided_begins_the_weeks(weekly: Network) -> None:
    assert next_request(weekly, DAILY, LAST_DAILY, AT, is_settled=True) == SETTLED
    assert next_request(weekly, DAILY, LAST_DAILY, AT, is_settled=False) == ReportRequest("2023-04-18", AT)


def test_then_it_goes_each_week_on_that_day_and_on_the_day_before_a_session(weekly: Network) -> None:
    first, until = date(2023, 4, 19), date(2023, 5, 17)
    assert days(weekly, first, until) == ["04-25", "05-02", "05-09", "05-16"]  # 10 May is a session
    moved = weekly.sessions[0].model_copy(update={"date": date(2023, 5, 12)})
    later = weekly.model_copy(update={"sessions": (moved,)})
    assert days(later, first, until) == ["04-25", "05-02", "05-09", "05-11", "05-16"]


def test_a_week_that_no_check_saw_is_made_up_for(weekly: Network) -> None:
    assert days(weekly, date(2023, 4, 19), date(2023, 5, 2), missed=date(2023, 4, 25)) == ["04-26", "05-02"]


def test_something_to_decide_makes_it_daily_again(weekly: Network) -> None:
    day = date(2023, 4, 20)
    again = next_request(weekly, SETTLED, day, AT, is_settled=False)
    assert again == ReportRequest("2023-04-20", AT)
    assert next_request(weekly, again, day + timedelta(days=1), AT, is_settled=True) == ReportRequest(
        "2023-04-21", AT, "2023-04-21"
    )


def test_a_network_that_does_not_choose_it_gets_a_report_each_day(network: Network) -> None:
    assert next_request(network, SETTLED, date(2023, 4, 20), AT, is_settled=True)
