"""`tweetal network`: the learning networks."""

from pathlib import Path

import typer
from rich.table import Table as Grid

from cli.shell import OUT, TableName, now, table_named
from shared.domain.network.network import NetworkError, read_network

app = typer.Typer(no_args_is_help=True, help="The learning networks.")


@app.command()
def check(files: list[Path]) -> None:
    """Read network files and say what is wrong with them; changes nothing."""
    for file in files:
        network = read_network(file.read_text("utf-8"), str(file))
        closes = network.local(network.closes_at)
        OUT.print(f"{file}: {network.id} is right, and closes {closes:%Y-%m-%d %H:%M}")


@app.command()
def apply(files: list[Path], table: TableName) -> None:
    """Add networks, or replace them; all files are checked before the first is kept."""
    texts = [(str(file), file.read_text("utf-8")) for file in files]
    for source, text in texts:
        read_network(text, source)
    for source, text in texts:
        network = table_named(table).apply_network(text, source, now())
        OUT.print(f"{network.id} applied; the functions know it within a minute")


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
    """Say what is left of networks whose people are forgotten: how many they were, and when they went."""
    kept, grid = table_named(table), Grid("id", "forgotten", "counts")
    for network in kept.networks():
        if left := kept.counts(network):
            numbers = ", ".join(f"{n} {what}" for what, n in left.items() if what not in ("pk", "sk", "at"))
            grid.add_row(network, left["at"][:10], numbers)
    OUT.print(grid)


@app.command()
def show(network: str, table: TableName) -> None:
    """Print a network's file as it was applied."""
    toml = table_named(table).networks().get(network)
    if toml is None:
        raise typer.BadParameter(f"there is no network {network!r}; see: tweetal network list")
    typer.echo(toml, nl=False)
