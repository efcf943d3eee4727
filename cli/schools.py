"""`tweetal schools`: the register, and rulings on how people type their school."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.lists import match_list, pair_list
from cli.shell import (
    OUT,
    AsJson,
    By,
    NetworkId,
    Reference,
    TableName,
    Why,
    fail,
    now,
    registration_of,
    show,
    table_named,
)
from shared.aws.table import Table
from shared.domain.decision import Decision, Kind
from shared.domain.registration.registration import Registration
from shared.domain.schools.matching import Typed, alias_key, read_register

RegisterList = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, help="DUO's list of vestigingen (vo), as CSV.")
]
Code = Annotated[str, typer.Argument(help="DUO's code of a vestiging: 00AA00.")]
RulingId = Annotated[str, typer.Argument(help="The id that `tweetal schools words` lists.")]

app = typer.Typer(no_args_is_help=True, help="The schools: DUO's register, and which typings are one.")
app.command("match")(match_list)
app.command("pairs")(pair_list)


@app.command("import")
def import_register(file: RegisterList, table: TableName) -> None:
    """Store DUO's list of vestigingen as the register. A wrong file changes nothing."""
    register = read_register(file.read_bytes())
    table_named(table).save_register(register, now())
    OUT.print(f"{len(register)} vestigingen imported; the functions know them within ten minutes")


@app.command()
def same(
    network: NetworkId,
    reference_a: Reference,
    reference_b: Reference,
    table: TableName,
    by: By = "operator",
    why: Why = "",
) -> None:
    """Rule that two registrations are of one school. Everyone who types it so is of it too."""
    _rule_on_two(Kind.SAME, table_named(table), network, (reference_a, reference_b), by, why)


@app.command()
def different(
    network: NetworkId,
    reference_a: Reference,
    reference_b: Reference,
    table: TableName,
    by: By = "operator",
    why: Why = "",
) -> None:
    """Rule that two registrations are of two schools."""
    _rule_on_two(Kind.DIFFERENT, table_named(table), network, (reference_a, reference_b), by, why)


@app.command("is")
def is_school(
    network: NetworkId, reference: Reference, code: Code, table: TableName, by: By = "operator", why: Why = ""
) -> None:
    """Rule which vestiging a registration means. Everyone who types it so means it too."""
    store, code = table_named(table), code.upper()
    register = store.register_of_schools()
    row = register.by_code.get(code) if register else None
    if row is None:
        fail(f"the register has no vestiging {code}; see: tweetal schools import")
    about = _alias_key(registration_of(store, network, reference))
    _store(store, _make_ruling(network, Kind.IS, about, code, by, why, now()), f"is {row.title_in_place}")


@app.command()
def undo(ruling_id: RulingId, table: TableName) -> None:
    """Undo a ruling, by its id."""
    store = table_named(table)
    in_force = (ruling for ruling in store.school_rulings() if ruling.undone_at is None)
    ruling = next((ruling for ruling in in_force if ruling.id == ruling_id), None)
    if ruling is None:
        fail(f"no ruling {ruling_id!r} is in force; see: tweetal schools words")
    store.undo_decision(ruling, now())
    OUT.print(f"{ruling.id} is undone; every standing counts without it from now on")


@app.command()
def words(table: TableName, as_json: AsJson = False) -> None:
    """List the rulings of organisers, with those that are undone."""
    rows = []
    for r in table_named(table).school_rulings():
        undone = f"{r.undone_at:%Y-%m-%d %H:%M}Z" if r.undone_at else ""
        rows.append((r.id, r.about, r.kind.value, r.value, r.by, r.why, undone))
    show(("id", "typing", "is", "of", "by", "why", "undone"), rows, as_json)


def _rule_on_two(
    kind: Kind, store: Table, network: str, references: tuple[str, str], by: str, why: str
) -> None:
    about, value = (_alias_key(registration_of(store, network, reference)) for reference in references)
    ruled = "is the same school as" if kind is Kind.SAME else "is another school than"
    _store(store, _make_ruling(network, kind, about, value, by, why, now()), f"{ruled} {value!r}")


def _alias_key(registration: Registration) -> str:
    return alias_key(Typed(registration.school, registration.place))


def _make_ruling(
    network: str, kind: Kind, about: str, value: str, by: str, why: str, at: datetime
) -> Decision:
    return Decision(network, f"{kind}-{at:%Y%m%dT%H%M%S%f}", kind, about, by, why, at, value=value)


def _store(store: Table, ruling: Decision, meaning: str) -> None:
    store.save_decision(ruling)
    OUT.print(f"{ruling.about!r} {meaning}; `tweetal schools undo {ruling.id}` undoes it", highlight=False)
