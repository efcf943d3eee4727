"""`tweetal mail`: what became of each mail, and how to have somebody mailed again; prints no address."""

from typing import Annotated

import typer

from cli.shell import (
    OUT,
    AsJson,
    By,
    NetworkId,
    Reference,
    TableName,
    Why,
    fail,
    network_named,
    now,
    registration_of,
    show,
    table_named,
)
from shared.domain.actions.organiser import order_of_path
from shared.domain.actions.organiser.order import OrderContext, OrganiserAction, Wish
from shared.domain.outbox import MailState

app = typer.Typer(no_args_is_help=True, help="The mails: what became of each, and mail somebody again.")


@app.command("list")
def list_mails(
    network: NetworkId,
    table: TableName,
    reference: Annotated[str, typer.Option(help="Only the mails to this person.")] = "",
    state: Annotated[MailState | None, typer.Option(help="Only the mails in this state.")] = None,
    as_json: AsJson = False,
) -> None:
    """List a network's mails with their state, and why; the oldest first."""
    store = table_named(table)
    network_named(store, network)
    mails = store.mails(network, f"{reference.upper()}-") if reference else store.mails(network)
    rows = (
        (f"{m.at:%Y-%m-%d %H:%M}Z", m.kind, m.reference, m.state.value, m.reason, m.id)
        for m in sorted(mails, key=lambda m: m.at)
        if state in (None, m.state)
    )
    show(("at", "kind", "reference", "state", "why", "mail"), rows, as_json)


@app.command()
def resend(network: NetworkId, reference: Reference, table: TableName, by: By, why: Why) -> None:
    """Mail somebody again what they must know now, at most once an hour."""
    store, at = table_named(table), now()
    person = registration_of(store, network, reference)
    context = OrderContext(network_named(store, network), (person,), (), at, by)
    order = order_of_path(context, f"person/{person.reference}/{OrganiserAction.RESEND}", Wish(why=why))
    if order is None or not store.save(*order.save):
        fail(
            f"{person.reference} cannot be mailed again now: they were in the last hour, left, "
            "or were changed by somebody else; see: tweetal mail list"
        )
    OUT.print(f"{person.reference} is mailed again")
