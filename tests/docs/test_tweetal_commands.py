"""Every command of `tweetal` in the documents and in its own advice has these arguments and these options."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from cli.main import app
from tests.conftest import ROOT

_DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
_ADVICE = [*(ROOT / "cli").glob("*.py"), ROOT / "infra" / "template.yaml", ROOT / "Makefile"]
_GIVEN = {"TABLE": "tweetal", "LINK_SECRET": "links", "DOMAIN": "school.nl", "AT": "2023-04-14T12:00:00Z"}
_SHELL = {">", "|", "||", "&&", ";"}


def words_of(command: str) -> list[str]:
    """Return the words that a shell gives to `tweetal`."""
    words = shlex.split(re.sub(r"\$(\w+)", lambda name: _GIVEN[name[1]], command), comments=True)
    ends = [position for position, word in enumerate(words) if word in _SHELL]
    return words[: min(ends, default=len(words))]


def blocks(text: str) -> Iterator[list[str]]:
    """Yield the commands in blocks, which a reader gives as they are."""
    joined = re.sub(r" *\\\n +", " ", text)
    for command in re.findall(r"^ {4,}(?:\S*/)?tweetal (.+)$", joined, re.MULTILINE):
        yield words_of(command)


def mentions(text: str) -> Iterator[list[str]]:
    """Yield the commands in a sentence, which may lack arguments."""
    for command in re.findall(
        r"(?<![.\w])tweetal ((?=[a-z])(?:(?:[a-z]+|FILE|NETWORK|--[a-z-]+)(?:[ \n]|(?=\W)))+)", text
    ):
        yield command.split()


def descended(words: list[str]) -> tuple[Any, list[str]]:
    """Return the command that words name, and the words that follow its name."""
    command: Any = typer.main.get_command(app)
    while words and words[0] in getattr(command, "commands", {}):
        command, words = command.commands[words[0]], words[1:]
    return command, words


WHOLE = sorted({tuple(words) for path in _DOCUMENTS for words in blocks(path.read_text())})
NAMED = sorted({tuple(words) for path in (*_DOCUMENTS, *_ADVICE) for words in mentions(path.read_text())})


@pytest.mark.parametrize("words", WHOLE, ids=" ".join)
def test_a_command_in_a_block_can_be_given_as_it_stands(
    words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in _GIVEN.items():
        monkeypatch.setenv(name, value)
    command, given = descended(list(words))
    assert not hasattr(command, "commands"), "it names no command"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "networks").mkdir()
    for file in (word for word in given if Path(word).suffix in (".toml", ".csv", ".txt")):
        Path(file).touch()
    command.make_context("tweetal", given).close()  # raises for what it does not take


@pytest.mark.parametrize("words", NAMED, ids=" ".join)
def test_a_command_in_a_sentence_exists_with_its_options(words: tuple[str, ...]) -> None:
    command, rest = descended(list(words))
    options = {name for option in command.params for name in option.opts}
    assert {word for word in rest if word.startswith("-")} <= options


def test_the_commands_are_these_and_more() -> None:
    assert len(WHOLE) >= 28
    assert ("restore", "--at", _GIVEN["AT"], "--dry-run") in WHOLE
    assert ("network", "trial", "els@school.nl") in WHOLE
    assert len(NAMED) >= 50
