"""`tweetal registration`: registrations by reference; only `export` prints names and addresses."""

import json
import secrets
import sys
from contextlib import redirect_stdout
from datetime import datetime
from functools import partial
from typing import Annotated

import typer

from cli.announced import print_announced
from cli.shell import (
    OUT,
    AsJson,
    By,
    NetworkId,
    Operator,
    Reference,
    TableName,
    Why,
    fail,
    network_file,
    network_named,
    now,
    registration_of,
    school_knowledge,
    show,
    table_named,
)
from shared.aws import audit
from shared.aws.store import Store
from shared.aws.table import Table
from shared.aws.wire import UnavailableError
from shared.domain.actions.organiser.by_hand import AFTER_CLOSING, AlreadyRegisteredError, registration_order
from shared.domain.actions.organiser.order import OrderContext
from shared.domain.actions.registrant import revoked
from shared.domain.form.draft import Draft
from shared.domain.form.submission import check
from shared.domain.registration.colleague import replaced
from shared.domain.registration.registration import Change, Registration, State
from shared.domain.report.report import Report
from shared.domain.text import clean
from shared.mails.order_preview import preview_order
from shared.mails.sheet_rows import registrations_sheet
from shared.mails.sheets import csv_file

app = typer.Typer(no_args_is_help=True, help="The registrations of a network.")

NewState = Annotated[State, typer.Argument(help="The state that they get.")]
NewName = Annotated[str, typer.Argument(help="The colleague's whole name.")]
NewEmail = Annotated[str, typer.Argument(help="The colleague's mail address.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show who would be mailed. Adds nobody.")]


@app.command("list")
def list_registrations(network: NetworkId, table: TableName, as_json: AsJson = False) -> None:
    """List a network's registrations."""
    store = table_named(table)
    network_file(store, network)
    rows = (
        (r.reference, r.state.value, r.school, r.place, f"{r.received_at:%Y-%m-%d %H:%M}Z")
        for r in store.registrations(network)
    )
    show(("reference", "state", "school", "place", "received"), rows, as_json)


@app.command()
def export(network: NetworkId, table: TableName, by: Operator, as_json: AsJson = False) -> None:
    """Print everybody in a network, as the organiser's CSV.

    These are names, addresses and all answers: delete the file when you are done. The audit gets a line.
    """
    with redirect_stdout(sys.stderr):  # keeps log lines about unreadable items out of the file
        report = _report(table_named(table), network)
    counts = {f"registrations of {network}": len(report.registrations)}
    audit.save(Store(table), audit.AuditEntry(now(), by, "export list", (), counts))  # whoever reads may stop
    if as_json:
        sheet = registrations_sheet(report, is_complete=True)
        rows = [dict(zip(sheet.header, row, strict=True)) for row in sheet.rows]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2, default=datetime.isoformat))
    else:
        typer.echo(csv_file(report, is_complete=True).content.decode(), nl=False)


@app.command()
def add(
    network: NetworkId,
    table: TableName,
    name: Annotated[str, typer.Option(help="The person's whole name.")],
    email: Annotated[str, typer.Option(help="Their mail address.")],
    school: Annotated[str, typer.Option(help="The name of their school.")],
    by: By,
    why: Why,
    place: Annotated[str, typer.Option(help="The town of their school.")] = "",
    role: Annotated[str, typer.Option(help="What they do there.")] = "",
    state: Annotated[
        str,
        typer.Option(help="Needed after the deadline: registered (the next check decides) or admitted."),
    ] = "",
    dry_run: DryRun = False,
) -> None:
    """Register somebody who phoned or mailed. Shows who is mailed what, as on an organiser's page."""
    store, at = table_named(table), now()
    learning_network = network_named(store, network)
    if at < learning_network.opens_at:
        fail(f"{network} opens on {learning_network.registration.opens}; until then nobody can register")
    if learning_network.is_closed(at) and state not in AFTER_CLOSING:
        fail(f"{network} is closed: add --state registered (the next check decides) or --state admitted")
    typed = {"name": name, "email": email, "school": school, "place": place, "role": role}
    context = OrderContext(
        learning_network,
        store.registrations(network),
        store.decisions(network),
        at,
        by,
        school_knowledge(store, at),
    )
    try:
        order = registration_order(context, {**typed, "why": why, "state": state}, secrets.token_hex(16))
    except AlreadyRegisteredError as error:
        fail(f"this person is registered already: {error.registration.reference}")
    preview = preview_order(context, order, partial(store.mails_to, network))
    print_announced(preview, context, "At once")
    if dry_run:
        OUT.print("Nobody was added")
        return
    (added,) = store.register(order.register)
    OUT.print(f"{added.reference} is {added.state}")


@app.command("set")
def set_state(
    network: NetworkId, reference: Reference, state: NewState, table: TableName, by: By, why: Why
) -> None:
    """Give a registration another state. Its mail follows by itself."""
    store = table_named(table)
    changed = registration_of(store, network, reference).become(state, now(), by, why)
    _save(store, changed)
    OUT.print(f"{changed.reference} is {state}")


@app.command()
def replace(
    network: NetworkId,
    reference: Reference,
    name: NewName,
    email: NewEmail,
    table: TableName,
    by: By,
    why: Why,
) -> None:
    """Replace a registrant by a colleague. In one step, so that the school's count stays the same."""
    store, at = table_named(table), now()
    old = registration_of(store, network, reference)
    seed = f"{old.reference} {at.isoformat()}"
    new = check(Draft({"name": clean(name), "email": clean(email), "school": old.school}))
    leaving, coming = replaced(old, new.name, new.email, seed, Change(at, old.state, by, why))
    _save(store, leaving, coming)
    OUT.print(f"{coming.reference} takes the place of {leaving.reference}")


@app.command()
def revoke(network: NetworkId, reference: Reference, table: TableName) -> None:
    """Revoke the links of a registrant. New links are mailed to them."""
    store = table_named(table)
    changed = revoked(registration_of(store, network, reference), now())
    _save(store, changed)
    OUT.print(f"the earlier links of {changed.reference} no longer work; new ones are mailed")


def _save(table: Table, *changed: Registration) -> None:
    if not table.save(*changed):
        raise UnavailableError(
            "somebody else changed this registration, or this person is registered already"
        )


def _report(table: Table, network: str) -> Report:
    """Return what a network's sheets are made of."""
    learning_network, at = network_named(table, network), now()
    whole, knowledge = table.whole(network), school_knowledge(table, at)
    mails = table.undelivered_mails(network, whole.registrations)
    return Report(
        learning_network,
        whole.registrations,
        mails,
        None,
        at,
        whole.decisions,
        knowledge=knowledge,
        unreadable_count=whole.unreadable_count,
    )
