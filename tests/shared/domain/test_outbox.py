"""From when the next report tells: from the latest one that reached its reader."""

from datetime import UTC, datetime, timedelta

import pytest

from shared.domain.outbox import MailRecord, MailState, ReportRequest, latest_mailed, report_mail_id

FIRST = datetime(2023, 3, 20, 6, tzinfo=UTC)
DAYS = [ReportRequest(f"2023-03-{20 + day}", FIRST + timedelta(days=day)) for day in range(3)]


def mailed(request: ReportRequest, number: int, state: MailState = MailState.SENT) -> MailRecord:
    return MailRecord("plg-2023", report_mail_id(request, number), "report", "", state, request.at)


def test_each_reader_reads_on_from_their_own_latest_report() -> None:
    records = [mailed(DAYS[0], 1), mailed(DAYS[0], 2), mailed(DAYS[1], 2)]
    assert [latest_mailed(DAYS, records, number) for number in (1, 2)] == [DAYS[0].at, DAYS[1].at]


def test_a_new_reader_reads_on_from_the_latest_report_to_anybody() -> None:
    assert latest_mailed(DAYS, [mailed(DAYS[0], 1), mailed(DAYS[1], 1)], 2) == DAYS[1].at


@pytest.mark.parametrize("state", [MailState.PENDING, MailState.UNKNOWN, MailState.FAILED, MailState.BOUNCED])
def test_a_report_that_may_not_have_arrived_is_told_again(state: MailState) -> None:
    assert latest_mailed(DAYS, [mailed(DAYS[0], 1, state)], 1) is None
