"""Whether the sweep notices that a network's report has not gone out an hour after the daily check."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from functions.mail import handler as mail
from functions.mail import missing_reports as module
from functions.mail.missing_reports import missing_reports
from shared.aws.table import Table
from shared.aws.wire import UnavailableError
from shared.domain.network.network import Network
from shared.domain.outbox import MailRecord, MailState, ReportRequest, report_mail_id
from tests.conftest import PLG
from tests.functions.mail.test_handler import connect, sweep

SEVEN = datetime(2023, 3, 20, 6, tzinfo=UTC)  # in Amsterdam
EIGHT = SEVEN + timedelta(hours=1)


def mails_report(
    table: Table, network: Network, day: str, state: MailState = MailState.SENT, to: int = 1
) -> None:
    mail_id = report_mail_id(ReportRequest(day, SEVEN), to)
    table.claim_mail(MailRecord(network.id, mail_id, "report", "", state, SEVEN), SEVEN)


def test_a_report_that_was_never_requested_is_missing_at_eight(table: Table, plg: Network) -> None:
    mails_report(table, plg, "2023-03-19")
    assert missing_reports(table, [plg], EIGHT - timedelta(seconds=1)) == []
    assert missing_reports(table, [plg], EIGHT) == ["plg-2023"]
    assert missing_reports(table, [plg], EIGHT + timedelta(hours=23)) == [
        "plg-2023"
    ]  # it does not end by itself


@pytest.mark.parametrize("state", [MailState.PENDING, MailState.SENDING])
def test_a_report_that_waits_is_missing(table: Table, plg: Network, state: MailState) -> None:
    mails_report(table, plg, "2023-03-20", state)
    assert missing_reports(table, [plg], EIGHT) == ["plg-2023"]


@pytest.mark.parametrize(
    "state", [MailState.SENT, MailState.DELIVERED, MailState.BOUNCED, MailState.WITHHELD]
)
def test_a_report_that_went_is_not_missing_whatever_became_of_it(
    table: Table, plg: Network, state: MailState
) -> None:
    mails_report(table, plg, "2023-03-20", state)
    assert missing_reports(table, [plg], EIGHT) == []


def test_a_later_report_replaces_one_that_never_went(table: Table, plg: Network) -> None:
    mails_report(table, plg, "2023-03-20", MailState.PENDING)
    mails_report(table, plg, "2023-03-21")
    assert missing_reports(table, [plg], SEVEN + timedelta(days=1, minutes=15)) == []


def test_a_report_that_one_of_its_readers_lacks_is_missing(table: Table, plg: Network) -> None:
    organiser = plg.organiser.model_copy(update={"report_to": ("els@x.example", "bea@x.example")})
    two = plg.model_copy(update={"organiser": organiser})
    mails_report(table, two, "2023-03-20")
    assert missing_reports(table, [two], EIGHT) == ["plg-2023"]
    mails_report(table, two, "2023-03-20", to=2)
    assert missing_reports(table, [two], EIGHT) == []


@pytest.mark.parametrize("day", ["2023-01-31", "2024-05-30"])
def test_before_a_network_opens_and_after_its_last_day_no_report_is_missing(
    table: Table, plg: Network, day: str
) -> None:
    assert missing_reports(table, [plg], datetime.fromisoformat(f"{day}T12:00:00+00:00")) == []


def test_a_network_that_came_after_the_check_lacks_no_report_of_it(table: Table) -> None:
    new = table.apply_network(PLG.read_text(), PLG.name, SEVEN + timedelta(hours=3))
    assert missing_reports(table, [new], EIGHT + timedelta(hours=6)) == []
    assert missing_reports(table, [new], EIGHT + timedelta(days=1)) == ["plg-2023"]


@pytest.fixture
def kept(table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch) -> Iterator[Table]:
    connect(monkeypatch)
    mail.services.cache_clear()
    yield table
    mail.services.cache_clear()


def figures(printed: str) -> list[float]:
    """Return the values of the metric of ReportMissingAlarm in a log."""
    lines = [json.loads(line) for line in printed.splitlines() if '"MissingReports"' in line]
    return [value for line in lines for value in line["MissingReports"]]


def test_each_sweep_measures_how_many_reports_are_missing(
    kept: Table, capsys: pytest.CaptureFixture[str]
) -> None:
    sweep(EIGHT)
    assert figures(capsys.readouterr().out) == [1]
    kept.request_report("plg-2023", "2023-03-20", EIGHT)
    sweep(EIGHT + timedelta(minutes=15))
    assert figures(capsys.readouterr().out) == [0]  # it sent the report itself, and then looked


def test_a_sweep_that_cannot_look_gives_no_figure_which_raises_the_alarm_too(
    kept: Table, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> list[str]:
        raise UnavailableError("no answer")

    monkeypatch.setattr(module, "missing_reports", fail)
    with pytest.raises(Exception, match="UnavailableError"):
        sweep(EIGHT)
    assert figures(capsys.readouterr().out) == []
