"""`tweetal schools`: the register, and what organisers say of how schools are typed."""

from datetime import datetime
from pathlib import Path

import typer
from rich.table import Table as Grid

from cli.lists import match_list, pair_list
from cli.shell import OUT, By, TableName, Why, now, registration_of, table_named
from shared.aws.table import Table
from shared.domain.decision import Decision, Kind
from shared.domain.registration.registration import Registration
from shared.domain.schools.matching import Typed, alias_key, read_register

app = typer.Typer(no_args_is_help=True, help="The schools: DUO's register, and which typings are one.")
app.command("match")(match_list)
app.command("pairs")(pair_list)


@app.command("import")
def import_register(file: Path, table: TableName) -> None:
    """Keep DUO's list of vestigingen (vo) as the register; a wrong file leaves the last good one."""
    register = read_register(file.read_bytes())
    table_named(table).keep_register(register, now())
    OUT.print(f"{len(register)} vestigingen imported; the functions know them within ten minutes")


@app.command()
def same(
    network: str, reference_a: str, reference_b: str, table: TableName, by: By = "operator", why: Why = ""
) -> None:
    """Say that two registrations are of one school; so are all who type it as they do, in every network."""
    _of_two(Kind.SAME, table_named(table), network, (reference_a, reference_b), by, why)


@app.command()
def different(
    network: str, reference_a: str, reference_b: str, table: TableName, by: By = "operator", why: Why = ""
) -> None:
    """Say that two registrations are of two schools."""
    _of_two(Kind.DIFFERENT, table_named(table), network, (reference_a, reference_b), by, why)


@app.command("is")
def is_school(
    network: str, reference: str, code: str, table: TableName, by: By = "operator", why: Why = ""
) -> None:
    """Say of which vestiging a registration is, by DUO's code (00AA00)."""
    kept, meant = table_named(table), code.upper()
    register = kept.register_of_schools()
    row = register.by_code.get(meant) if register else None
    if row is None:
        raise typer.BadParameter(f"the register has no vestiging {meant}; see: tweetal schools import")
    about = _typing(registration_of(kept, network, reference))
    _keep(kept, _word(network, Kind.IS, about, meant, by, why, now()), f"is {row.title_in_place}")


@app.command()
def undo(word: str, table: TableName) -> None:
    """Undo a word, by its id."""
    kept = table_named(table)
    found = next((w for w in kept.school_rulings() if w.id == word and w.undone_at is None), None)
    if found is None:
        raise typer.BadParameter(f"no word {word!r} holds; see: tweetal schools words")
    kept.undo(found, now())
    OUT.print(f"{found.id} is undone; every standing counts without it from now on")


@app.command()
def words(table: TableName) -> None:
    """List what organisers said, with who and when; undone words too."""
    grid = Grid("id", "typing", "is", "of", "by", "why", "undone")
    for w in table_named(table).school_rulings():
        undone = f"{w.undone_at:%Y-%m-%d %H:%M}Z" if w.undone_at else ""
        grid.add_row(w.id, w.about, w.kind, w.value, w.by, w.why, undone)
    OUT.print(grid)


def _of_two(kind: Kind, kept: Table, network: str, references: tuple[str, str], by: str, why: str) -> None:
    about, value = (_typing(registration_of(kept, network, reference)) for reference in references)
    said = "is the same school as" if kind is Kind.SAME else "is another school than"
    _keep(kept, _word(network, kind, about, value, by, why, now()), f"{said} {value!r}")


def _typing(registration: Registration) -> str:
    return alias_key(Typed(registration.school, registration.place))


def _word(network: str, kind: Kind, about: str, value: str, by: str, why: str, at: datetime) -> Decision:
    return Decision(network, f"{kind}-{at:%Y%m%dT%H%M%S%f}", kind, about, by, why, at, value=value)


def _keep(kept: Table, word: Decision, said: str) -> None:
    kept.decide(word)
    OUT.print(f"{word.about!r} {said}; `tweetal schools undo {word.id}` undoes it", highlight=False)
