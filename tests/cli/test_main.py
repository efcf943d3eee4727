import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
import typer.main
from typer.testing import CliRunner

from cli.main import app, main
from shared.aws.table import Table
from shared.aws.wire import UnavailableError
from shared.domain.form.submission import InvalidError
from shared.domain.network.network import Network
from shared.domain.registration.registration import State
from tests.conftest import PLG
from tests.people import someone


def tweetal(*words: str) -> str:
    result = CliRunner().invoke(
        app, words, env={"TABLE": "tweetal", "COLUMNS": "200"}, catch_exceptions=False
    )
    return result.output


def commands(command: Any, *path: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, *path, name)


def test_help_shows_every_text_as_it_is_written() -> None:
    for path, command in commands(typer.main.get_command(app)):
        page = " ".join(tweetal(*path, "--help").split())
        written = [command.help, *(getattr(option, "help", None) for option in command.params)]
        texts = [" ".join(text.split()) for text in written if text]
        assert [text for text in texts if text not in page] == [], path


def test_help_keeps_what_stands_in_brackets() -> None:
    assert "[form.fields]" in tweetal("form", "release", "--help")


def test_a_network_is_applied_listed_and_shown(table: Table) -> None:
    assert "plg-2023 applied" in tweetal("network", "apply", str(PLG))
    assert "2023-04-14" in tweetal("network", "list")
    assert tweetal("network", "show", "plg-2023") == PLG.read_text()
    assert "there is no network" in tweetal("network", "show", "plg-1999")


def test_a_wrong_file_stops_all_files_and_says_which_key(
    table: Table, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(PLG.read_text().replace("late =", "laat ="))
    monkeypatch.setattr(
        "sys.argv", ["tweetal", "network", "apply", str(PLG), str(wrong), "--table", "tweetal"]
    )
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 1
    assert "registration.laat" in capsys.readouterr().err
    assert table.networks() == {}


def test_a_file_can_be_checked_without_aws() -> None:
    assert "is right, and closes 2023-04-15 00:00" in tweetal("network", "check", str(PLG))


def test_an_operator_carries_out_an_organisers_decision(table: Table, plg: Network) -> None:
    jan = someone()
    table.register([jan])
    why = ("--by", "organiser", "--why", "afgesproken aan de telefoon")
    assert "is admitted" in tweetal(
        "registration", "set", "plg-2023", jan.reference.lower(), "admitted", *why
    )
    now = table.registration("plg-2023", jan.person_key)
    assert now is not None
    assert (now.history[-1].by, now.history[-1].note) == ("organiser", "afgesproken aan de telefoon")
    listed = tweetal("registration", "list", "plg-2023")
    assert jan.reference in listed
    assert jan.email not in listed
    assert "there is no registration" in tweetal("registration", "set", "plg-2023", "PLG-X", "admitted", *why)


def test_a_colleague_takes_somebodys_place_in_one_step(table: Table, plg: Network) -> None:
    jan = someone()
    table.register([jan])
    word = ("--by", "organiser", "--why", "verandert van baan")
    output = tweetal(
        "registration", "replace", "plg-2023", jan.reference, "Petra Bos", "petra@berg.example", *word
    )
    assert f"takes the place of {jan.reference}" in output
    left, came = sorted(table.registrations("plg-2023"), key=lambda r: r.name)
    assert (left.state, came.state) == (State.CANCELLED, State.REGISTERED)
    assert (came.via, came.invited_by, came.school) == (jan.reference, jan.reference, jan.school)


def test_an_operator_revokes_somebodys_links(table: Table, plg: Network) -> None:
    jan = someone()
    table.register([jan])
    assert "no longer work" in tweetal("registration", "revoke", "plg-2023", jan.reference)
    now = table.registration("plg-2023", jan.person_key)
    assert now is not None
    assert now.links_version == 1
    assert now.links_at is not None  # the mail with the new ones follows from that


def test_what_people_type_is_no_markup_of_the_terminal(table: Table, plg: Network) -> None:
    table.register([someone(school="[/red] :smile:")])
    assert "[/red] :smile:" in tweetal("registration", "list", "plg-2023")


def test_what_an_operator_types_is_cleaned_and_checked(table: Table, plg: Network) -> None:
    jan = someone()
    table.register([jan])
    word = ("--by", "Sanne\x1b[31m", "--why", "gebeld\r\nBcc: x\u202e")
    command = ("registration", "replace", "plg-2023", jan.reference)
    with pytest.raises(InvalidError, match="name: too_long"):
        tweetal(*command, "x" * 121, "petra@berg.example", *word)
    tweetal(*command, "Petra\x07 Bos", "petra@berg.example", *word)
    left, came = sorted(table.registrations("plg-2023"), key=lambda r: r.name)
    assert came.name == "Petra Bos"
    assert (left.history[-1].by, left.history[-1].note) == ("Sanne[31m", "gebeld Bcc: x")


def test_a_list_is_also_json_for_a_program(table: Table, plg: Network) -> None:
    (network,) = json.loads(tweetal("network", "list", "--json"))
    assert network == {
        "id": "plg-2023",
        "title": plg.title,
        "opens": "2023-02-01",
        "deadline": "2023-04-14",
        "minimum": "2",
    }
    table.register([someone()])
    assert json.loads(tweetal("registration", "list", "plg-2023", "--json"))[0]["state"] == "registered"
    assert json.loads(tweetal("standing", "plg-2023", "--json"))[0]["people"] == "1"


def test_the_version_names_the_commit() -> None:
    number, commit = tweetal("--version").split()
    assert re.fullmatch(r"[0-9.]+", number)
    assert re.fullmatch(r"[0-9a-f]{7}(-dirty)?", commit)


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        ("ResourceNotFoundException", "no such table or secret in this region"),
        ("NoCredentialsError", "log in"),
        ("ThrottlingException", "try again in a moment"),
    ],
)
def test_what_aws_calls_it_is_said_with_what_to_do(
    code: str, advice: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        raise UnavailableError(code)

    monkeypatch.delenv("AWS_REGION", raising=False)
    monkeypatch.setattr("cli.main.app", fails)
    with pytest.raises(SystemExit, match="1"):
        main()
    assert advice in " ".join(capsys.readouterr().err.split())


def test_a_terminal_without_a_region_is_a_sentence_and_either_name_of_it_is_read(
    aws: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    boto3.DEFAULT_SESSION = None
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere")
    monkeypatch.setattr("sys.argv", ["tweetal", "network", "list", "--table", "tweetal"])
    with pytest.raises(SystemExit, match="1"):
        main()
    assert "set AWS_DEFAULT_REGION" in " ".join(capsys.readouterr().err.split())
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    regions: list[str] = []
    monkeypatch.setattr("cli.main.app", lambda: regions.append(boto3.client("sqs").meta.region_name))
    main()
    assert regions == ["eu-central-1"]
