"""The sheets as LibreOffice opens them: nothing that was typed becomes a number, a date or a formula."""

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from shared.domain.mail import Attachment
from shared.domain.network.questions import Question
from shared.domain.report.report import Report
from shared.mails.sheets import csv_file, xlsx_file
from tests.shared.mails.people import EARLY, PLG, person

pytestmark = [
    pytest.mark.slow,  # LibreOffice takes five seconds to start
    pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice (apt: libreoffice-calc)"),
]
TYPED = ("0612345678", "06 12 34 56 78", "1-2", "3 mei", "12E4", "100%", "007", "=1+1", "+31 6 12345678")
_DUTCH = "59,34,76,1,,1043,false"  # `;`, quotes, UTF-8, from the first line, in Dutch
_TABLE, _OFFICE = (f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("table", "office"))


def opened(file: Attachment, folder: Path, *options: str) -> list[list[tuple[str, str]]]:
    """The rows that LibreOffice makes of a file, each cell with its kind; repeated empty ones left out."""
    (folder / file.filename).write_bytes(file.content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, *options, "--convert-to", "fods", "--outdir", "out"]
    subprocess.run([*command, file.filename], cwd=folder, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own command
    made = ElementTree.parse(next(folder.glob("out/*.fods")))  # noqa: S314 - made just now from our own file
    return [[_cell(cell) for cell in row] for row in made.iter(f"{_TABLE}table-row")]


def _cell(cell: ElementTree.Element) -> tuple[str, str]:
    return cell.get(f"{_OFFICE}value-type", ""), "".join(cell.itertext()).strip()


@pytest.fixture(scope="module")
def report() -> Report:
    asking = Question(id="aantal", label="Hoeveel klassen?", kind="number")
    network = PLG.model_copy(update={"form": PLG.form.model_copy(update={"questions": (asking,)})})
    people = [
        replace(person(f"Jan K{n}"), phone=text, remarks=text, questions={"aantal": str(n)})
        for n, text in enumerate(TYPED)
    ]
    return Report(network, people, [], None, EARLY)


def kinds(rows: Sequence[Sequence[tuple[str, str]]], texts: Sequence[str]) -> set[str]:
    return {kind for row in rows for kind, text in row if text.removeprefix("'") in texts}


@pytest.mark.parametrize("detects", ["false", "true"])
def test_a_csv_has_what_was_typed_and_the_dates(report: Report, tmp_path: Path, detects: str) -> None:
    rows = opened(csv_file(report), tmp_path, f"--infilter=CSV:{_DUTCH},{detects}")
    assert kinds(rows, TYPED) == {"string"}
    found = {kind for row in rows[1:] for kind, _ in row if kind}
    assert found == {"string", "float", "date"} if detects == "true" else {"string", "float"}


def test_a_workbook_has_texts_numbers_dates_and_filters(report: Report, tmp_path: Path) -> None:
    rows = opened(xlsx_file(report), tmp_path)
    assert kinds(rows, TYPED) == {"string"}
    assert {kind for row in rows for kind, _ in row if kind} == {"string", "float", "date"}
    ranges = ElementTree.parse(tmp_path / "out" / xlsx_file(report).filename.replace("xlsx", "fods"))  # noqa: S314 - as above
    filters = [each.get(f"{_TABLE}display-filter-buttons") for each in ranges.iter(f"{_TABLE}database-range")]
    assert filters == ["true"] * 3
