"""`tweetal restore`: bring a table that AWS restored to a moment back into the stack's own."""

import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Annotated, Any

import typer
from rich.progress import Progress
from rich.table import Table as Grid

from cli.shell import ERR, OUT, AsJson, StackName, Yes, fail, now, output_of, print_grid, stack_named
from shared.access.links import Links
from shared.aws import stack as aws
from shared.aws.export_reader import Export, whole_exports
from shared.aws.restoring import LostPerson, Restoring
from shared.aws.secrets import link_keys
from shared.aws.stack import StackDescription
from shared.aws.store import Store
from shared.aws.wire import UnavailableError

app = typer.Typer()

_MAKE_IT = """\
there is no table {source}; make it, which takes AWS minutes to hours:

  aws dynamodb restore-table-to-point-in-time --source-table-name {own} \\
      --target-table-name {source} --restore-date-time {at}
  aws dynamodb wait table-exists --table-name {source}"""
_MOMENTS = ["%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S"]  # as AWS writes it
_AT_ONCE, _CHUNK = 16, 400  # writes; alone, a hundred thousand would take a quarter of an hour
_STILL = ("Mail", "Check")  # they would act on half a table
_LONGEST_RUN = timedelta(minutes=5)  # of these functions
_DAY = timedelta(hours=26)  # between two checks, on the day on which summer time ends and some


@app.command()
def restore(
    at: Annotated[
        datetime,
        typer.Option(
            help="The moment to which AWS restored it, in UTC: 2023-04-10T09:00:00Z.",
            formats=_MOMENTS,
            metavar="TIME",
        ),
    ],
    stack: StackName = "tweetal",
    source: Annotated[
        str, typer.Option("--from", help="The restored table.", show_default="the table's name and -restored")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be put back. Changes nothing.")
    ] = False,
    yes: Yes = False,
    without_export: Annotated[
        bool,
        typer.Option("--without-export", help="Go on without an export: who was erased since may come back."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Put back what the table lacks, from a copy that AWS restored. Mails come first, then people.

    Nothing that the table has is changed, nobody is mailed twice, and who was erased since stays erased.
    Mails and the check stand still meanwhile. A run that was interrupted is finished by the next.
    """
    moment, description = at.replace(tzinfo=at.tzinfo or UTC), stack_named(stack)
    own, secret = output_of(description, "TableName"), output_of(description, "LinkSecretArn")
    source = source or f"{own}-restored"
    _check_source(own, source, moment)
    exports = _exports(description, moment, without_export=without_export)
    keys = Links(link_keys(secret)).keys("export")
    restoring = Restoring(Store(own), Store(source), exports, keys)
    counts = Counter((piece.kind, piece.change) for piece in restoring.missing_pieces(moment, now()))
    if not as_json:
        print_grid(_grid(counts, f"{source} has what {own} lacks"))
    if not dry_run:
        if not yes:
            typer.confirm("Put all of this back?", abort=True, err=True)
        with _standstill(description) as since:
            counts = _put_back(restoring, moment, counts.total(), since)
    _report(counts, restoring.lost_people() if not dry_run else (), exports, as_json=as_json, dry_run=dry_run)


def _check_source(own: str, source: str, at: datetime) -> None:
    """End the command if the restored table is not there, or was restored to another moment."""
    if source == own:
        fail("--from is the stack's own table; it must be the one that AWS restored")
    wanted = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    try:
        moment = aws.restored_to(source) or at
    except UnavailableError as error:
        if str(error) != "ResourceNotFoundException":
            raise
        fail(_MAKE_IT.format(source=source, own=own, at=wanted))
    if abs(moment - at) > timedelta(seconds=1):
        fail(f"{source} was restored to {moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}, and --at says {wanted}")


def _exports(description: StackDescription, at: datetime, *, without_export: bool) -> Sequence[Export]:
    """Return the exports of after a moment; end the command if the one that must be there is missing."""
    bucket = description.outputs.get("ExportsBucket")
    exports = whole_exports(bucket) if bucket else ()
    if not without_export and not any(export.at > at - _DAY for export in exports):
        fail(
            f"there is no export of the day before {at:%Y-%m-%d %H:%M}Z, nor a later one, so nobody knows "
            "what was mailed since, and who was erased; --without-export goes on all the same: then erase "
            "again everybody of whom you know"
        )
    return [export for export in exports if export.at > at]


@contextmanager
def _standstill(description: StackDescription) -> Iterator[datetime]:
    """Have no mail sent and no check done; after a failure too, until a run succeeds."""
    functions = [description.id_of(name) for name in _STILL]
    for function in functions:
        aws.stop_function(function)
    ERR.print(f"{' and '.join(_STILL)} stand still until this has succeeded")
    yield now()
    for function in functions:
        aws.let_function_run(function)


def _put_back(restoring: Restoring, at: datetime, total: int, since: datetime) -> Counter[tuple[str, str]]:
    done: Counter[tuple[str, str]] = Counter()
    pieces = restoring.missing_pieces(at, now())
    with (
        ThreadPoolExecutor(_AT_ONCE) as pool,
        Progress(console=ERR, disable=not ERR.is_terminal) as progress,
    ):
        task = progress.add_task("Putting back", total=total)
        while some := list(islice(pieces, _CHUNK)):
            left = since + _LONGEST_RUN - now()
            if left > timedelta() and any(piece.kind == "person" for piece in some):
                time.sleep(left.total_seconds())  # what ran already may still mail from what it read
            for piece, is_new in zip(some, pool.map(restoring.put_back, some), strict=True):
                done[piece.kind, piece.change] += is_new
            progress.advance(task, len(some))
    return +done


def _report(
    counts: Counter[tuple[str, str]],
    lost: Sequence[LostPerson],
    exports: Sequence[Export],
    *,
    as_json: bool,
    dry_run: bool,
) -> None:
    if as_json:
        document: dict[str, Any] = {
            "done": not dry_run,
            "items": [{"kind": kind, "change": how, "count": n} for (kind, how), n in counts.items()],
            "exports": [export.at.isoformat() for export in exports],
            "lost": [person._asdict() for person in lost],
        }
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    if dry_run:
        OUT.print("nothing was changed")
        return
    print_grid(_grid(counts, "put back"))
    for person in lost:
        after = "registered again since" if person.came_back else "must register again"
        OUT.print(f"{person.reference} of {person.network} came after the backup, and {after}")


def _grid(counts: Counter[tuple[str, str]], title: str) -> Grid:
    grid = Grid("items", "changed first", "count", title=title, title_justify="left")
    for (kind, change), count in counts.items():
        grid.add_row(kind, change, f"{count:,}")
    return grid
