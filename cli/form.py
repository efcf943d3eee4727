"""`tweetal form`: posts of a web form that was changed, and their release; values are never printed."""

from collections import Counter

import typer
from rich.table import Table as Grid

from cli.release import release
from cli.shell import OUT, TableName, network_named, now, table_named
from functions.submit.refusals import RequestRefusedError, lacking_fields
from shared.aws.schools import Schools
from shared.domain.form.form_map import form_map
from shared.domain.form.reading import read_form
from shared.domain.form.submission import InvalidError

app = typer.Typer(no_args_is_help=True, help="Posts that did not fit their form: kept for two weeks.")


@app.command()
def misfits(network: str, table: TableName) -> None:
    """List the posts that were kept: when, what they lack, and which fields nobody knows."""
    kept = table_named(table)
    form = form_map(network_named(kept, network).form)
    grid = Grid("received", "lacks", "unknown fields")
    for misfit in kept.kept_posts.all(network, now()):
        grid.add_row(
            f"{misfit.received_at:%Y-%m-%d %H:%M}Z",
            ", ".join(lacking_fields(read_form(misfit.answers, form))) or "nothing now",
            ", ".join(answer.name for answer in read_form(misfit.answers, form).unknown),
        )
    OUT.print(grid)


@app.command("release")
def release_all(network: str, table: TableName, by: str = "operator") -> None:
    """Register who posted them, as of when they did; do this after [form.fields] was mended and applied."""
    kept, at = table_named(table), now()
    found, schools = network_named(kept, network), Schools(kept)
    done: Counter[str] = Counter()
    for misfit in kept.kept_posts.all(network, at):
        try:
            new = release(misfit, found, kept, schools, by, at)
            done["registered" if new else "there already"] += 1
        except (InvalidError, RequestRefusedError) as wrong:
            done[f"left, because of {wrong}"] += 1
    OUT.print("\n".join(f"{n} {what}" for what, n in done.items()) or "there is nothing to release")
