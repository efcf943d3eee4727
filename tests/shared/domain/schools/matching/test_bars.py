"""The bars on labelled typings, which lie outside the project: skipped where they are not."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from shared.domain.schools.matching import Register, SchoolMatch, Typed, compare_typings, match, read_register

DATA = Path(__file__).parents[5].parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not there")


@pytest.fixture(scope="module")
def register() -> Register:
    return read_register((DATA / "duo_vo_vestigingen_2024-11.csv").read_bytes())


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(("domains", "least"), [(True, 0.96), (False, 0.95)], ids=["domains", "no domains"])
@pytest.mark.parametrize("file", ["school_pairs_dev.csv", "school_pairs_fresh_dev.csv"])
def test_pairs_are_grouped_with_precision_and_recall(
    register: Register, file: str, domains: bool, least: float
) -> None:
    pairs = rows(file)
    grouped = [row for row in pairs if grouped_as_one(row, register, domains)]
    right = sum(row["same"] == "1" for row in grouped)
    assert right / len(grouped) >= 0.99
    assert right / sum(row["same"] == "1" for row in pairs) >= least


def grouped_as_one(row: dict[str, str], register: Register, domains: bool) -> bool:
    sides = [Typed(row[f"{s}_name"], row[f"{s}_place"], row[f"{s}_email_domain"]) for s in "ab"]
    one, other = sides if domains else [replace(side, email_domain="") for side in sides]
    return compare_typings(one, other, register).verdict == "same"


@pytest.mark.parametrize("file", ["school_typed_dev.csv", "school_typed_fresh_dev.csv"])
def test_typed_names_find_their_school_and_are_hardly_ever_wrong(register: Register, file: str) -> None:
    typed = rows(file)
    answers = [
        (row, match(Typed(row["typed"], row["place"], row["email_domain"]), register)) for row in typed
    ]
    of_schools = [(row, answer) for row, answer in answers if row["expected"] != "none"]
    assert sum(is_right(row, answer) for row, answer in of_schools) / len(of_schools) >= 0.95
    wrong = sum(answer.sureness == "sure" and not is_right(row, answer) for row, answer in answers)
    assert wrong / len(answers) <= 0.005


def is_right(row: dict[str, str], answer: SchoolMatch) -> bool:
    length = 4 if row["match_level"] == "brin" else 6
    return answer.vestiging is not None and answer.vestiging.code[:length] == row["expected"][:length]
