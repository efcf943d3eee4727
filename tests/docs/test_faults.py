"""docs/faults.md: every fault has something that plays it."""

import re

import pytest

from tests.conftest import ROOT
from tests.faults.journeys import JOURNEYS
from tests.faults.kinds import KINDS
from tests.faults.moments import MOMENTS
from tests.faults.troubles import TROUBLES

TABLE = re.findall(r"^(\| \d.*)$", (ROOT / "docs/faults.md").read_text(), re.MULTILINE)
ROWS = [line.split(" | ") for line in TABLE]
PLAYED = {kind.name for kind in KINDS} | {t.name for t in TROUBLES} | {j.name for j in (*MOMENTS, *JOURNEYS)}


def test_there_are_fifty() -> None:
    assert [row[0] for row in ROWS] == [f"| {number}" for number in range(1, 51)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0].strip("| "))
def test_a_fault_names_what_plays_it(row: list[str]) -> None:
    shown = re.findall(r"`([^`]+)`", row[3])
    assert shown != []
    assert [name for name in shown if name not in PLAYED and not _is_test(name)] == []


def _is_test(name: str) -> bool:
    return name.startswith("tests/") and (ROOT / name).is_file()
