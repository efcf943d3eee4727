"""A network file with a key taken away, or of another kind: refused by name, and what runs stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from shared.aws.networks import Networks
from shared.aws.table import Table
from shared.domain.network.network import Network, NetworkError, read_network
from tests.conftest import PLG
from tests.people import AT

LINES = PLG.read_text().splitlines()
KEYS = [(n, line.partition(" =")[0]) for n, line in enumerate(LINES) if " = " in line and line[0] != "#"]
# What a file may leave out; all else is asked for by name.
OPTIONAL = {
    "time_zone", "phone", "late", "min_per_school", "when_short", "remind_days_before", "repair_days",
    "origins", "thanks_url", '"your-school"', "keep_months", "statement_url",
}  # fmt: skip
OTHER_KINDS = ("true", "1.5", "{ x = 1 }", "[[1]]", "0001-01-01", '"\\u0000"', '""', "-1")


def changed(number: int, line: str) -> str:
    return "\n".join([*LINES[:number], line, *LINES[number + 1 :]])


def wrong() -> Iterator[tuple[str, str]]:
    """Yield each file that is wrong, and the key that it is about."""
    yield from ((changed(n, ""), key) for n, key in KEYS if key not in OPTIONAL)
    yield from ((changed(n, f"{key} = {other}"), key) for n, key in KEYS for other in OTHER_KINDS)
    yield from ((changed(n, f"{key}x = 1"), key) for n, key in KEYS if not key.startswith('"'))


MEANT = [
    ("deadline = 2023-04-14", "deadline = 2023-01-31", "deadline"),
    ("opens = 2023-02-01", "opens = 2023-04-15", "deadline"),
    ("deadline = 2023-04-14", "deadline = 2023-04-14T12:00:00", "deadline"),
    ("min_per_school = 2", "min_per_school = 0", "min_per_school"),
    ("min_per_school = 2", 'min_per_school = "2"', "min_per_school"),
    ("min_per_school = 2", "min_per_school = 4\nmax_per_school = 3", "max_per_school"),
    ("start = 12:00:00", "start = 12", "start"),
    ("end = 17:00:00", "end = 17", "end"),
    ("date = 2023-05-10", "date = 1683676800", "date"),
]


def test_a_file_with_a_key_gone_or_of_another_kind_is_refused_by_name() -> None:
    for toml, key in wrong():
        with pytest.raises(NetworkError) as refused:
            read_network(toml, "networks/x.toml")
        assert key.strip('"') in str(refused.value) or "every date" in str(refused.value)


def test_what_a_file_may_leave_out_has_a_default() -> None:
    for number, key in KEYS:
        if key in OPTIONAL:
            assert read_network(changed(number, ""), "networks/x.toml").id == "plg-2023"


@pytest.mark.parametrize(("old", "new", "key"), MEANT)
def test_a_value_that_cannot_be_meant_is_refused_and_what_runs_stays(
    table: Table, plg: Network, tmp_path: Path, old: str, new: str, key: str
) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(PLG.read_text().replace(old, new, 1))
    for command in ("check", "apply"):
        result = CliRunner(env={"TABLE": "tweetal"}).invoke(app, ["network", command, str(file)])
        assert result.exit_code == 1
        assert isinstance(result.exception, NetworkError)
        assert key in str(result.exception)
    assert table.networks() == {"plg-2023": PLG.read_text()}
    assert Networks(table).at(AT) == {"plg-2023": plg}


def test_what_an_organiser_types_is_cleaned_as_what_visitors_type_is() -> None:
    title = '"Leren\\u202e  met =?elkaar\\u0007"'
    toml = PLG.read_text().replace('"Leernetwerk Professionele leergemeenschap (PLG)"', title)
    assert read_network(toml, "networks/x.toml").title == "Leren met = ?elkaar"
