"""CONTRIBUTING.md's worked example works: a new field goes from a form to the table and to the organiser."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import ROOT

MOST_FILES = 6
TEXT = (ROOT / "CONTRIBUTING.md").read_text()

# Runs in the changed copy of the tree: our form asks for the field, a post fills it in, the table keeps it,
# its owner corrects it, and the organiser reads it.
PLAY = """
from datetime import UTC, datetime
from shared.domain.actions.entries import PostSource, entries
from shared.aws.items import from_registration, to_registration
from shared.domain.actions.registrant import corrected
from shared.domain.form.draft import Draft, draft
from shared.domain.form.form_map import form_map
from shared.domain.form.submission import check
from shared.domain.network.network import read_network
from shared.domain.registration.erasure import erased
from shared.domain.report.report import Report
from shared.mails.data_export import data_export
from shared.mails.sheets import csv_file
from shared.pages import form_page
from shared.phrases import dutch, english
from shared.phrases.reasons import why

AT = datetime(2023, 3, 20, 8, tzinfo=UTC)
file = "networks/plg-2023.toml"
network = read_network(open(file, encoding="utf-8").read(), file)
in_english = network.model_copy(update={"language": "en"})
for each, label in ((network, "Je afdeling"), (in_english, "Your department")):
    page = form_page(each, AT, Draft({"department": "Wiskunde"}))
    assert f'<label for="department">{label}</label>' in page and 'value="Wiskunde"' in page, page

form = {
    "naam": "Noor Bos", "email": "noor@berg.example", "school": "Bergcollege", "Je afdeling *": "Wiskunde",
    "naam collega": "Teun Vos", "email collega": "teun@berg.example", "afdeling collega": "Duits" * 20,
}
post = check(draft(form.items(), form_map(network.form)), network.form.questions)
registration, colleague = entries(post, network, PostSource(AT, "a-request"), None)
assert colleague.department == "Duits" * 16, colleague
item = from_registration(registration)
stored = to_registration(item)
assert registration.extra == {"colleague_department": "Duits" * 20}, registration.extra
assert item["department"] == stored.department == "Wiskunde", item

[changed] = corrected(stored, {"department": "Natuurkunde"}, [stored], AT)
assert [why(changed.history[-1], phrases) for phrases in (dutch, english)] == [
    "heeft gewijzigd: afdeling", "changed: department"
], changed.history
sheet = csv_file(Report(network, [changed], [], None, AT)).content.decode("utf-8-sig")
assert '"Natuurkunde"' in sheet and '"Afdeling"' in sheet, sheet
assert data_export(network, changed, [])["afdeling"] == "Natuurkunde"
assert data_export(in_english, changed, [])["department"] == "Natuurkunde"
assert erased(changed, AT).department == ""
"""


class Hunk(NamedTuple):
    """Lines that stand together in a file, and what they become."""

    path: str
    before: str
    after: str


def hunks(markdown: str) -> Iterator[Hunk]:
    """Yield the changes in a document's diffs; a line of one space stands between two of one file."""
    for diff in re.findall(r"^```diff\n(.*?)^```$", markdown, re.DOTALL | re.MULTILINE):
        for part in re.split(r"^--- ", diff, flags=re.MULTILINE)[1:]:
            path, *lines = part.splitlines()
            for is_gap, group in groupby(lines, lambda line: line == " "):
                if not is_gap:
                    yield _hunk(path, list(group))


def _hunk(path: str, lines: list[str]) -> Hunk:
    before, after = ([line[1:] for line in lines if line[0] in signs] for signs in (" -", " +"))
    return Hunk(path, *("".join(f"{line}\n" for line in side) for side in (before, after)))


HUNKS = tuple(hunks(TEXT))


@pytest.mark.parametrize("hunk", HUNKS, ids=lambda hunk: hunk.path)
def test_a_change_fits_its_file(hunk: Hunk) -> None:
    assert (ROOT / hunk.path).read_text().count(hunk.before) == 1, hunk.before


def test_a_new_field_touches_few_files() -> None:
    assert 3 <= len({hunk.path for hunk in HUNKS}) <= MOST_FILES


def test_the_new_field_goes_from_a_form_to_the_table_and_the_organiser(tmp_path: Path) -> None:
    for folder in ("functions", "shared", "networks"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for path, before, after in HUNKS:
        file = tmp_path / path
        file.write_text(file.read_text().replace(before, after))
    played = subprocess.run(  # noqa: S603 our own interpreter, our own text
        [sys.executable, "-c", PLAY], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert played.returncode == 0, played.stderr
