"""Options, output and look-ups that the commands share."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.table import Table as Grid

from shared.aws import stack as aws
from shared.aws.schools import Schools
from shared.aws.stack import StackDescription
from shared.aws.store import Store
from shared.aws.table import Table
from shared.domain.network.network import Network, read_network
from shared.domain.registration.registration import Registration
from shared.domain.schools.knowledge import SchoolKnowledge
from shared.domain.text import clean

TableName = Annotated[
    str, typer.Option("--table", envvar="TABLE", help="The table of the stack (its output TableName).")
]
NetworkId = Annotated[str, typer.Argument(help="The id of a network: plg-2023.")]
Reference = Annotated[str, typer.Argument(help="The number of a registration: PLG-7K3MQ2XD.")]
By = Annotated[str, typer.Option(help="Who decided this.", parser=clean, metavar="TEXT")]
Operator = Annotated[str, typer.Option("--by", help="Your name, for the audit.")]
Why = Annotated[str, typer.Option(help="The reason; the history keeps it.", parser=clean, metavar="TEXT")]
StackName = Annotated[str, typer.Option("--stack", envvar="STACK", help="The name of the stack.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for a program.")]
# Text of people is not markup: "[/red]" is a valid name.
OUT, ERR = Console(markup=False, emoji=False), Console(markup=False, emoji=False, stderr=True)


def fail(text: str) -> NoReturn:
    """End the command with a sentence that says what is wrong and what to do."""
    ERR.print(text, style="red", highlight=False, soft_wrap=True)
    raise typer.Exit(1)


def show(columns: Sequence[str], rows: Iterable[Sequence[str]], as_json: bool, title: str = "") -> None:
    """Print rows as a table, or as a JSON list of objects."""
    if as_json:
        objects = [dict(zip(columns, row, strict=True)) for row in rows]
        typer.echo(json.dumps(objects, ensure_ascii=False, indent=2))
        return
    grid = Grid(*columns, title=title or None, title_justify="left")
    for row in rows:
        grid.add_row(*row)
    OUT.print(grid)


def stack_named(name: str) -> StackDescription:
    """Return what CloudFormation says of a stack; end the command if there is none."""
    description = aws.find_stack(name)
    if description is None:
        fail(f"there is no stack {name!r} here: --stack names it, and AWS_DEFAULT_REGION the region")
    return description


def table_named(name: str) -> Table:
    """Return the table with a name."""
    return Table(Store(name))


def network_named(table: Table, network: str) -> Network:
    """Return a network from the table; end the command if it is not there."""
    return read_network(network_file(table, network), network)


def network_file(table: Table, network: str) -> str:
    """Return the file of a network as it was applied; end the command if it is not there."""
    toml = table.networks().get(network)
    if toml is None:
        fail(f"there is no network {network!r}; see: tweetal network list")
    return toml


def registration_of(table: Table, network: str, reference: str) -> Registration:
    """Return the registration with a reference; end the command if there is none."""
    network_file(table, network)
    for registration in table.registrations(network):
        if registration.reference == reference.upper():
            return registration
    fail(f"there is no registration {reference!r} in {network!r}; see: tweetal registration list {network}")


def school_knowledge(table: Table, moment: datetime) -> SchoolKnowledge:
    """Return what the table says about schools at a moment."""
    return Schools(table).at(moment)


def now() -> datetime:
    """Return the present time: the time of an operator's decision."""
    return datetime.now(UTC)
