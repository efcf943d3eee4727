"""`tweetal schools match` and `pairs`: which schools a list from Excel means; this needs no AWS."""

import csv
import sys
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import track

from cli.shell import ERR, fail
from shared.domain.schools.matching import Register, Typed, compare_typings, match, read_register
from shared.phrases.schools import match_reason_in_english, pair_reason_in_english

Row = dict[str, str]
RegisterFile = Annotated[
    Path, typer.Option("--register", exists=True, dir_okay=False, help="DUO's list of vestigingen, as CSV.")
]

_TYPED = ("typed", "place", "email_domain")
_SIDE = ("name", "place", "email_domain")
_PAIR = tuple(f"{side}_{column}" for side in "ab" for column in _SIDE)
_VERDICTS = {"same": "1", "different": "0", "unsure": "unsure"}


def match_list(
    register: RegisterFile,
    typed: Annotated[
        Path,
        typer.Option(exists=True, dir_okay=False, help=f"CSV with the columns {', '.join(_TYPED)}."),
    ],
) -> None:
    """Print for each typed school which vestiging it is, as CSV."""
    rows, schools = _read_csv(typed, _TYPED), read_register(register.read_bytes())
    columns = ("typed", "place", "code", "name", "sureness", "why")
    _print_csv(columns, (_match_row(row, schools) for row in _with_progress(rows)))


def pair_list(
    register: RegisterFile,
    pairs: Annotated[
        Path, typer.Option(exists=True, dir_okay=False, help=f"CSV with the columns {', '.join(_PAIR)}.")
    ],
) -> None:
    """Print which pairs are one school, as CSV. Each pair gets 1, 0 or unsure."""
    rows, schools = _read_csv(pairs, _PAIR), read_register(register.read_bytes())
    first = next(iter(rows), dict.fromkeys(_PAIR, ""))
    columns = [column for column in first if column not in ("same", "why")]
    compared = (_compare_row(row, columns, schools) for row in _with_progress(rows))
    _print_csv((*columns, "same", "why"), compared)


def _match_row(row: Row, register: Register) -> Sequence[str]:
    answer = match(Typed(*(row[column] for column in _TYPED)), register)
    code, name = (answer.vestiging.code, answer.vestiging.title) if answer.vestiging else ("", "")
    return row["typed"], row["place"], code, name, answer.sureness, match_reason_in_english(answer.reason)


def _compare_row(row: Row, columns: Sequence[str], register: Register) -> Sequence[str]:
    a, b = (Typed(*(row[f"{side}_{column}"] for column in _SIDE)) for side in "ab")
    same = compare_typings(a, b, register)
    return *(row[column] for column in columns), _VERDICTS[same.verdict], pair_reason_in_english(same.reason)


def _read_csv(file: Path, needed: Sequence[str]) -> list[Row]:
    """Read a CSV with the encoding and the separator of Dutch Excel, or of any other program."""
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
        present = ", ".join(headers) or "nothing"
        fail(f"{file.name} has no column {', '.join(missing)}; it has: {present}")
    lines.fieldnames = headers
    return [{column: line[column] for column in headers} for line in lines]


def _with_progress(rows: Sequence[Row]) -> Iterable[Row]:
    return track(rows, "Comparing", console=ERR, disable=not ERR.is_terminal)


def _print_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
