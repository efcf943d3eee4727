"""Options, output and look-ups that the commands share."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console

from shared.aws.schools import Schools
from shared.aws.store import Store
from shared.aws.table import Table
from shared.domain.network.network import Network, read_network
from shared.domain.registration.registration import Registration
from shared.domain.schools.knowledge import SchoolKnowledge
from shared.domain.text import clean

TableName = Annotated[
    str, typer.Option("--table", envvar="TABLE", help="The table of the stack (its output TableName).")
]
By = Annotated[str, typer.Option(help="Who decided this.", parser=clean, metavar="TEXT")]
Why = Annotated[str, typer.Option(help="The reason; the history keeps it.", parser=clean, metavar="TEXT")]
# Text of people is not markup: "[/red]" is a valid name.
OUT, ERR = Console(markup=False, emoji=False), Console(markup=False, emoji=False, stderr=True)


def table_named(name: str) -> Table:
    """Return the table with a name."""
    return Table(Store(name))


def network_named(table: Table, network: str) -> Network:
    """Return a network from the table; end the command if it is not there."""
    toml = table.networks().get(network)
    if toml is None:
        raise typer.BadParameter(f"there is no network {network!r}; see: tweetal network list")
    return read_network(toml, network)


def registration_of(table: Table, network: str, reference: str) -> Registration:
    """Return the registration with a reference; end the command if there is none."""
    for registration in table.registrations(network):
        if registration.reference == reference.upper():
            return registration
    raise typer.BadParameter(f"there is no registration {reference!r} in {network!r}")


def school_knowledge(table: Table, moment: datetime) -> SchoolKnowledge:
    """Return what the table says about schools at a moment."""
    return Schools(table).at(moment)


def now() -> datetime:
    """Return the present time: the time of an operator's decision."""
    return datetime.now(UTC)
