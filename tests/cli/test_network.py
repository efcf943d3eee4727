from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from cli.trial_network import first_day, trial_network
from shared.aws.table import Table
from shared.aws.wire import UnavailableError
from shared.domain.network.network import Network, read_network
from shared.domain.network.sessions import session_entries
from shared.domain.outbox import MailRecord, MailState
from shared.domain.registration.registration import State
from shared.domain.rule.holidays import is_working_day
from shared.domain.rule.reminder import reminder_days
from tests.cli.test_main import tweetal
from tests.conftest import PLG
from tests.people import AT, someone


def edited(tmp_path: Path, text: str) -> str:
    file = tmp_path / "plg.toml"
    file.write_text(text.replace("repair_days = 7", "repair_days = 9"))
    return str(file)


def test_a_dry_run_shows_what_a_file_changes_and_changes_nothing(
    table: Table, plg: Network, tmp_path: Path
) -> None:
    before = table.networks()
    shown = tweetal("network", "apply", edited(tmp_path, PLG.read_text()), "--dry-run")
    assert "-repair_days = 7" in shown
    assert "+repair_days = 9" in shown
    assert "would be applied" in shown
    assert table.networks() == before


def test_what_is_applied_is_shown_and_the_same_file_is_not_applied_again(
    table: Table, plg: Network, tmp_path: Path
) -> None:
    file = edited(tmp_path, PLG.read_text())
    assert "+repair_days = 9" in tweetal("network", "apply", file)
    revision = table.network_revision("plg-2023")
    assert "is stored like this already" in tweetal("network", "apply", file)
    assert table.network_revision("plg-2023") == revision


def test_a_file_that_was_pulled_before_somebody_elses_change_is_refused(
    table: Table, plg: Network, tmp_path: Path
) -> None:
    pulled = tweetal("network", "pull", "plg-2023")
    mine = edited(tmp_path, pulled)
    assert "applied" in tweetal("network", "apply", mine)
    assert "# revision" not in table.networks()["plg-2023"]
    theirs = table.networks()
    refused = tweetal("network", "apply", mine)
    assert "was changed since" in refused
    assert "pull it again" in refused
    assert table.networks() == theirs


def test_a_change_at_the_same_moment_is_not_undone(
    table: Table, plg: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    revision, pulled = table.network_revision("plg-2023"), tweetal("network", "pull", "plg-2023")
    theirs = PLG.read_text().replace("repair_days = 7", "repair_days = 8")
    table.apply_network(theirs, "x", AT)
    monkeypatch.setattr(Table, "network_revision", lambda *_: revision)  # as it was a moment before
    assert "was changed at this moment" in tweetal("network", "apply", edited(tmp_path, pulled))
    assert table.networks()["plg-2023"] == theirs


def moved(tmp_path: Path) -> str:
    """Return a file in which the first session is a week later."""
    file = tmp_path / "moved.toml"
    file.write_text(PLG.read_text().replace("date = 2023-05-10", "date = 2023-05-17"))
    return str(file)


def test_it_says_who_is_mailed_about_a_change_before_it_is_made(
    table: Table, plg: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.network.now", lambda: plg.closes_at + timedelta(days=2))
    jan, piet = (someone(name, f"{name}@berg.example", state=State.ADMITTED) for name in ("Jan", "Piet"))
    table.register([jan, piet])
    for person in (jan, piet):
        id_ = f"{person.reference}-admitted-1"
        record = MailRecord("plg-2023", id_, "admitted", person.reference, MailState.SENDING, AT)
        assert table.claim_mail(replace(record, sessions=session_entries(plg)), AT)
        table.set_mail_state("plg-2023", id_, MailState.SENT)
    for words in (("--dry-run",), ()):
        shown = tweetal("network", "apply", moved(tmp_path), *words)
        assert "After half an hour, 2 people get the mail 'moved':" in shown
        assert f"  {jan.reference}  Bergcollege" in shown
        assert "berg.example" not in shown
    assert "would be applied" not in shown


def test_it_says_that_nobody_is_mailed(table: Table, plg: Network, tmp_path: Path) -> None:
    assert "Nobody is mailed about this" in tweetal("network", "apply", edited(tmp_path, PLG.read_text()))
    file = tmp_path / "new.toml"
    file.write_text(PLG.read_text().replace("plg-2023", "plg-2024"))
    assert "This network is new, so nobody is mailed" in tweetal("network", "apply", str(file))


def test_who_may_not_read_people_can_apply_and_is_told_what_is_not_known(
    table: Table, plg: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise UnavailableError(code)

    monkeypatch.setattr(Table, "registrations", refuse)
    code = "ThrottlingException"
    with pytest.raises(UnavailableError):
        tweetal("network", "apply", moved(tmp_path))
    code = "AccessDeniedException"
    shown = tweetal("network", "apply", moved(tmp_path))
    assert "these credentials may not read people" in shown
    assert "plg-2023 applied" in shown


def test_a_stored_file_of_a_later_release_can_be_replaced(
    table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = PLG.read_text().replace("repair_days", "mending_days")
    monkeypatch.setattr(Table, "networks", lambda _: {"plg-2023": later})
    assert "this release cannot read the stored file" in tweetal("network", "apply", moved(tmp_path))


@pytest.mark.parametrize(
    "today",
    [date(2026, 12, 4) + timedelta(days) for days in range(30)]  # around Christmas and New Year
    + [date(2027, 3, 5), date(2027, 3, 12), date(2027, 3, 28), date(2027, 10, 31), date(2028, 2, 29)],
    ids=str,
)
def test_on_whatever_day_it_is_written_a_trial_network_reminds_twice_and_meets_on_working_days(
    today: date,
) -> None:
    network = read_network(trial_network("els@voorbeeld.example", today), "trial")
    first, second = (day for day, _ in reminder_days(network))
    assert today < first < second < network.deadline_day
    assert network.opens_at < datetime.combine(today, time(), UTC) - timedelta(hours=14)  # in every time zone
    sessions = [session.date for session in network.sessions]
    assert all(is_working_day(day) for day in (network.deadline_day, *sessions))
    assert network.deadline_day < sessions[0] < sessions[1]


def test_a_trial_network_is_called_after_the_day_in_its_own_time_zone() -> None:
    assert first_day(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == date(2027, 1, 1)


def test_a_trial_network_is_open_on_the_day_that_it_is_written(table: Table, tmp_path: Path) -> None:
    text = tweetal("network", "trial", "els@voorbeeld.example", "--today", "2026-03-20")
    network = read_network(text, "trial")
    assert (network.registration.opens, network.registration.deadline) == (
        date(2026, 3, 19),
        date(2026, 4, 7),  # not Good Friday, nor Easter Monday
    )
    assert network.organiser.report_to == ("els@voorbeeld.example",)
    file = tmp_path / "trial.toml"
    file.write_text(tweetal("network", "trial", "els@voorbeeld.example"))
    assert "applied" in tweetal("network", "apply", str(file))


@pytest.mark.parametrize(
    "command",
    [
        ("network", "pull", "plg-1999"),
        ("network", "show", "plg-1999"),
        ("registration", "list", "plg-1999"),
        ("registration", "revoke", "plg-1999", "PLG-7K3MQ2XD"),
        ("standing", "plg-1999"),
        ("check", "plg-1999", "--dry-run"),
    ],
)
def test_a_network_that_does_not_exist_is_a_sentence_that_says_what_to_do(
    table: Table, command: tuple[str, ...]
) -> None:
    assert "there is no network 'plg-1999'; see: tweetal network list" in tweetal(*command)


def test_a_file_of_windows_is_read_or_refused_in_a_sentence(table: Table, tmp_path: Path) -> None:
    file = tmp_path / "plg.toml"
    file.write_text(PLG.read_text().replace("\n", "\r\n"), "utf-8-sig", newline="")
    assert "is right" in tweetal("network", "check", str(file))
    file.write_text(PLG.read_text(), "utf-16")
    assert "plg.toml is not in UTF-8: save it as UTF-8" in tweetal("network", "apply", str(file))
    assert table.networks() == {}
