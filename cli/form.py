"""`tweetal form`: posts of a web form that was changed, and their release; values are never printed."""

from collections import Counter

import typer
from rich.table import Table as Grid

from cli.release import release
from cli.shell import OUT, TableName, network_named, now, table_named
from functions.submit.refusals import RequestRefusedError
from shared.aws.schools import Schools
from shared.domain.form.misfit import missing_fields, unknown_field_names
from shared.domain.form.submission import InvalidError

app = typer.Typer(no_args_is_help=True, help="Posts that did not fit their form: kept for two weeks.")


@app.command()
def misfits(network: str, table: TableName) -> None:
    """List the posts that were kept: when, what they lack, and which fields nobody knows."""
    kept = table_named(table)
    field_map = network_named(kept, network).form.field_map
    grid = Grid("received", "lacks", "unknown fields")
    for misfit in kept.misfits.unexpired(network, now()):
        grid.add_row(
            f"{misfit.received_at:%Y-%m-%d %H:%M}Z",
            ", ".join(missing_fields(misfit.sent, field_map)) or "nothing now",
            ", ".join(unknown_field_names(misfit.sent, field_map)),
        )
    OUT.print(grid)


@app.command("release")
def release_all(network: str, table: TableName, by: str = "operator") -> None:
    """Register who posted them, as of when they did; do this after [form.fields] was mended and applied."""
    kept, at = table_named(table), now()
    found, schools = network_named(kept, network), Schools(kept)
    done: Counter[str] = Counter()
    for misfit in kept.misfits.unexpired(network, at):
        try:
            new = release(misfit, found, kept, schools, by, at)
            done["registered" if new else "there already"] += 1
        except (InvalidError, RequestRefusedError) as wrong:
            done[f"left, because of {wrong}"] += 1
    OUT.print("\n".join(f"{n} {what}" for what, n in done.items()) or "there is nothing to release")
