"""`tweetal standing`, `why`, `waive`, `unwaive`, `closing`: the rule, explained and its exceptions."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Annotated, Literal

import typer
from rich.table import Table as Grid

from cli.shell import (
    OUT,
    AsJson,
    By,
    NetworkId,
    Reference,
    TableName,
    Why,
    fail,
    moment_in,
    network_named,
    now,
    print_grid,
    registration_of,
    school_knowledge,
    show,
    table_named,
)
from shared.domain.decision import Decision, Kind, in_force
from shared.domain.network.network import Network
from shared.domain.rule.standing import SchoolStanding, standing_since
from shared.domain.rule.waiting_list import standings_at
from shared.domain.text import fold
from shared.phrases import dutch, reasons

app = typer.Typer()

SchoolName = Annotated[str, typer.Argument(help="A part of its name, as somebody typed it.")]
Closing = Annotated[Literal["hold", "release"], typer.Argument(help="What to do with them.")]
At = Annotated[
    datetime | None, typer.Option(help="A past time in the network's time zone: 2023-04-10T09:00.")
]


@app.command()
def standing(network: NetworkId, table: TableName, at: At = None, as_json: AsJson = False) -> None:
    """List the standing of every school, now or at a past time."""
    store, rows = table_named(table), []
    learning_network = network_named(store, network)
    moment = moment_in(learning_network, at)
    decisions = store.decisions(network)
    for s in standings_at(
        learning_network, store.registrations(network), decisions, moment, school_knowledge(store, moment)
    ):
        reached = standing_since(learning_network, s.school, decisions, moment)
        since, people = _local_time(learning_network, reached), str(len(s.school.counted))
        rows.append((s.school.name, s.school.place, s.shown, people, since, reasons.why(s, dutch)))
    show(("school", "place", "standing", "people", "since", "why"), rows, as_json)


@app.command()
def why(network: NetworkId, school: SchoolName, table: TableName, as_json: AsJson = False) -> None:
    """Explain a school's count: who counts, who does not, and why."""
    store, at = table_named(table), now()
    knowledge, registrations = school_knowledge(store, at), store.registrations(network)
    learning_network, decisions = network_named(store, network), store.decisions(network)
    standings = standings_at(learning_network, registrations, decisions, at, knowledge)
    matches = [s for s in standings if _is_called(s, school)]
    if not matches:
        fail(f"no school of {network!r} has {school!r} in its name; see: tweetal standing {network}")
    if as_json:
        columns = ("school", "place", "standing", "why", "reference", "state", "counts")
        show(columns, ((*_heading(s), *row) for s in matches for row in _people(s)), as_json)
        return
    for s in matches:
        print_grid(_explanation(s))


def _is_called(s: SchoolStanding, name: str) -> bool:
    return any(
        fold(name) in fold(own) for own in (s.school.name, *(r.school for r in s.school.registrations))
    )


def _explanation(s: SchoolStanding) -> Grid:
    school, place, shown, reason = _heading(s)
    title = f"{school} {place}: {shown}, {reason}"
    grid = Grid("reference", "state", "meegeteld?", title=title, title_justify="left")
    for row in _people(s):
        grid.add_row(*row)
    return grid


def _heading(s: SchoolStanding) -> tuple[str, str, str, str]:
    return s.school.name, s.school.place, s.shown, reasons.why(s, dutch)


def _people(s: SchoolStanding) -> Iterator[tuple[str, str, str]]:
    """Yield of each person whether they count, and why not."""
    for r in s.school.registrations:
        reason = reasons.why_not_counted(r, s.school, dutch)
        counts = f"niet meegeteld, want {reason}" if reason else "meegeteld"
        unsure = reasons.why_not_sure(r, s.school, dutch)
        yield r.reference, r.state, f"{counts}; {unsure}" if unsure else counts


@app.command()
def waive(
    network: NetworkId,
    reference: Reference,
    table: TableName,
    by: By,
    why: Why,
    until: Annotated[
        datetime | None, typer.Option(help="The last day of the waiver; without it, the waiver has no end.")
    ] = None,
) -> None:
    """Waive the minimum for the school of a registration."""
    store = table_named(table)
    learning_network, at = network_named(store, network), now()
    about = registration_of(store, network, reference).reference
    ends = (
        datetime.combine(until.date() + timedelta(days=1), time(), learning_network.zone) if until else None
    )
    if ends and ends <= at:
        fail(f"--until {until:%Y-%m-%d} has passed, so nothing would be waived")
    store.save_decision(
        Decision(network, f"{Kind.WAIVE}-{at:%Y%m%dT%H%M%S%f}", Kind.WAIVE, about, by, why, at, ends)
    )
    OUT.print(f"the school of {about} is waived; `tweetal unwaive` undoes it")


@app.command()
def unwaive(network: NetworkId, reference: Reference, table: TableName) -> None:
    """Undo the waiver of the school of a registration."""
    store = table_named(table)
    network_named(store, network)
    waiver = in_force(store.decisions(network), Kind.WAIVE, now()).get(reference.upper())
    if waiver is None:
        fail(f"no waiver of {reference!r} is in force; `tweetal standing {network}` says whose is")
    store.undo_decision(waiver, now())
    OUT.print(f"the waiver of {waiver.about} is undone")


@app.command()
def closing(network: NetworkId, word: Closing, table: TableName, by: By = "operator", why: Why = "") -> None:
    """Hold or release the decisions at the deadline. The next check carries released decisions out."""
    store, at = table_named(table), now()
    network_named(store, network)
    held = in_force(store.decisions(network), Kind.HOLD_CLOSING, at).get("")
    if word == "hold" and not held:
        name = f"{Kind.HOLD_CLOSING}-{at:%Y%m%dT%H%M%S%f}"
        store.save_decision(Decision(network, name, Kind.HOLD_CLOSING, "", by, why, at))
    if word == "release" and held:
        store.undo_decision(held, at)
    OUT.print(f"the closing of {network} is {'held' if word == 'hold' else 'released'}")


def _local_time(network: Network, at: datetime) -> str:
    return f"{network.local(at):%Y-%m-%d %H:%M}"
