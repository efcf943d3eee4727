"""Options, output and look-ups that the commands share."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
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


def _somebody(text: str) -> str:
    """Return a name without control characters; refuse an empty one, which histories and the audit keep."""
    name = clean(text)
    if not name:
        raise typer.BadParameter("it names nobody")
    return name


TableName = Annotated[
    str, typer.Option("--table", envvar="TABLE", help="The table of the stack (its output TableName).")
]
NetworkId = Annotated[str, typer.Argument(help="The id of a network: plg-2023.")]
Reference = Annotated[str, typer.Argument(help="The number of a registration: PLG-7K3MQ2XD.")]
By = Annotated[str, typer.Option(help="Who decided this.", parser=_somebody, metavar="TEXT")]
Operator = Annotated[
    str, typer.Option("--by", help="Your name, for the audit.", parser=_somebody, metavar="TEXT")
]
Why = Annotated[str, typer.Option(help="The reason; the history keeps it.", parser=clean, metavar="TEXT")]
StackName = Annotated[str, typer.Option("--stack", envvar="STACK", help="The name of the stack.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for a program.")]
_ONE_LINE = 10_000  # characters; no row of ours has more
# Text of people is not markup: "[/red]" is a valid name.
OUT, ERR = Console(markup=False, emoji=False), Console(markup=False, emoji=False, stderr=True)


def fail(text: str) -> NoReturn:
    """End the command with a sentence that says what is wrong and what to do."""
    print_failure(text)
    raise typer.Exit(1)


def print_failure(text: str) -> None:
    """Print what is wrong; what it repeats of a file may be no text."""
    shown = "".join(each if each.isprintable() or each == "\n" else "\ufffd" for each in text)
    ERR.print(shown, style="red", highlight=False, soft_wrap=True)


def text_of(file: Path) -> str:
    """Return what a file says, which Windows may have begun with a mark; end the command if it is no text."""
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        fail(f"{file} is not in UTF-8: save it as UTF-8, and try again")


def moment_in(network: Network, at: datetime | None) -> datetime:
    """Return a time that an operator typed, of the network's time zone unless it says another; or now."""
    return at.replace(tzinfo=at.tzinfo or network.zone) if at else now()


def show(columns: Sequence[str], rows: Iterable[Sequence[str]], as_json: bool, title: str = "") -> None:
    """Print rows as a table, or as a JSON list of objects."""
    if as_json:
        objects = [dict(zip(columns, row, strict=True)) for row in rows]
        typer.echo(json.dumps(objects, ensure_ascii=False, indent=2))
        return
    grid = Grid(*columns, title=title or None, title_justify="left")
    for row in rows:
        grid.add_row(*row)
    print_grid(grid)


def print_grid(grid: Grid) -> None:
    """Print a grid: nothing is cut off, and outside a terminal each row is one line, as grep needs it."""
    for column in grid.columns:
        column.overflow = "fold"
    out = OUT if OUT.is_terminal else Console(markup=False, emoji=False, width=_ONE_LINE)
    out.print(grid)


def stack_named(name: str) -> StackDescription:
    """Return what CloudFormation says of a stack of ours; end the command if there is none."""
    description = aws.find_stack(name)
    if description is None:
        fail(f"there is no stack {name!r} here: --stack names it, and AWS_DEFAULT_REGION the region")
    if "SenderEmail" not in description.parameters:
        fail(f"{name!r} is no stack of Tweetal: --stack names it, tweetal or tweetal-trial")
    return description


def output_of(stack: StackDescription, name: str) -> str:
    """Return an output of a stack; end the command if it has none of this name."""
    output = stack.outputs.get(name)
    if not output:
        fail(f"the stack has no output {name}: its deployment failed, or is of an earlier release; deploy it")
    return output


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
