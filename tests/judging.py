"""What the mail function does with who is unjudged, where no stream brings them to it."""

from shared.aws.table import Table
from shared.domain.network.network import read_network
from tests.people import AT


def judge_all(table: Table, network: str = "plg-2023") -> None:
    """Judge everybody who is unjudged, in order of arrival."""
    table.judge(read_network(table.networks()[network], network), table.everybody(network), AT)
