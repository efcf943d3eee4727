"""How well schools are recognised: precision and recall on labelled typings, and the time it takes."""

import csv
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from shared.domain.schools.matching import Match, Register, Typed, compare_typings, match, read_register

Row = dict[str, str]
Pair = tuple[Typed, Typed, Row]


def main(data: Path, wrong: bool = False) -> None:
    """Print the table for a folder with a register and labelled typings."""
    register = read_register(next(data.glob("duo_vo_vestigingen*.csv")).read_bytes())
    pairs = [(_side(row, "a"), _side(row, "b"), row) for row in _rows(data / "school_pairs_dev.csv")]
    typed = [(_typed(row), row) for row in _rows(data / "school_typed_dev.csv")]
    _pairs_line("pairs, e-mail domains", pairs, register, wrong)
    _pairs_line("pairs, domains emptied", [(_bare(a), _bare(b), row) for a, b, row in pairs], register, wrong)
    _pairs_line("pairs, no register", pairs, None, False)
    _typed_line(typed, register, wrong)
    _time_line([t for t, _ in typed], data, register)


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _side(row: Row, side: str) -> Typed:
    return Typed(row[f"{side}_name"], row[f"{side}_place"], row[f"{side}_email_domain"])


def _typed(row: Row) -> Typed:
    return Typed(row["typed"], row["place"], row["email_domain"])


def _bare(typed: Typed) -> Typed:
    return replace(typed, email_domain="")


def _pairs_line(title: str, pairs: list[Pair], register: Register | None, wrong: bool) -> None:
    said = [(compare_typings(a, b, register), row) for a, b, row in pairs]
    grouped = [row for same, row in said if same.verdict == "same"]
    right = sum(row["same"] == "1" for row in grouped)
    positives = sum(row["same"] == "1" for *_, row in pairs)
    print(f"{title:24} precision {right / max(1, len(grouped)):.3f}  recall {right / max(1, positives):.3f}")
    for same, row in said:
        if wrong and (same.verdict == "same") != (row["same"] == "1"):
            print("   ", same.verdict, "|", *list(row.values()), "|", same.why)


def _typed_line(typed: list[tuple[Typed, Row]], register: Register, wrong: bool) -> None:
    found = [(match(t, register), row) for t, row in typed]
    known = [(m, row) for m, row in found if row["expected"] != "none"]
    right = sum(_right(m, row) for m, row in known)
    sure_wrong = sum(m.sureness == "sure" and not _right(m, row) for m, row in found)
    print(f"{'typed names':24} right {right / len(known):.3f}  sure but wrong {sure_wrong / len(found):.3f}")
    for m, row in found:
        if wrong and (not _right(m, row) if row["expected"] != "none" else m.sureness == "sure"):
            print("   ", m.sureness, m.vestiging and m.vestiging.code, "|", *row.values(), "|", m.why)


def _right(found: Match, row: Row) -> bool:
    if not found.vestiging:
        return False
    length = 4 if row["match_level"] == "brin" else 6
    return found.vestiging.code[:length] == row["expected"][:length]


def _time_line(typed: list[Typed], data: Path, register: Register) -> None:
    """Time 10,000 different typings: every official name with a slip, in turn with and without its place."""
    slips: list[Callable[[str], str]] = [str, str.upper, lambda n: n[:4] + n[5:], lambda n: n + " loc. Zuid"]
    every = ((i, slip, row) for i, slip in enumerate(slips) for row in register.rows)
    rows = [Typed(slip(row.name), row.place if i % 2 else "") for i, slip, row in every]
    many = ([replace(t, name=f"{t.name} {t.place}") for t in rows] + rows + typed)[:10_000]
    fresh = read_register(next(data.glob("duo_vo_vestigingen*.csv")).read_bytes())
    start = time.process_time()
    for one in many:
        match(one, fresh)
    print(f"{f'{len(many)} typed names':24} {time.process_time() - start:.1f} s of one core, index included")


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data")
    if folder.is_dir():
        main(folder, wrong="--wrong" in sys.argv)
    else:
        print(f"skipped: {folder} is not there")
