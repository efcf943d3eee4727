"""`tweetal check`: what a daily check does, shown beforehand or carried out."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

import typer

from cli.shell import (
    OUT,
    AsJson,
    NetworkId,
    TableName,
    moment_in,
    network_named,
    school_knowledge,
    show,
    table_named,
)
from functions.check.handler import check, plan_check
from shared.domain.rule.plan import Plan

app = typer.Typer()


@app.command("check")
def run_check(
    network: NetworkId,
    table: TableName,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what the check would do. Changes nothing.")
    ] = False,
    at: Annotated[
        datetime | None,
        typer.Option(help="With --dry-run: another time, in the network's time zone: 2023-04-15T07:00."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Do the daily check of a network now, or show what it would do. It is safe to run twice."""
    if at and not dry_run:
        raise typer.BadParameter("--at goes with --dry-run: a check at another time would be untrue")
    store = table_named(table)
    learning_network = network_named(store, network)
    moment = moment_in(learning_network, at)
    knowledge = school_knowledge(store, moment)
    if dry_run:
        todo = plan_check(store, learning_network, moment, knowledge)
        show(("act", "reference", "school"), _acts(todo), as_json)
        return
    done = check(store, learning_network, moment, knowledge)
    if as_json:
        typer.echo(json.dumps(done, indent=2))
        return
    acts = ", ".join(f"{count} {act}" for act, count in done.items() if count)
    OUT.print(acts or "there was nothing to do")


def _acts(todo: Plan) -> Iterator[tuple[str, str, str]]:
    for person in todo.decisions:
        yield person.state.value, person.reference, person.school
    for act, people in (("remind", todo.reminders), ("remind of session", todo.session_reminders)):
        yield from ((act, person.reference, person.school) for person in people)
    for person in (*todo.erasures, *todo.answer_erasures):
        yield "erase", person.reference, ""
    if todo.forget is not None:
        yield "delete all personal data", "", ""
    if todo.report_day:
        yield f"report of {todo.report_day}", "", ""
