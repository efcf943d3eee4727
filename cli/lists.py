"""`tweetal schools match`, `pairs`: a list from Excel, with for each row which school is meant; no AWS."""

import csv
import sys
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import track

from cli.shell import ERR
from shared.domain.schools.matching import Register, Typed, compare_typings, match, read_register

Row = dict[str, str]
RegisterFile = Annotated[Path, typer.Option("--register", help="DUO's list of vestigingen, as CSV.")]

_TYPED = ("typed", "place", "email_domain")
_SIDE = ("name", "place", "email_domain")
_PAIR = tuple(f"{side}_{column}" for side in "ab" for column in _SIDE)
_SAID = {"same": "1", "different": "0", "unsure": "unsure"}


def match_list(
    register: RegisterFile,
    typed: Annotated[Path, typer.Option(help=f"CSV with the columns {', '.join(_TYPED)}.")],
) -> None:
    """Print for each typed school which vestiging it is, as CSV."""
    rows, known = _read(typed, _TYPED), read_register(register.read_bytes())
    _print(
        ("typed", "place", "code", "name", "sureness", "why"), (_matched(row, known) for row in _slowly(rows))
    )


def pair_list(
    register: RegisterFile,
    pairs: Annotated[Path, typer.Option(help=f"CSV with the columns {', '.join(_PAIR)}.")],
) -> None:
    """Print for each pair whether it is one school (1, 0 or unsure), as CSV."""
    rows, known = _read(pairs, _PAIR), read_register(register.read_bytes())
    columns = [
        column for column in next(iter(rows), dict.fromkeys(_PAIR, "")) if column not in ("same", "why")
    ]
    _print((*columns, "same", "why"), (_compared(row, columns, known) for row in _slowly(rows)))


def _matched(row: Row, register: Register) -> Sequence[str]:
    found = match(Typed(*(row[column] for column in _TYPED)), register)
    code, name = (found.vestiging.code, found.vestiging.title) if found.vestiging else ("", "")
    return row["typed"], row["place"], code, name, found.sureness, found.why


def _compared(row: Row, columns: Sequence[str], register: Register) -> Sequence[str]:
    a, b = (Typed(*(row[f"{side}_{column}"] for column in _SIDE)) for side in "ab")
    same = compare_typings(a, b, register)
    return *(row[column] for column in columns), _SAID[same.verdict], same.why


def _read(file: Path, needed: Sequence[str]) -> list[Row]:
    """Read a CSV as Dutch Excel saves it, or as anything else does."""
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("windows-1252", errors="replace")
    first = text.partition("\n")[0]
    separator = max(";,\t", key=first.count)
    lines = csv.DictReader(StringIO(text, newline=""), delimiter=separator, restkey="", restval="")
    headers = [header.strip().casefold() for header in lines.fieldnames or ()]
    if missing := [column for column in needed if column not in headers]:
        found = ", ".join(headers) or "nothing"
        raise typer.BadParameter(f"{file.name} has no column {', '.join(missing)}; it has: {found}")
    lines.fieldnames = headers
    return [{column: line[column] for column in headers} for line in lines]


def _slowly(rows: Sequence[Row]) -> Iterable[Row]:
    return track(rows, "Comparing", console=ERR, disable=not ERR.is_terminal)


def _print(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
