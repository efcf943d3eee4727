"""Where nobody registers for five working days, the report asks whether the form still works."""

from datetime import UTC, datetime

import pytest

from shared.domain.network.network import Network
from shared.domain.report.report import Report
from shared.mails.report import report
from tests.people import someone


def morning(month: int, day: int) -> datetime:
    return datetime(2023, month, day, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "days"),
    [
        (morning(3, 27), 0),  # a Monday: four working days and a weekend since Monday 20 March
        (morning(3, 28), 5),
        (morning(4, 11), 13),  # Good Friday and Easter Monday are no working days
        (morning(4, 17), 0),  # the deadline is over
    ],
)
def test_only_working_days_without_anybody_count(plg: Network, at: datetime, days: int) -> None:
    people = [someone(received_at=datetime(2023, 3, 20, 12, tzinfo=UTC))]
    assert Report(plg, people, [], None, at).quiet_days == days


def test_the_report_asks_to_try_the_form(plg: Network) -> None:
    people = [someone(received_at=datetime(2023, 3, 20, 12, tzinfo=UTC))]
    mail = report(plg, Report(plg, people, [], None, morning(3, 28)), "https://tweetal.example/organiser/x")
    text = " ".join(mail.text.split())
    assert "Al 5 werkdagen meldde niemand zich aan. Vul het formulier zelf eens in: werkt het nog?" in text
