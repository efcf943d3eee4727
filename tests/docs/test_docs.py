"""What the documents promise: files, commands and links that are there."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from local import cfn
from local.template import PATH as TEMPLATE
from shared.domain.network.network import Network
from tests.conftest import ROOT

DOCS = [ROOT / f"{name}.md" for name in ("README", "CONTRIBUTING", "CHANGELOG")]
DOCS += sorted((ROOT / "docs").glob("*.md"))
TEXT = {path.name: path.read_text() for path in DOCS}
CODE = re.compile(r"`([^`\n]+)`|^    (.+)$|^\$? ?((?:make|tweetal) .+)$", re.MULTILINE)


def code(text: str) -> list[str]:
    """Return every piece of code in a document."""
    return ["".join(groups) for groups in CODE.findall(text)]


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.name)
def test_every_link_leads_to_a_file(path: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", TEXT[path.name])
    assert [t for t in targets if not (path.parent / t).exists()] == []


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.name)
def test_every_make_command_is_one_of_ours(path: Path) -> None:
    ours = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {word for text in code(TEXT[path.name]) for word in re.findall(r"\bmake ([a-z][a-z-]*)", text)}
    assert named <= ours


def test_the_map_in_the_readme_names_folders_that_are_there() -> None:
    rows = re.findall(r"^\| `([a-z/]+)/`", TEXT["README.md"], re.MULTILINE)
    assert len(rows) >= 10
    assert [row for row in rows if not (ROOT / row).is_dir()] == []


def test_every_path_of_ours_that_a_document_names_is_there() -> None:
    ignored = (ROOT / ".gitignore").read_text().split()  # a folder that is made is not there in a fresh clone
    tops = "|".join(path.name for path in ROOT.iterdir() if path.is_dir() and f"{path.name}/" not in ignored)
    for name, text in TEXT.items():
        for path in re.findall(rf"`((?:{tops})/[\w./*-]*)`", text):
            assert any(ROOT.glob(path.rstrip("/"))), f"{name}: {path}"


def test_the_page_on_how_it_works_lists_every_function_and_every_partition() -> None:
    rows = re.findall(r"^\| `([a-z]+)` \|", TEXT["architecture.md"], re.MULTILINE)
    assert set(rows) == {path.parent.name for path in ROOT.glob("functions/*/handler.py")}
    partitions = set(re.findall(r'"([A-Z]{4,})[#"]', (ROOT / "shared" / "aws" / "keys.py").read_text()))
    assert partitions - set(re.findall(r"`([A-Z]{4,})[#`]", TEXT["architecture.md"])) == set()


def _alarms() -> dict[str, str]:
    """Return the text of each alarm."""
    resources = cfn.read(TEMPLATE)["Resources"].items()
    return {
        name: resource["Properties"]["AlarmDescription"]
        for name, resource in resources
        if resource["Type"] == "AWS::CloudWatch::Alarm"
    }


def test_every_alarm_has_a_section_in_the_runbook_and_every_section_but_one_an_alarm() -> None:
    sections = set(re.findall(r"^## (.+)$", TEXT["runbook.md"], re.MULTILINE))
    assert sections == {*_alarms(), "Restoring"}


def test_every_section_of_the_runbook_says_what_it_means_what_to_do_first_and_where_to_look() -> None:
    for section in TEXT["runbook.md"].split("\n## ")[1:]:
        name = section.partition("\n")[0]
        assert re.findall(r"^\*\*(.+?)\*\*: ", section, re.MULTILINE) == [
            "It means",
            "First",
            "Where to look",
        ], name


@pytest.mark.parametrize(("name", "text"), _alarms().items())
def test_every_alarm_says_what_it_means_what_to_do_first_and_where_that_is_explained(
    name: str, text: str
) -> None:
    means, first, section = re.split(r"\. (?:First: |Then: )", text)
    assert min(len(means), len(first)) > 20
    assert section == f"docs/runbook.md#{name.lower()}"
    assert len(text) <= 1024  # CloudWatch, PutMetricAlarm


def test_every_key_of_a_network_file_is_explained() -> None:
    explained = " ".join(TEXT.values()) + (ROOT / "networks" / "plg-2023.toml").read_text()
    keys = list(_keys(Network))
    assert len(keys) >= 25
    assert [
        key for key in keys if not re.search(rf"\b{key}\b *=|`{key}\b|\[[\w.]*\b{key}\]", explained)
    ] == []


def _keys(part: type[BaseModel]) -> Iterator[str]:
    """Yield every key that a network file may have, those of its sections too."""
    for name, field in part.model_fields.items():
        yield name
        for inner in (field.annotation, *get_args(field.annotation)):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                yield from _keys(inner)


@pytest.mark.parametrize(("name", "least"), [("security.md", 30), ("asvs.md", 30)])
def test_a_test_that_shows_a_promise_is_there(name: str, least: int) -> None:
    shown = re.findall(r"`(tests/[\w/.]+)`", TEXT[name])
    assert len(set(shown)) >= least
    assert [path for path in shown if not (ROOT / path).exists()] == []


# How many sections each chapter of OWASP ASVS 5.0 has, and those with requirements of level 3 alone.
SECTIONS = {1: 5, 2: 4, 3: 7, 4: 4, 5: 4, 6: 8, 7: 6, 8: 4, 9: 2, 11: 7, 12: 3, 13: 4, 14: 3, 15: 4, 16: 5}
THIRD_LEVEL = {"3.1", "3.6", "6.7", "11.7", "15.4"}
NOT_HERE = {10, 17}


def test_each_section_of_the_security_standard_is_shown_by_a_test_or_says_why_not() -> None:
    rows = [row.strip("| ").split(" | ") for row in TEXT["asvs.md"].splitlines() if row.startswith("| ")]
    listed = [section for row in rows for section in re.findall(r"\b\d+\.\d\b", row[0])]
    expected = {f"{chapter}.{nth}" for chapter, most in SECTIONS.items() for nth in range(1, most + 1)}
    assert sorted(listed) == sorted(expected - THIRD_LEVEL)
    chapters = {int(found[1]) for row in rows if (found := re.match(r"\*\*V(\d+) ", row[0]))}
    assert chapters == SECTIONS.keys() | NOT_HERE
    for row in rows[1:]:
        says = row[-1]
        assert row[0].startswith("**") or "`tests/" in says or "not " in says.casefold(), row
