"""`tweetal rehearse`: what it has the local stack play, and how it tells of it."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from cli import rehearse
from tests.cli.test_main import tweetal
from tests.conftest import PLG

PLAYED: dict[str, Any] = {
    "posts": 5,
    "refused": 1,
    "mails": [
        {"date": "2023-04-15", "time": "07:00", "kind": "admitted", "people": 2, "subject": "Je doet mee"}
    ],
    "reports": {
        "first": "2023-02-01", "last": "2023-11-21", "mornings": 294, "people": 1, "rhythm": "daily",
        "subject": "",
    },
    "decided": {"date": "2023-04-15", "people": {"admitted": 2, "held": 1}},
    "minimum": {"minimum": 3, "dropped": ["Berg, Zeist", "Dal, Ede"], "stayed": []},
    "deleted": "2024-02-22",
}  # fmt: skip


@pytest.fixture
def orders(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the local stack is to play; it answers with a season that was played before."""
    orders: list[dict[str, Any]] = []

    def run(command: list[str], **given: Any) -> subprocess.CompletedProcess[str]:
        orders.append(json.loads(given["input"]))
        return subprocess.CompletedProcess(command, 0, json.dumps(PLAYED), "")

    monkeypatch.setattr(subprocess, "run", run)
    return orders


def test_a_rehearsal_says_what_is_mailed_what_is_decided_and_what_another_minimum_does(
    orders: list[dict[str, Any]],
) -> None:
    shown = tweetal("rehearse", str(PLG))
    assert orders[0]["minimum"] == 3  # one more than the file's
    assert "2023-04-15 │ 07:00 │ admitted │ 2" in shown
    assert "5 posts were played; 1 of them did not register" in shown
    assert "A report goes to 1 organiser on 294 mornings from 2023-02-01 to 2023-11-21" in shown
    assert "The check of 2023-04-15 decides: 2 admitted, 1 held" in shown
    assert "With a minimum of 3, 2 schools would have dropped out: Berg, Zeist; Dal, Ede" in shown
    assert "All personal data is deleted on 2024-02-22" in shown
    assert json.loads(tweetal("rehearse", str(PLG), "--json")) == PLAYED


def test_a_rehearsal_of_last_seasons_people(orders: list[dict[str, Any]], tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("Naam;E-mail")
    tweetal("rehearse", str(PLG), "--posts", str(file), "--deadline", "2022-04-08", "--minimum", "1")
    assert (orders[0]["posts"], orders[0]["deadline"], orders[0]["minimum"]) == (
        "Naam;E-mail",
        "2022-04-08",
        1,
    )


def test_a_lower_minimum_and_one_that_changes_nothing_are_said_too() -> None:
    lower = PLAYED | {"minimum": {"minimum": 1, "dropped": [], "stayed": ["Dal, Ede"]}}
    assert rehearse._decisions(lower)[1:] == [
        "With a minimum of 1, 1 school would not have been short: Dal, Ede"
    ]
    same = PLAYED | {"minimum": {"minimum": 3, "dropped": [], "stayed": []}, "decided": {}}
    assert rehearse._decisions(same) == ["A minimum of 3 would have changed nothing for any school"]


def test_what_is_not_installed_or_cannot_be_read_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert "does not exist" in tweetal("rehearse", str(tmp_path / "no.toml"))
    nobody = tmp_path / "nobody.csv"
    nobody.touch()
    assert "nobody to play" in tweetal("rehearse", str(PLG), "--posts", str(nobody))
    assert "of the people of --posts" in tweetal("rehearse", str(PLG), "--deadline", "2022-04-08")
    failed = subprocess.CompletedProcess([], 1, "", "Traceback\nthis is no CSV")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: failed)
    assert "the season cannot be played: this is no CSV" in tweetal("rehearse", str(PLG))
    monkeypatch.setattr(rehearse, "find_spec", lambda _: None)
    assert "moto is not installed" in tweetal("rehearse", str(PLG))
