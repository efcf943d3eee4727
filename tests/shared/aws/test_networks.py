import json
from datetime import timedelta

import pytest

from shared.aws.networks import Networks
from shared.aws.store import Store
from shared.aws.table import Table
from shared.aws.wire import UnavailableError
from shared.domain.network.network import Network, NetworkError
from tests.conftest import PLG
from tests.engines import Around, Engine
from tests.faults.answers import Died, Faults, dies_after, dies_before
from tests.people import AT


def test_networks_are_remembered_for_a_minute(table: Table, plg: Network) -> None:
    networks = Networks(table)
    assert networks.at(AT) == {"plg-2023": plg}
    table.apply_network(PLG.read_text().replace('title = "Leer', 'title = "Nieuw leer'), "x", AT)
    assert networks.at(AT + timedelta(seconds=59)) == {"plg-2023": plg}
    assert networks.at(AT + timedelta(seconds=60))["plg-2023"].title.startswith("Nieuw")


def test_a_file_that_is_the_same_is_not_parsed_again(
    table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    networks = Networks(table)
    networks.read_ahead()
    monkeypatch.setattr("shared.aws.networks.read_network", lambda _, source: pytest.fail(source))
    assert networks.at(AT) == {"plg-2023": plg}
    assert networks.at(AT + timedelta(hours=1)) == {"plg-2023": plg}


def test_a_file_that_was_wrong_and_is_as_before_is_read_as_before(table: Table, plg: Network) -> None:
    networks, toml = Networks(table), PLG.read_text()
    for minutes, text in enumerate([toml, "id = 'from the future'", toml]):
        Store("tweetal").put({"pk": "NETWORKS", "sk": "plg-2023", "toml": text})
        assert networks.one("plg-2023", AT + timedelta(minutes=minutes)) == plg


def test_of_two_changes_over_one_version_the_second_is_refused_and_leaves_no_version(
    table: Table, plg: Network
) -> None:
    files, toml = table.network_files, PLG.read_text()
    seen = files.now("plg-2023")
    assert seen
    one, two = (toml.replace("repair_days = 7", f"repair_days = {days}") for days in (8, 9))
    assert files.save_over(seen, plg, one, seen.at, "key of Sanne")
    assert not files.save_over(seen, plg, two, seen.at, "key of Bob")
    latest = files.now("plg-2023")
    assert latest
    assert (latest.toml, latest.at) == (one, seen.at + timedelta(milliseconds=1))  # at one instant
    assert [version.by for version in files.versions("plg-2023")] == ["", "key of Sanne"]
    assert files.before("plg-2023", latest) == seen
    assert files.before("plg-2023", seen) is None
    assert table.version_history(plg, seen.at + timedelta(hours=1)).sessions_since == seen.at


@pytest.mark.parametrize(("fault", "is_stored"), [(dies_before, False), (dies_after, True)])
def test_a_file_is_stored_with_its_version_or_not_at_all(
    fault: Around,
    is_stored: bool,
    engine: Engine,
    table: Table,
    plg: Network,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    moved = PLG.read_text().replace("2023-05-10", "2023-05-11")
    with monkeypatch.context() as patch:
        engine.around(patch, Faults([fault]))
        with pytest.raises(Died):
            table.apply_network(moved, "x", AT)
    assert (table.networks()["plg-2023"] == moved) is is_stored
    assert len(table.network_files.versions("plg-2023")) == 1 + is_stored


def test_what_an_operator_applied_no_organiser_puts_back(table: Table, plg: Network) -> None:
    seen = table.network_files.now("plg-2023")
    assert seen
    assert table.network_files.save_over(seen, plg, PLG.read_text(), AT)
    latest = table.network_files.now("plg-2023")
    assert latest
    assert table.network_files.before("plg-2023", latest) is None


def test_a_wrong_network_file_leaves_what_was_there(table: Table, plg: Network) -> None:
    with pytest.raises(NetworkError):
        table.apply_network(PLG.read_text().replace("min_per_school = 2", "min_per_school = 0"), "x", AT)
    assert Networks(table).at(AT) == {"plg-2023": plg}


def test_a_network_that_this_release_cannot_read_stays_as_it_was_last_read(
    table: Table, plg: Network
) -> None:
    networks = Networks(table)
    networks.at(AT)
    Store("tweetal").put({"pk": "NETWORKS", "sk": "plg-2023", "toml": "id = 'from the future'"})
    Store("tweetal").put({"pk": "NETWORKS", "sk": "other", "toml": "id = 'never seen'"})
    assert networks.at(AT + timedelta(minutes=2)) == {"plg-2023": plg}


def test_a_network_whose_file_disappears_stays_as_it_was_last_read_and_the_operator_is_told(
    table: Table, plg: Network, capsys: pytest.CaptureFixture[str]
) -> None:
    networks = Networks(table)
    networks.at(AT)
    Store("tweetal").delete("NETWORKS", "plg-2023")
    assert networks.at(AT + timedelta(minutes=2)) == {"plg-2023": plg}
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["kind"] == "NETWORKS"


def test_a_network_that_cannot_be_read_is_not_one_that_nobody_knows(table: Table, plg: Network) -> None:
    Store("tweetal").put({"pk": "NETWORKS", "sk": "other", "toml": "id = 'never seen'"})
    networks = Networks(table)
    assert networks.one("plg-2023", AT) == plg
    assert networks.one("nobody", AT) is None
    with pytest.raises(UnavailableError, match="unreadable network"):
        networks.one("other", AT)


def test_the_operator_is_told_of_a_network_that_cannot_be_read(
    table: Table, plg: Network, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    Store("tweetal").put({"pk": "NETWORKS", "sk": "other", "toml": "id = 'never seen'"})
    Networks(table).at(AT)
    assert [(r.levelname, r.message, r.__dict__["network"]) for r in caplog.records] == [
        ("ERROR", "unreadable network", "other")
    ]
    (metric,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (metric["kind"], metric["UnknownVersion"], metric["table"]) == ("NETWORKS", [1.0], "tweetal")


def test_a_table_that_is_not_there_is_one_clear_error(aws: None) -> None:
    with pytest.raises(UnavailableError, match="ResourceNotFoundException"):
        Networks(Table(Store("nowhere"))).at(AT)


def test_what_a_network_said_before_is_kept(table: Table) -> None:
    for minimum, at in ((2, AT), (3, AT + timedelta(days=1))):
        table.apply_network(
            PLG.read_text().replace("min_per_school = 2", f"min_per_school = {minimum}"), "x", at
        )
    said = [table.network_at("plg-2023", AT + timedelta(hours=hours)) for hours in (-1, 1, 25)]
    assert [network and network.rule.min_per_school for network in said] == [None, 2, 3]
