import importlib
import json
import traceback
from contextlib import redirect_stdout
from io import StringIO

import pytest

from shared.log import FailedError, hides_error_text, logger, measure
from tests.conftest import ROOT

TYPED = {"name": "Jan de Vries"}


@hides_error_text
def quotes(event: dict[str, str], _context: object) -> dict[str, str]:
    try:
        raise KeyError(event["name"])
    except KeyError as wrong:
        raise ValueError(f"{event['name']} is no name") from wrong


def test_a_function_that_fails_says_of_which_type_and_where_and_quotes_nobody() -> None:
    with pytest.raises(FailedError, match=r"^ValueError at tests/shared/test_log\.py:\d+$") as failed:
        quotes(TYPED, None)
    assert TYPED["name"] not in "".join(traceback.format_exception(failed.value))


@hides_error_text
def knows(_event: dict[str, str], _context: object) -> dict[str, str]:
    raise FailedError("plg-2023")


def test_what_a_function_says_itself_of_its_failure_is_kept() -> None:
    with pytest.raises(FailedError, match=r"^plg-2023$"):
        knows({}, None)


@pytest.mark.parametrize("function", sorted(path.parent.name for path in ROOT.glob("functions/*/handler.py")))
def test_every_function_is_discreet(function: str) -> None:
    handler = importlib.import_module(f"functions.{function}.handler").handler
    assert handler.__wrapped__.__module__ == f"functions.{function}.handler"


def test_every_line_names_the_release_that_wrote_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VERSION", "0.1.0+959a77a-dirty")
    logger("released").info("stored")
    assert json.loads(capsys.readouterr().out)["version"] == "0.1.0+959a77a-dirty"


class Full(StringIO):
    """Where nothing can be written any more."""

    def write(self, _: str) -> int:
        raise OSError(28, "No space left on device")


def test_a_metric_that_cannot_be_written_stops_nobodys_work() -> None:
    with redirect_stdout(Full()):
        measure("tweetal", "OldestOpenMail", 3, "Seconds", {"service": "mail"})
