"""What the mail function does with who is unjudged, where no stream brings them to it."""

from shared.aws.table import Table
from shared.domain.network.network import read_network
from shared.domain.registration.judging import unjudged_posts
from tests.people import AT


def judge_all(table: Table, network: str = "plg-2023") -> None:
    """Judge everybody who is unjudged, in order of arrival."""
    most = read_network(table.networks()[network], network).abuse.people_an_hour_per_address
    for post in unjudged_posts(table.everybody(network)):
        table.judge(post, most, AT)
