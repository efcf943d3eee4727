"""How many codes an organiser is mailed in an hour: the rule alone."""

from datetime import date, timedelta

from shared.access.code_requests import CodeLimit, CodeRequest, CodeRequests
from tests.people import AT

DAY = date(2023, 3, 20)
NONE = CodeRequests("plg-2023", "sanne")


def after(*requests: CodeRequest) -> CodeRequests:
    made = NONE
    for request in requests:
        made = made.with_request(request)
    return made


def test_a_link_has_five_codes_in_any_hour_and_not_in_each_hour_of_the_clock() -> None:
    requests = after(*(CodeRequest(AT + timedelta(minutes=10 * n), "2023-03-20", "") for n in range(5)))
    new = CodeRequest(AT + timedelta(minutes=59), "2023-03-20", "")
    assert requests.limit_met_by(new, DAY) is CodeLimit.REPORT
    assert requests.limit_met_by(new._replace(at=AT + timedelta(hours=1)), DAY) is None


def test_one_place_gets_three_of_them_and_somebody_elsewhere_the_others() -> None:
    requests = after(*(CodeRequest(AT, "2023-03-20", "here") for _ in range(3)))
    assert requests.limit_met_by(CodeRequest(AT, "2023-03-20", "here"), DAY) is CodeLimit.PLACE
    assert requests.limit_met_by(CodeRequest(AT, "2023-03-20", "elsewhere"), DAY) is None
    assert requests.limit_met_by(CodeRequest(AT, "2023-03-19", "here"), DAY) is None


def test_a_place_is_the_same_place_in_the_next_hour_of_the_clock() -> None:
    requests = after(*(CodeRequest(AT, "2023-03-20", "T08-here") for _ in range(3)))
    new = CodeRequest(AT + timedelta(minutes=59), "2023-03-20", "T09-here")
    assert requests.limit_met_by(new, DAY, "T08-here") is CodeLimit.PLACE
    assert requests.limit_met_by(new, DAY, "T08-elsewhere") is None
    assert requests.limit_met_by(new._replace(at=AT + timedelta(hours=1)), DAY, "T08-here") is None


def test_older_links_share_twenty_and_those_of_today_and_yesterday_have_their_own() -> None:
    days = (f"2023-03-{day:02}" for day in range(1, 5))
    requests = after(*(CodeRequest(AT, day, f"{n}") for day in days for n in range(5)))
    assert requests.limit_met_by(CodeRequest(AT, "2023-03-18", "x"), DAY) is CodeLimit.MAILBOX
    assert requests.limit_met_by(CodeRequest(AT, "", "x"), DAY) is CodeLimit.MAILBOX
    assert requests.limit_met_by(CodeRequest(AT, "2023-03-19", "x"), DAY) is None
    assert requests.limit_met_by(CodeRequest(AT, "2023-03-20", "x"), DAY) is None


def test_what_no_limit_needs_is_forgotten_with_the_next_request() -> None:
    requests = after(*(CodeRequest(AT + timedelta(minutes=30 * n), "", "") for n in range(10)))
    assert [request.at - AT for request in requests.requests] == [
        timedelta(minutes=240),
        timedelta(minutes=270),
    ]
