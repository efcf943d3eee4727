"""The policies of operators allow what their commands do, and nothing else."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.model import OperationModel
from typer.testing import CliRunner

from cli.main import app
from shared.aws.table import Table
from shared.aws.wire import UnavailableError
from tests.conftest import PLG, ROOT
from tests.infra.permissions.calls import needs
from tests.infra.permissions.policy import Grant, Need, grants
from tests.infra.permissions.proof import RoleNeed, excess, unmet

POLICIES = ROOT / "infra" / "policies"


def granted(name: str) -> tuple[Grant, ...]:
    statements = json.loads((POLICIES / f"{name}.json").read_text())["Statement"]
    return tuple(
        grant
        for statement in statements
        for grant in grants({key: value for key, value in statement.items() if key != "Sid"})
    )


@pytest.fixture
def recorded(table: Table) -> Iterator[list[Need]]:
    """What commands need, on a table that is named as CloudFormation names it."""
    calls: list[Need] = []

    def record(params: Mapping[str, Any], model: OperationModel, **_: Any) -> None:
        called = needs(model.service_model.service_name, model.name, params)
        calls.extend(need._replace(resource=f"{need.resource}-Table-ABC") for need in called)

    boto3.setup_default_session()
    assert boto3.DEFAULT_SESSION
    boto3.DEFAULT_SESSION.events.register("provide-client-params", record)
    yield calls
    boto3.DEFAULT_SESSION.events.unregister("provide-client-params", record)


def tweetal(*words: str) -> None:
    result = CliRunner().invoke(app, words, env={"TABLE": "tweetal"}, catch_exceptions=False)
    assert result.exit_code == 0, result.output


def test_whoever_applies_networks_can_do_that_and_read_no_people(
    recorded: list[Need], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise UnavailableError("AccessDeniedException")

    # To say who is mailed, `apply` would read people; where it may not, it asks for nothing else.
    monkeypatch.setattr(Table, "registrations", refuse)
    changed = tmp_path / "changed.toml"
    changed.write_text(PLG.read_text().replace("min_per_school = 2", "min_per_school = 3"))
    tweetal("network", "apply", str(PLG))
    tweetal("network", "apply", str(changed), "--dry-run")
    tweetal("network", "apply", str(changed))
    for command in (["list"], ["counts"], ["show", "plg-2023"], ["pull", "plg-2023"]):
        tweetal("network", *command)
    needed = [RoleNeed("networks", need, "a command") for need in recorded]
    assert needed
    assert unmet({"networks": granted("networks")}, needed) == []
    assert excess({"networks": granted("networks")}, needed) == []
