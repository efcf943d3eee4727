"""What the documents promise: files, commands and links that are there."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer.main

from cli.main import app
from tests.conftest import ROOT

DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXT = {path.name: path.read_text() for path in DOCS}
CODE = re.compile(r"`([^`\n]+)`|^    (.+)$|^\$? ?((?:make|tweetal) .+)$", re.MULTILINE)


def code(text: str) -> list[str]:
    """Return every piece of code in a document."""
    return ["".join(found) for found in CODE.findall(text)]


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.name)
def test_every_link_leads_to_a_file(path: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", TEXT[path.name])
    assert [t for t in targets if not (path.parent / t).exists()] == []


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.name)
def test_every_make_command_is_one_of_ours(path: Path) -> None:
    ours = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {word for text in code(TEXT[path.name]) for word in re.findall(r"\bmake ([a-z][a-z-]*)", text)}
    assert named <= ours


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.name)
def test_every_tweetal_command_exists(path: Path) -> None:
    for text in code(TEXT[path.name]):
        if text.startswith("tweetal "):
            assert _exists(shlex.split(text, comments=True)[1:]), text


def _exists(words: list[str]) -> bool:
    command: Any = typer.main.get_command(app)
    for word in words:
        if not hasattr(command, "commands") or word.startswith("-"):
            return True
        if word not in command.commands:
            return False
        command = command.commands[word]
    return True


def test_the_map_in_the_readme_names_folders_that_are_there() -> None:
    rows = re.findall(r"^\| `([a-z/]+)/`", TEXT["README.md"], re.MULTILINE)
    assert len(rows) >= 10
    assert [row for row in rows if not (ROOT / row).is_dir()] == []


def test_every_path_of_ours_that_a_document_names_is_there() -> None:
    tops = "|".join(
        ["functions", "shared", "infra", "networks", "local", "cli", "events", "tests", "docs", "bench"]
    )
    for name, text in TEXT.items():
        for path in re.findall(rf"`((?:{tops})/[\w./-]*)`", text):
            assert (ROOT / path).exists(), f"{name}: {path}"
