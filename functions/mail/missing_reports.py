"""Which networks' reports have not gone out an hour after the check that should have requested them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from shared.aws import items
from shared.aws.table import Table
from shared.domain.network.network import Network
from shared.domain.outbox import OPEN, ReportRequest, report_mail_id
from shared.domain.rule.plan import last_check, report_day
from shared.log import logger, measure

_LOG = logger("mail")
_GRACE = timedelta(hours=1)  # the check is at seven, so a report is missing at eight


def measure_missing_reports(
    table: Table, networks: Iterable[Network], reported: str, now: datetime, metrics: str
) -> str:
    """Measure how many reports are missing, and return the last check of which none is.

    `reported` is the one of before: after that nobody looks again until the next. If looking fails there is
    no figure, which raises the same alarm.
    """
    check = items.stamp(last_check(now - _GRACE))
    missing = missing_reports(table, networks, now) if check != reported else []
    if missing:
        _LOG.error("report missing", networks=missing)
    measure(metrics, "MissingReports", len(missing), "Count", {"service": "mail"})
    return reported if missing else check


def missing_reports(table: Table, networks: Iterable[Network], now: datetime) -> list[str]:
    """Return the networks of which a reader has no report yet of the last check, or of a later one."""
    check = last_check(now - _GRACE)
    return [network.id for network in networks if _is_missing(table, network, check, now)]


def _is_missing(table: Table, network: Network, check: datetime, now: datetime) -> bool:
    day = None if network.is_probe else report_day(network, check)
    if day is None or any(_is_out(table, network, each) for each in (day, day + timedelta(1))):
        return False
    return table.network_at(network.id, check) is not None or table.network_at(network.id, now) is None


def _is_out(table: Table, network: Network, day: date) -> bool:
    """Say whether the report of a day went to each reader, or never will: another alarm is for that."""
    request = ReportRequest(day.isoformat(), network.opens_at)
    records = table.mails(network.id, f"report-{request.day}-")
    settled = {record.id for record in records if record.state not in OPEN}
    return all(report_mail_id(request, number) in settled for number in _numbers(network))


def _numbers(network: Network) -> range:
    return range(1, len(network.organiser.report_to) + 1)
