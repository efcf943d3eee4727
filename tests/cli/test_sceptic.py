"""What a tired operator does wrong, a program that reads along, and a terminal that is not a usual one."""

import errno
import json
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
import typer
import typer.main
from typer.testing import CliRunner, Result

from cli import shell
from cli.main import app, main
from shared.aws.table import Table
from shared.domain.form.submission import FieldError, InvalidError
from shared.domain.network.network import Network
from tests.cli.test_main import commands
from tests.conftest import PLG
from tests.people import AT, someone

# Each command that writes JSON, with what it is given; None for those that their own tests play.
JSON: dict[str, tuple[str, ...] | None] = {
    "check": ("plg-2023",),
    "deploy": None,
    "doctor": None,
    "form misfits": ("plg-2023",),
    "mail list": ("plg-2023",),
    "network counts": (),
    "network list": (),
    "person audit": (),
    "redrive": None,
    "registration export": ("plg-2023", "--by", "Els"),
    "registration list": ("plg-2023",),
    "rehearse": None,
    "restore": None,
    "schools words": (),
    "standing": ("plg-2023",),
    "why": ("plg-2023", "Berg"),
}


def runs(*words: str) -> Result:
    return CliRunner().invoke(app, words, env={"TABLE": "tweetal"}, catch_exceptions=False)


def fails(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """Run the command line as a shell does, and return its exit code."""
    monkeypatch.setattr("sys.argv", ["tweetal", *words])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


def test_each_command_with_json_writes_one_document_and_nothing_if_it_fails(
    table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shell, "now", lambda: AT)
    table.register([someone()])
    with_json = {
        " ".join(path)
        for path, command in commands(typer.main.get_command(app))
        if any("--json" in option.opts for option in command.params)
    }
    assert with_json == set(JSON)
    for command, words in JSON.items():
        if words is not None:
            result = runs(*command.split(), *words, "--json")
            assert (json.loads(result.stdout) is not None, result.exit_code) == (True, 0), command
    for command in ("registration list", "standing", "check", "mail list", "form misfits"):
        result = runs(*command.split(), "plg-1999", "--json")
        assert (result.stdout, result.exit_code) == ("", 1)
        assert "there is no network 'plg-1999'" in result.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("network", "check", "{}"),
        ("network", "apply", "{}"),
        ("schools", "import", "{}"),
        ("schools", "match", "--register", "{}", "--typed", "{}"),
        ("schools", "pairs", "--register", "{}", "--pairs", "{}"),
        ("form", "try", "{}", "--network", str(PLG)),
        ("rehearse", "{}"),
        ("rehearse", str(PLG), "--posts", "{}"),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_what_is_no_file_is_a_sentence(table: Table, tmp_path: Path, command: tuple[str, ...]) -> None:
    for file, sentences in (
        (tmp_path, ("is a directory",)),
        (tmp_path / "no.toml", ("does not exist", "no such file")),
    ):
        result = runs(*(word.format(file) for word in command))
        assert result.exit_code == 2
        assert any(sentence in " ".join(result.stderr.lower().split()) for sentence in sentences)


def test_a_disk_that_is_full_is_a_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def writes(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("typer.echo", writes)
    assert fails(monkeypatch, "network", "probe") == 1
    assert capsys.readouterr().err == "writing failed: No space left on device\n"


def test_a_mistake_in_a_person_is_said_in_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses() -> None:
        raise InvalidError((FieldError("name", "too_long", 120), FieldError("email", "invalid_email")))

    monkeypatch.setattr("cli.main.app", refuses)
    assert fails(monkeypatch) == 1
    assert capsys.readouterr().err == "name: is too long (at most 120), email: is no mail address\n"


def test_who_does_it_has_a_name_and_a_date_can_be_counted_with(
    table: Table, plg: Network, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    jan = someone()
    table.register([jan])
    monkeypatch.setenv("TABLE", "tweetal")
    assert fails(monkeypatch, "registration", "export", "plg-2023", "--by", " ") == 2
    waive = ("waive", "plg-2023", jan.reference, "--why", "klein", "--until", "9999-12-31")
    assert fails(monkeypatch, *waive, "--by", "\x1b") == 2
    assert "it names nobody" in capsys.readouterr().err
    assert fails(monkeypatch, *waive, "--by", "Els") == 1
    assert "a date is too far away" in capsys.readouterr().err


def test_after_the_deadline_the_state_is_requested_by_name(table: Table, plg: Network) -> None:
    eva = ("--name", "Eva Bos", "--email", "eva@berg.example", "--school", "Bergcollege")
    result = runs("registration", "add", "plg-2023", *eva, "--by", "Els", "--why", "belde")
    assert "plg-2023 is closed: add --state registered" in result.stderr


def test_what_a_file_holds_does_nothing_to_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "register.csv"
    file.write_bytes(b"a\x1b]0;title\x07\x00;b\n")
    assert fails(monkeypatch, "schools", "import", str(file), "--table", "tweetal") == 1
    assert "A\ufffd]0, TITLE\ufffd\ufffd, B" in capsys.readouterr().err


def test_a_program_that_reads_a_list_gets_whole_words_each_row_on_a_line(
    table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    jan = someone(school="Openbare Scholengemeenschap van het Noordelijke Zandgebied")
    table.register([jan])
    monkeypatch.setenv("COLUMNS", "40")
    (row,) = (line for line in runs("registration", "list", "plg-2023").stdout.splitlines() if "PLG-" in line)
    assert jan.reference in row
    assert jan.school in row


def test_a_narrow_terminal_folds_and_cuts_nothing_off(
    table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    jan = someone()
    table.register([jan])
    monkeypatch.setattr(shell.OUT, "_force_terminal", True)
    monkeypatch.setenv("NO_COLOR", "1")
    printed = (
        CliRunner()
        .invoke(app, ["registration", "list", "plg-2023"], env={"TABLE": "tweetal", "COLUMNS": "40"})
        .stdout
    )
    assert "…" not in printed
    cells = [line.split("│")[1].strip() for line in printed.splitlines() if line.startswith("│")]
    assert "".join(cells) == jan.reference


def test_whatever_the_locale_we_write_utf_8(monkeypatch: pytest.MonkeyPatch) -> None:
    written = BytesIO()
    stream = TextIOWrapper(written, "ascii")
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setattr("cli.main.app", lambda: typer.echo("één ✓"))
    main()
    stream.flush()
    assert written.getvalue().decode() == "één ✓\n"


def test_an_export_that_is_read_halfway_is_in_the_audit(
    table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: Any, **__: Any) -> None:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    with monkeypatch.context() as patched:
        patched.setattr("typer.echo", closed)
        assert runs("registration", "export", "plg-2023", "--by", "Els").exit_code == 1
        assert runs("person", "export", "jan@berg.example", "--by", "Els").exit_code == 1
    acts = {entry["act"] for entry in json.loads(runs("person", "audit", "--json").stdout)}
    assert acts == {"export list", "export"}
