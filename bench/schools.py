"""Measures how well schools are recognised: precision and recall on labelled typings, and the time."""

import csv
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from shared.domain.schools.matching import Register, SchoolMatch, Typed, compare_typings, match, read_register
from shared.phrases.schools import match_reason_in_english, pair_reason_in_english

Row = dict[str, str]
Pair = tuple[Typed, Typed, Row]


def main(data: Path, shows_errors: bool = False, is_timed: bool = True) -> dict[str, float]:
    """Print and return the figures for a folder with a register and labelled typings."""
    figures = dict[str, float]()
    register = read_register(next(data.glob("duo_vo_vestigingen*.csv")).read_bytes())
    typings = []
    for path in sorted(data.glob("school_pairs*.csv")):
        pairs = [(_side(row, "a"), _side(row, "b"), row) for row in _read_rows(path)]
        without = [(_without_domain(a), _without_domain(b), row) for a, b, row in pairs]
        print(path.name)
        shares = _print_pairs("pairs, e-mail domains", pairs, register, shows_errors)
        figures |= {f"{name} of pairs in {path.stem}": share for name, share in shares.items()}
        _print_pairs("pairs, domains emptied", without, register, shows_errors)
        _print_pairs("pairs, no register", pairs, None, False)
    for path in sorted(data.glob("school_typed*.csv")):
        typed = [(_typed(row), row) for row in _read_rows(path)]
        print(path.name)
        shares = _print_typed(typed, register, shows_errors)
        figures |= {f"{name} of typings in {path.stem}": share for name, share in shares.items()}
        typings += [t for t, _ in typed]
    if is_timed:
        _print_time(typings, data, register)
    return figures


def _read_rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _side(row: Row, side: str) -> Typed:
    return Typed(row[f"{side}_name"], row[f"{side}_place"], row[f"{side}_email_domain"])


def _typed(row: Row) -> Typed:
    return Typed(row["typed"], row["place"], row["email_domain"])


def _without_domain(typed: Typed) -> Typed:
    return replace(typed, email_domain="")


def _print_pairs(
    title: str, pairs: list[Pair], register: Register | None, shows_errors: bool
) -> dict[str, float]:
    compared = [(compare_typings(a, b, register), row) for a, b, row in pairs]
    grouped = [row for same, row in compared if same.verdict == "same"]
    right = sum(row["same"] == "1" for row in grouped)
    positives = sum(row["same"] == "1" for *_, row in pairs)
    shares = {"precision": right / max(1, len(grouped)), "recall": right / max(1, positives)}
    print(f"{title:24}", *(f"{name} {share:.3f} " for name, share in shares.items()))
    for same, row in compared:
        if shows_errors and (same.verdict == "same") != (row["same"] == "1"):
            print("   ", same.verdict, "|", *list(row.values()), "|", pair_reason_in_english(same.reason))
    return shares


def _print_typed(typed: list[tuple[Typed, Row]], register: Register, shows_errors: bool) -> dict[str, float]:
    matches = [(match(t, register), row) for t, row in typed]
    of_schools = [(m, row) for m, row in matches if row["expected"] != "none"]
    right = sum(_is_right(m, row) for m, row in of_schools)
    sure_wrong = sum(m.sureness == "sure" and not _is_right(m, row) for m, row in matches)
    shares = right / len(of_schools), sure_wrong / len(matches)
    print(f"{'typed names':24} right {shares[0]:.3f}  sure but wrong {shares[1]:.3f}")
    for m, row in matches:
        if shows_errors and (not _is_right(m, row) if row["expected"] != "none" else m.sureness == "sure"):
            print(
                "   ",
                m.sureness,
                m.vestiging and m.vestiging.code,
                "|",
                *row.values(),
                "|",
                match_reason_in_english(m.reason),
            )
    return {"right": shares[0], "sure but wrong": shares[1]}


def _is_right(answer: SchoolMatch, row: Row) -> bool:
    if not answer.vestiging:
        return False
    length = 4 if row["match_level"] == "brin" else 6
    return answer.vestiging.code[:length] == row["expected"][:length]


def _print_time(typed: list[Typed], data: Path, register: Register) -> None:
    """Time 10,000 different typings: official names with a typing error, with and without their place."""
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
        main(folder, shows_errors="--wrong" in sys.argv)
    else:
        print(f"skipped: {folder} is not there")
