"""`tweetal registration`: registrations by reference; prints no personal data except the school."""

import typer

from cli.shell import OUT, AsJson, By, TableName, Why, network_file, now, registration_of, show, table_named
from shared.aws.table import Table
from shared.aws.wire import UnavailableError
from shared.domain.actions.registrant import revoked
from shared.domain.form.draft import Draft
from shared.domain.form.submission import check
from shared.domain.registration.registration import Change, Registration, State, replaced
from shared.domain.text import clean

app = typer.Typer(no_args_is_help=True, help="The registrations of a network.")


@app.command("list")
def list_registrations(network: str, table: TableName, as_json: AsJson = False) -> None:
    """List a network's registrations."""
    store = table_named(table)
    network_file(store, network)
    rows = (
        (r.reference, r.state.value, r.school, r.place, f"{r.received_at:%Y-%m-%d %H:%M}Z")
        for r in store.registrations(network)
    )
    show(("reference", "state", "school", "place", "received"), rows, as_json)


@app.command("set")
def set_state(network: str, reference: str, state: State, table: TableName, by: By, why: Why) -> None:
    """Give a registration another state. Its mail follows by itself."""
    store = table_named(table)
    changed = registration_of(store, network, reference).become(state, now(), by, why)
    _save(store, changed)
    OUT.print(f"{changed.reference} is {state}")


@app.command()
def replace(network: str, reference: str, name: str, email: str, table: TableName, by: By, why: Why) -> None:
    """Replace a registrant by a colleague. In one step, so that the school's count stays the same."""
    store, at = table_named(table), now()
    old = registration_of(store, network, reference)
    seed = f"{old.reference} {at.isoformat()}"
    new = check(Draft({"name": clean(name), "email": clean(email), "school": old.school}))
    leaving, coming = replaced(old, new.name, new.email, seed, Change(at, old.state, by, why))
    _save(store, leaving, coming)
    OUT.print(f"{coming.reference} takes the place of {leaving.reference}")


@app.command()
def revoke(network: str, reference: str, table: TableName) -> None:
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
