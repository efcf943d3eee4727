"""How often a network's organisers get a report: daily, or weekly once everything is decided."""

from datetime import date, datetime, timedelta

from shared.domain.network.network import Network
from shared.domain.outbox import ReportRequest

_WEEK = 7


def next_request(
    network: Network, last: ReportRequest | None, today: date, at: datetime, *, is_settled: bool
) -> ReportRequest | None:
    """Return the request for the report of today; None on a day without one.

    The first report in which everything is decided is the last daily one. After it there is one each week on
    its weekday, and on the day before a session. A weekday that no check saw is made up for the next day.
    """
    if network.report == "daily" or not is_settled:
        return ReportRequest(today.isoformat(), at)
    if last is None or not last.weekly_since:
        return ReportRequest(today.isoformat(), at, today.isoformat())
    begun, before = date.fromisoformat(last.weekly_since), date.fromisoformat(last.day)
    is_due = (today - begun).days // _WEEK > (before - begun).days // _WEEK
    is_eve = any(session.date - timedelta(days=1) == today for session in network.sessions)
    return ReportRequest(today.isoformat(), at, last.weekly_since) if is_due or is_eve else None
