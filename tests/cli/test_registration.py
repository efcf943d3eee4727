"""`tweetal registration export` and `add`: a network's people for an operator, and somebody by hand."""

import csv
import json
from io import StringIO

import pytest

from local.season_posts import earlier_posts
from shared.aws.table import Table
from shared.domain.network.network import Network
from shared.domain.registration.registration import ORGANISER, State
from tests.cli.test_main import tweetal
from tests.people import AT, someone

EVA = ("--name", "Eva Bos", "--email", "eva@berg.example", "--school", "Bergcollege")
WORD = ("--by", "Els", "--why", "belde")


@pytest.fixture(autouse=True)
def _on_a_monday_in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.registration.now", lambda: AT)


def test_everybody_is_exported_as_the_organisers_csv_and_that_is_in_the_audit(
    table: Table, plg: Network
) -> None:
    jan = someone(phone="0612345678")
    table.register([jan])
    written = tweetal("registration", "export", "plg-2023", "--by", "Els")
    assert written.startswith("\ufeff")
    (row,) = csv.DictReader(StringIO(written.removeprefix("\ufeff")), delimiter=";")
    assert (row["Aanmeldnummer"], row["Naam"], row["Ontvangen"]) == (
        jan.reference,
        jan.name,
        "20-03-2023 09:00",
    )
    (post,) = earlier_posts(plg, written, None)  # which a rehearsal can play
    assert (post.at, post.answers["phone"]) == (AT, "0612345678")
    (entry,) = json.loads(tweetal("person", "audit", "--json"))
    assert (entry["by"], entry["act"], entry["items"]) == (
        "Els",
        "export list",
        "1 registrations of plg-2023",
    )


def test_everybody_is_exported_as_json(table: Table, plg: Network) -> None:
    table.register([someone()])
    (row,) = json.loads(tweetal("registration", "export", "plg-2023", "--by", "Els", "--json"))
    assert (row["E-mail"], row["Ontvangen"]) == ("jan@berg.example", "2023-03-20T09:00:00")


def test_who_phoned_is_added_and_the_mails_are_shown_first(table: Table, plg: Network) -> None:
    table.register([someone()])
    shown = tweetal("registration", "add", "plg-2023", *EVA, *WORD, "--dry-run")
    assert "At once, 1 person gets the mail 'confirmation':\n  the new person  Bergcollege" in shown
    assert "Nobody was added" in shown
    assert "Eva" not in shown
    assert len(table.registrations("plg-2023")) == 1
    assert "is registered" in tweetal("registration", "add", "plg-2023", *EVA, *WORD, "--role", "docent")
    eva = next(r for r in table.registrations("plg-2023") if r.name == "Eva Bos")
    assert (eva.invited_by, eva.role, eva.history[-1].by, eva.history[-1].note) == (
        ORGANISER,
        "docent",
        "Els",
        "belde",
    )
    again = tweetal("registration", "add", "plg-2023", *EVA, *WORD)
    assert f"is registered already: {eva.reference}" in again


def test_before_a_network_opens_nobody_is_added(
    table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.registration.now", lambda: plg.opens_at.replace(year=2022))
    assert "opens on 2023-02-01" in tweetal("registration", "add", "plg-2023", *EVA, *WORD)


def test_after_the_deadline_the_operator_chooses_the_state(
    table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.registration.now", lambda: plg.closes_at)
    tweetal("registration", "add", "plg-2023", *EVA, *WORD, "--state", "admitted")
    assert [r.state for r in table.registrations("plg-2023")] == [State.ADMITTED]
