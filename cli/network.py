"""`tweetal network`: the learning networks."""

from pathlib import Path

import typer
from rich.table import Table as Grid

from cli.shell import OUT, TableName, now, table_named
from shared.domain.network.network import NetworkError, read_network

app = typer.Typer(no_args_is_help=True, help="The learning networks.")


@app.command()
def check(files: list[Path]) -> None:
    """Check network files and report the first error. Changes nothing."""
    for file in files:
        network = read_network(file.read_text("utf-8"), str(file))
        closes = network.local(network.closes_at)
        OUT.print(f"{file}: {network.id} is right, and closes {closes:%Y-%m-%d %H:%M}")


@app.command()
def apply(files: list[Path], table: TableName) -> None:
    """Add or replace networks. Checks all files before it stores the first one."""
    texts = [(str(file), file.read_text("utf-8")) for file in files]
    for source, text in texts:
        read_network(text, source)
    for source, text in texts:
        network = table_named(table).apply_network(text, source, now())
        OUT.print(f"{network.id} applied; the functions use it within a minute")


@app.command("list")
def list_networks(table: TableName) -> None:
    """List the networks with their deadlines."""
    grid = Grid("id", "title", "opens", "deadline", "minimum")
    for name, toml in table_named(table).networks().items():
        try:
            network = read_network(toml, name)
        except NetworkError:
            grid.add_row(name, "cannot be read by this release")
            continue
        window, minimum = network.registration, network.rule.min_per_school
        grid.add_row(name, network.title, str(window.opens), str(window.deadline), str(minimum))
    OUT.print(grid)


@app.command()
def counts(table: TableName) -> None:
    """List the networks with deleted registrations. Shows how many there were, and when they were deleted."""
    store, grid = table_named(table), Grid("id", "deleted", "counts")
    for network in store.networks():
        if item := store.counts(network):
            numbers = ", ".join(f"{n} {key}" for key, n in item.items() if key not in ("pk", "sk", "at"))
            grid.add_row(network, item["at"][:10], numbers)
    OUT.print(grid)


@app.command()
def show(network: str, table: TableName) -> None:
    """Print the file of a network as it was applied."""
    toml = table_named(table).networks().get(network)
    if toml is None:
        raise typer.BadParameter(f"there is no network {network!r}; see: tweetal network list")
    typer.echo(toml, nl=False)
