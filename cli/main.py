"""`tweetal`: the operator's command line."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table as Grid

from shared.aws.store import Store, UnavailableError
from shared.aws.table import Table
from shared.domain.network import NetworkError, read_network
from shared.domain.registration import ImpossibleChangeError, Registration, State

app = typer.Typer(no_args_is_help=True, help="Run Tweetal: networks and registrations.")
network_app = typer.Typer(no_args_is_help=True, help="The learning networks.")
registration_app = typer.Typer(no_args_is_help=True, help="The registrations of a network.")
app.add_typer(network_app, name="network")
app.add_typer(registration_app, name="registration")

TableName = Annotated[
    str, typer.Option("--table", envvar="TABLE", help="The stack's table (its output TableName).")
]
_OUT, _ERR = Console(), Console(stderr=True)


def main() -> None:
    """Run the command line; every failure is one sentence for the operator."""
    try:
        app()
    except (NetworkError, UnavailableError, ImpossibleChangeError) as wrong:
        _ERR.print(f"[red]{type(wrong).__name__}[/red]: {wrong}", highlight=False)
        raise SystemExit(1) from wrong


@network_app.command("check")
def network_check(files: list[Path]) -> None:
    """Read network files and say what is wrong with them; changes nothing."""
    for file in files:
        network = read_network(file.read_text("utf-8"), str(file))
        _OUT.print(
            f"{file}: {network.id} is right, and closes {network.local(network.closes_at):%Y-%m-%d %H:%M}"
        )


@network_app.command("apply")
def network_apply(files: list[Path], table: TableName) -> None:
    """Add networks, or replace them; all files are checked before the first is kept."""
    texts = [(file, file.read_text("utf-8")) for file in files]
    for file, text in texts:
        read_network(text, str(file))
    for file, text in texts:
        network = Table(Store(table)).apply_network(text, str(file), datetime.now(UTC))
        _OUT.print(f"{network.id} applied; the functions know it within a minute")


@network_app.command("list")
def network_list(table: TableName) -> None:
    """List the networks with their deadlines."""
    grid = Grid("id", "title", "opens", "deadline", "minimum")
    for name, toml in Table(Store(table)).networks().items():
        network = read_network(toml, name)
        window = network.registration
        grid.add_row(
            name, network.title, str(window.opens), str(window.deadline), str(network.rule.min_per_school)
        )
    _OUT.print(grid)


@network_app.command("show")
def network_show(network: str, table: TableName) -> None:
    """Print a network's file as it was applied."""
    toml = Table(Store(table)).networks().get(network)
    if toml is None:
        raise typer.BadParameter(f"there is no network {network!r}; see: tweetal network list")
    typer.echo(toml, nl=False)


@registration_app.command("list")
def registration_list(network: str, table: TableName) -> None:
    """List a network's registrations, without personal data but the school."""
    grid = Grid("reference", "state", "school", "place", "received")
    for r in Table(Store(table)).registrations(network):
        grid.add_row(r.reference, r.state, r.school, r.place, f"{r.received_at:%Y-%m-%d %H:%M}Z")
    _OUT.print(grid)


@registration_app.command("set")
def registration_set(
    network: str,
    reference: str,
    state: State,
    table: TableName,
    by: Annotated[str, typer.Option(help="Who decided.")],
    why: Annotated[str, typer.Option(help="Why; the history keeps it.")],
) -> None:
    """Carry out an organiser's decision on one registration; its mail follows by itself."""
    kept = Table(Store(table))
    changed = _find(kept, network, reference).become(state, datetime.now(UTC), by, why)
    if not kept.save(changed):
        raise UnavailableError("somebody changed this registration at the same moment; try again")
    _OUT.print(f"{reference} is {state}")


def _find(table: Table, network: str, reference: str) -> Registration:
    for registration in table.registrations(network):
        if registration.reference == reference.upper():
            return registration
    raise typer.BadParameter(f"there is no registration {reference!r} in {network!r}")
