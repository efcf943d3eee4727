"""`tweetal standing`, `why`, `waive`, `closing`: the rule, explained and excepted from."""

from datetime import datetime, time, timedelta
from typing import Annotated, Literal

import typer
from rich.table import Table as Grid

from cli.shell import OUT, By, TableName, Why, known_to, network_named, now, registration_of, table_named
from shared.domain.decision import Decision, Kind, in_force
from shared.domain.network.network import Network
from shared.domain.rule.standing import SchoolStanding, standing_since, standings_at
from shared.domain.text import fold
from shared.phrases import dutch, reasons

app = typer.Typer()

At = Annotated[
    datetime | None, typer.Option(help="A moment of the past, in the network's time zone: 2023-04-10T09:00.")
]


@app.command()
def standing(network: str, table: TableName, at: At = None) -> None:
    """Say where every school stands, now or at a moment of the past."""
    kept, grid = table_named(table), Grid("school", "place", "standing", "people", "since", "why")
    found = network_named(kept, network)
    moment = at.replace(tzinfo=found.zone) if at else now()
    decisions = kept.decisions(network)
    for s in standings_at(found, kept.registrations(network), decisions, moment, known_to(kept, moment)):
        reached = standing_since(found, s.school, decisions, moment)
        grid.add_row(
            s.school.name,
            s.school.place,
            s.standing,
            str(len(s.school.counted)),
            _day(found, reached),
            reasons.why(s, dutch),
        )
    OUT.print(grid)


@app.command()
def why(network: str, school: str, table: TableName) -> None:
    """Explain a school's count: who counts, who does not, and why."""
    kept, at = table_named(table), now()
    known, everyone = known_to(kept, at), kept.registrations(network)
    stands = standings_at(network_named(kept, network), everyone, kept.decisions(network), at, known)
    found = [s for s in stands if _is_called(s, school)]
    if not found:
        raise typer.BadParameter(f"no school of {network!r} has {school!r} in its name")
    for s in found:
        OUT.print(_explained(s))


def _is_called(s: SchoolStanding, name: str) -> bool:
    return any(
        fold(name) in fold(own) for own in (s.school.name, *(r.school for r in s.school.registrations))
    )


def _explained(s: SchoolStanding) -> Grid:
    title = f"{s.school.name} {s.school.place}: {s.standing}, {reasons.why(s, dutch)}"
    grid = Grid("reference", "state", "meegeteld?", title=title, title_justify="left")
    for r in s.school.registrations:
        reason = reasons.why_not_counted(r, s.school, dutch)
        grid.add_row(r.reference, r.state, f"niet meegeteld, want {reason}" if reason else "meegeteld")
    return grid


@app.command()
def waive(
    network: str,
    reference: str,
    table: TableName,
    by: By,
    why: Why,
    until: Annotated[
        datetime | None, typer.Option(help="Up to and including this day; without it, always.")
    ] = None,
) -> None:
    """Let the school of a registration come with fewer people than the rule asks."""
    kept = table_named(table)
    found, at = network_named(kept, network), now()
    about = registration_of(kept, network, reference).reference
    ends = datetime.combine(until.date() + timedelta(days=1), time(), found.zone) if until else None
    name = f"{Kind.WAIVE}-{at:%Y%m%dT%H%M%S%f}"
    kept.save_decision(Decision(network, name, Kind.WAIVE, about, by, why, at, ends))
    OUT.print(f"the school of {about} is waived; `tweetal unwaive` undoes it")


@app.command()
def unwaive(network: str, reference: str, table: TableName) -> None:
    """Undo the waiver of the school of a registration."""
    kept = table_named(table)
    waiver = in_force(kept.decisions(network), Kind.WAIVE, now()).get(reference.upper())
    if waiver is None:
        raise typer.BadParameter(f"no waiver of {reference!r} is in force")
    kept.undo_decision(waiver, now())
    OUT.print(f"the waiver of {waiver.about} is undone")


@app.command()
def closing(
    network: str, word: Literal["hold", "release"], table: TableName, by: By = "operator", why: Why = ""
) -> None:
    """Hold what the deadline decides and mails, or release it; the next check carries it out."""
    kept, at = table_named(table), now()
    network_named(kept, network)
    held = in_force(kept.decisions(network), Kind.HOLD_CLOSING, at).get("")
    if word == "hold" and not held:
        name = f"{Kind.HOLD_CLOSING}-{at:%Y%m%dT%H%M%S%f}"
        kept.save_decision(Decision(network, name, Kind.HOLD_CLOSING, "", by, why, at))
    if word == "release" and held:
        kept.undo_decision(held, at)
    OUT.print(f"the closing of {network} is {'held' if word == 'hold' else 'released'}")


def _day(network: Network, at: datetime) -> str:
    return f"{network.local(at):%Y-%m-%d %H:%M}"
