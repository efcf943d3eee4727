"""`tweetal network`: the learning networks."""

import difflib
from datetime import datetime
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from cli.announced import print_settings_mails
from cli.probe_network import PROBE_NETWORK
from cli.shell import (
    ERR,
    OUT,
    AsJson,
    NetworkId,
    TableName,
    fail,
    network_file,
    now,
    show,
    table_named,
    text_of,
)
from cli.trial_network import first_day, trial_network
from shared.aws.network_versions import StoredFile
from shared.aws.table import Table
from shared.domain.network.network import Network, NetworkError, read_network

app = typer.Typer(no_args_is_help=True, help="The learning networks.")

_REVISION = "# revision "  # begins the first line of a file that `pull` wrote
NetworkFiles = Annotated[
    list[Path], typer.Argument(exists=True, dir_okay=False, help="Files of networks, as those in networks/.")
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what would change and who would be mailed. Nothing is stored.")
]


class NetworkFile(NamedTuple):
    """A network's file on this machine, and the revision on which it is based; empty if it names none."""

    network: Network
    text: str
    source: str
    revision: str


@app.command()
def check(files: NetworkFiles) -> None:
    """Check network files and report the first error. Changes nothing."""
    for file in map(_read, files):
        closes = file.network.local(file.network.closes_at)
        OUT.print(f"{file.source}: {file.network.id} is right, and closes {closes:%Y-%m-%d %H:%M}")


@app.command()
def apply(files: NetworkFiles, table: TableName, dry_run: DryRun = False) -> None:
    """Add or replace networks. Shows what changes, and who is mailed what about it.

    Checks all files before it stores the first one. A file of `network pull` is refused if the network was
    changed since.
    """
    store, read = table_named(table), [_read(file) for file in files]
    changes = [(file, _difference(store, file)) for file in read]
    for file, difference in changes:
        typer.echo("".join(difference), nl=False)
        name = file.network.id
        if not difference:
            OUT.print(f"{name} is stored like this already")
            continue
        print_settings_mails(store, file.network, now())
        if dry_run:
            OUT.print(f"{name} would be applied; nothing was changed")
        else:
            _store(store, file)
            OUT.print(f"{name} applied; the functions use it within a minute")


@app.command()
def pull(network: NetworkId, table: TableName) -> None:
    """Print the stored file of a network, to edit it and apply it again. Its first line is the revision."""
    store = table_named(table)
    revision = store.network_revision(network)  # first: a change in between makes it too old, never too new
    typer.echo(f"{_REVISION}{revision}\n{network_file(store, network)}", nl=False)


@app.command()
def trial(
    email: Annotated[str, typer.Argument(help="Where the reports go.")],
    today: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], metavar="DATE", help="The first day: 2026-03-20.", show_default="today"
        ),
    ] = None,
) -> None:
    """Print the file of a network to try things with. Open from yesterday, with dates of the next weeks."""
    text = trial_network(email, today.date() if today else first_day(now()))
    read_network(text, "the trial network")
    typer.echo(text, nl=False)


@app.command()
def probe() -> None:
    """Print the file of the network for the daily probe."""
    typer.echo(PROBE_NETWORK, nl=False)


@app.command("list")
def list_networks(table: TableName, as_json: AsJson = False) -> None:
    """List the networks with their deadlines."""
    rows = []
    for name, toml in table_named(table).networks().items():
        try:
            network = read_network(toml, name)
        except NetworkError:
            rows.append((name, "cannot be read by this release", "", "", ""))
            continue
        window, minimum = network.registration, network.rule.min_per_school
        rows.append((name, network.title, str(window.opens), str(window.deadline), str(minimum)))
    show(("id", "title", "opens", "deadline", "minimum"), rows, as_json)


@app.command()
def counts(table: TableName, as_json: AsJson = False) -> None:
    """List the networks with deleted registrations. Shows how many there were, and when they were deleted."""
    store, rows = table_named(table), []
    for network in store.networks():
        if item := store.counts(network):
            numbers = ", ".join(f"{n} {key}" for key, n in item.items() if key not in ("pk", "sk", "at"))
            rows.append((network, item["at"][:10], numbers))
    show(("id", "deleted", "counts"), rows, as_json)


@app.command("show")
def show_file(network: NetworkId, table: TableName) -> None:
    """Print the file of a network as it was applied."""
    typer.echo(network_file(table_named(table), network), nl=False)


def _read(file: Path) -> NetworkFile:
    text = text_of(file)
    first, _, rest = text.partition("\n")
    revision = first.removeprefix(_REVISION).strip() if first.startswith(_REVISION) else ""
    text = rest if revision else text
    return NetworkFile(read_network(text, str(file)), text, str(file), revision)


def _store(table: Table, file: NetworkFile) -> None:
    """Store a file: over the revision on which it is based, if it names one."""
    if not file.revision:
        table.apply_network(file.text, file.source, now())
        return
    based_on = StoredFile("", datetime.fromisoformat(file.revision))
    if not table.network_files.save_over(based_on, file.network, file.text, now()):
        fail(f"{file.network.id} was changed at this moment: apply {file.source} again to see by what")


def _difference(store: Table, file: NetworkFile) -> list[str]:
    """Return what a file changes of the stored one; end the command if it is based on an earlier one."""
    network = file.network.id
    stored, revision = store.networks().get(network, ""), store.network_revision(network)
    lines = list(
        difflib.unified_diff(
            stored.splitlines(keepends=True), file.text.splitlines(keepends=True), "stored", file.source
        )
    )
    if file.revision and file.revision != revision:
        ERR.print("".join(lines), highlight=False, end="")
        fail(
            f"{file.source} is based on revision {file.revision}, and {network} was changed since, at "
            f"{revision or 'never'}: pull it again, and make your change there"
        )
    return lines
