"""`tweetal person`: what we hold of an address, for who asks for it or wants it gone."""

import json
import sys
from collections import Counter
from contextlib import redirect_stdout
from typing import Annotated, Any

import typer
from rich.table import Table as Grid

from cli.shell import OUT, TableName, network_named, now
from shared.aws import audit
from shared.aws.data_subject import DataSubject, Held
from shared.aws.store import Store
from shared.aws.table import Table
from shared.aws.versions import UnknownVersionError
from shared.aws.wire import UnavailableError
from shared.mails.data_export import data_export

app = typer.Typer(no_args_is_help=True, help="Personal data: hand it over, erase it, see when that was done.")

Email = Annotated[str, typer.Argument(help="The address that somebody is known by.")]
Operator = Annotated[str, typer.Option("--by", help="Who does this; the audit keeps it.")]
_ATTEMPTS = 3  # somebody may change their registration while it is erased


@app.command()
def export(email: Email, table: TableName, by: Operator) -> None:
    """Print all that we hold of an address as JSON for its owner, in Dutch or as its network speaks."""
    store, at = Store(table), now()
    subject = DataSubject(store, email)
    with redirect_stdout(sys.stderr):  # where a line of the log on what cannot be read is not in the file
        held = subject.held(at)
        told = {
            "e-mailadres": email,
            "leernetwerken": [_told(Table(store), one) for one in held],
            "zei over scholen": [{"op": w.at.isoformat(), "waarom": w.why} for w in subject.school_rulings()],
        }
    typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    _note(store, by, "export", held)
    _whole(subject)


@app.command()
def erase(
    email: Email,
    table: TableName,
    by: Operator,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase all that we hold of an address, after showing how much that is; counts stay."""
    store, at = Store(table), now()
    subject = DataSubject(store, email)
    held, words = subject.held(at), subject.school_rulings()
    if not held and not words:
        OUT.print("nothing is held of this address")
        _whole(subject)
        return
    OUT.print(_grid(held))
    if not yes:
        typer.confirm("Erase all of this? It cannot be undone", abort=True)
    for _ in range(_ATTEMPTS):
        subject.erase(at)
        if not subject.held(at) and not subject.school_rulings():
            break
    else:
        raise UnavailableError("this was changed by somebody else; erase it again")
    _note(store, by, "erase", held)
    OUT.print("erased; backups forget it after 35 days")
    _whole(subject)


@app.command("audit")
def show_audit(table: TableName) -> None:
    """List when personal data was handed over or erased, by whom, and of which references."""
    grid = Grid("at", "by", "act", "references", "items")
    for line in audit.entries(Store(table)):
        counts = _said(Counter(line.counts))
        grid.add_row(f"{line.at:%Y-%m-%d %H:%M}Z", line.by, line.act, ", ".join(line.references), counts)
    OUT.print(grid)


def _whole(subject: DataSubject) -> None:
    """Raise where that was not all, or may not be: what a later release wrote is left alone."""
    if count := subject.unreadable_count():
        raise UnknownVersionError(
            f"{count} items of a later release were left alone, and may be of this person too; "
            "deploy the latest release and do this again with its command line"
        )


def _told(table: Table, held: Held) -> dict[str, Any]:
    network = network_named(table, held.network)
    own = {r.reference for r in held.own}
    mails = {ref: [m for m in held.mails if m.reference == ref] for ref in own}
    asked = held.sign_in.asked if held.sign_in else ()
    return {
        "netwerk": network.title,
        "aanmeldingen": [data_export(network, r, mails[r.reference]) for r in held.own],
        "niet herkende inzendingen": [
            {"op": m.received_at.isoformat(), "ingevuld": list(m.sent)} for m in held.misfits
        ],
        "genoemd bij": [r.reference for r in held.elsewhere],
        "besloot als organisator": [
            {"op": d.at.isoformat(), "wat": d.kind.value, "over": d.about, "waarom": d.why}
            for d in held.decisions
        ],
        "vroeg een code op": [at.isoformat() for at in asked],
    }


def _grid(held: tuple[Held, ...]) -> Grid:
    grid = Grid("network", "references", "items")
    for one in held:
        grid.add_row(one.network, ", ".join(_references((one,))), _said(one.counts))
    return grid


def _said(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in counts.items())


def _references(held: tuple[Held, ...]) -> tuple[str, ...]:
    return tuple(r.reference for one in held for r in one.own)


def _note(store: Store, by: str, act: str, held: tuple[Held, ...]) -> None:
    counts = sum((one.counts for one in held), Counter())
    audit.write(store, audit.AuditEntry(now(), by, act, _references(held), counts))
