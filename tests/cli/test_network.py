from datetime import date
from pathlib import Path

import pytest

from shared.aws.table import Table
from shared.domain.network.network import Network, read_network
from tests.cli.test_main import tweetal
from tests.conftest import PLG
from tests.people import AT


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


def test_a_trial_network_is_open_on_the_day_that_it_is_written(table: Table, tmp_path: Path) -> None:
    text = tweetal("network", "trial", "els@voorbeeld.example", "--today", "2026-03-20")
    network = read_network(text, "trial")
    assert (network.registration.opens, network.registration.deadline) == (
        date(2026, 3, 19),
        date(2026, 4, 3),
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


def test_a_file_that_cannot_be_read_is_a_sentence(table: Table, tmp_path: Path) -> None:
    assert "cannot be read as text" in tweetal("network", "apply", str(tmp_path / "no.toml"))
