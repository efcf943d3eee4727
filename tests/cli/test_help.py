"""What an operator reads with `--help`, of every command, as it stands in golden/help.txt."""

from pathlib import Path

import pytest
import typer.main

from cli.main import app
from tests.cli.test_main import commands, tweetal

GOLDEN = Path(__file__).parent / "golden" / "help.txt"


def test_the_help_of_every_command_is_the_golden_one(request: pytest.FixtureRequest) -> None:
    pages = [
        f"$ {' '.join(('tweetal', *path, '--help'))}\n{tweetal(*path, '--help').strip()}"
        for path, _ in commands(typer.main.get_command(app))
    ]
    text = "\n\n\n".join("\n".join(line.rstrip() for line in page.splitlines()) for page in pages) + "\n"
    if request.config.getoption("--help-update", default=False):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8"), "read the difference, then --help-update writes it"


def test_a_list_of_commands_shows_the_whole_first_sentence_of_each() -> None:
    cut = [line for line in GOLDEN.read_text(encoding="utf-8").splitlines() if line.endswith("...")]
    assert [line for line in cut if not line.startswith("Usage:")] == []


def test_every_argument_and_option_says_what_it_is() -> None:
    silent = [
        (path, parameter.name)
        for path, command in commands(typer.main.get_command(app))
        for parameter in command.params
        if not getattr(parameter, "help", None)
    ]
    assert silent == []
