from datetime import timedelta

import pytest

from shared.aws.networks import Networks
from shared.aws.store import Store
from shared.aws.table import Table
from shared.aws.wire import UnavailableError
from shared.domain.network import Network, NetworkError
from tests.conftest import PLG
from tests.people import AT


def test_networks_are_remembered_for_a_minute(table: Table, plg: Network) -> None:
    networks = Networks(table)
    assert networks.at(AT) == {"plg-2023": plg}
    table.apply_network(PLG.read_text().replace('title = "Leer', 'title = "Nieuw leer'), "x", AT)
    assert networks.at(AT + timedelta(seconds=59)) == {"plg-2023": plg}
    assert networks.at(AT + timedelta(seconds=60))["plg-2023"].title.startswith("Nieuw")


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
