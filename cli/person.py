"""`tweetal person`: export or erase all data about one address, and show the audit of that."""

import json
import sys
from collections import Counter
from contextlib import redirect_stdout
from typing import Annotated, Any

import typer
from rich.table import Table as Grid

from cli.shell import OUT, AsJson, Operator, TableName, Yes, network_named, now, print_grid, show
from shared.aws import audit
from shared.aws.data_subject import DataSubject, Held
from shared.aws.store import Store
from shared.aws.table import Table
from shared.aws.versions import UnknownVersionError
from shared.aws.wire import UnavailableError
from shared.domain.email import EmailError, email_address
from shared.mails.data_export import data_export

app = typer.Typer(no_args_is_help=True, help="Personal data: export it, erase it, see when that was done.")


def _address(text: str) -> str:
    """Return an address as it was typed; refuse what is none, of which nobody could hold anything."""
    try:
        email_address(text)
    except EmailError as error:
        raise typer.BadParameter("this is no mail address") from error
    return text.strip()


Email = Annotated[str, typer.Argument(help="The person's mail address.", parser=_address, metavar="EMAIL")]
_ATTEMPTS = 3  # a person may change their registration during an erasure


@app.command()
def export(email: Email, table: TableName, by: Operator) -> None:
    """Print all data about an address as JSON. For its owner, in Dutch or in the network's language."""
    store, at = Store(table), now()
    subject = DataSubject(store, email)
    with redirect_stdout(sys.stderr):  # keeps log lines about unreadable items out of the file
        held = subject.held(at)
        rulings = subject.school_rulings()
        document = {
            "e-mailadres": email,
            "leernetwerken": [_document(Table(store), one) for one in held],
            "zei over scholen": [{"op": ruling.at.isoformat(), "waarom": ruling.why} for ruling in rulings],
        }
    _audit(store, by, "export", held)  # first: whoever reads may stop halfway
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    _check_readable(subject)


@app.command()
def erase(
    email: Email,
    table: TableName,
    by: Operator,
    yes: Yes = False,
) -> None:
    """Erase all data about an address. Shows first how much there is; the numbers of a network stay."""
    store, at = Store(table), now()
    subject = DataSubject(store, email)
    held, rulings = subject.held(at), subject.school_rulings()
    if not held and not rulings:
        OUT.print("nothing is held of this address")
        _check_readable(subject)
        return
    print_grid(_grid(held))
    if not yes:
        typer.confirm("Erase all of this? It cannot be undone", abort=True, err=True)
    for _ in range(_ATTEMPTS):
        subject.erase(at)
        if not subject.held(at) and not subject.school_rulings():
            break
    else:
        raise UnavailableError("this was changed by somebody else; erase it again")
    _audit(store, by, "erase", held)
    OUT.print("erased; backups forget it after 35 days")
    _check_readable(subject)


@app.command("audit")
def show_audit(table: TableName, as_json: AsJson = False) -> None:
    """List each export and erasure of personal data. Shows when, by whom, and which references."""
    rows = []
    for entry in audit.entries(Store(table)):
        counts, references = _counts_text(Counter(entry.counts)), ", ".join(entry.references)
        rows.append((f"{entry.at:%Y-%m-%d %H:%M}Z", entry.by, entry.act, references, counts))
    show(("at", "by", "act", "references", "items"), rows, as_json)


def _check_readable(subject: DataSubject) -> None:
    """Raise if items of a later release, which stay as they are, may be about this person too."""
    if count := subject.unreadable_count():
        raise UnknownVersionError(
            f"{count} items of a later release were left alone, and may be of this person too; "
            "deploy the latest release and do this again with its command line"
        )


def _document(table: Table, held: Held) -> dict[str, Any]:
    network = network_named(table, held.network)
    own = {r.reference for r in held.own}
    mails = {ref: [m for m in held.mails if m.reference == ref] for ref in own}
    return {
        "netwerk": network.title,
        "aanmeldingen": [data_export(network, r, mails[r.reference]) for r in held.own],
        "niet herkende inzendingen": [
            {"op": post.received_at.isoformat(), "ingevuld": [[a.name, a.text] for a in post.answers]}
            for post in held.kept_posts
        ],
        "genoemd bij": [r.reference for r in held.elsewhere],
        "besloot als organisator": [
            {"op": d.at.isoformat(), "wat": d.kind.value, "over": d.about, "waarom": d.why}
            for d in held.decisions
        ],
        "schreef of genoemd in": [
            {"op": m.at.isoformat(), "onderwerp": m.subject, "tekst": m.text} for m in held.messages
        ],
        "vroeg een code op": [at.isoformat() for at in held.code_requests],
    }


def _grid(held: tuple[Held, ...]) -> Grid:
    grid = Grid("network", "references", "items")
    for one in held:
        grid.add_row(one.network, ", ".join(_references((one,))), _counts_text(one.counts))
    return grid


def _counts_text(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in counts.items())


def _references(held: tuple[Held, ...]) -> tuple[str, ...]:
    return tuple(r.reference for one in held for r in one.own)


def _audit(store: Store, by: str, act: str, held: tuple[Held, ...]) -> None:
    counts = sum((one.counts for one in held), Counter())
    audit.save(store, audit.AuditEntry(now(), by, act, _references(held), counts))
