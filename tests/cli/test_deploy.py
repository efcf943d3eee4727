"""`tweetal deploy`: what it judges before anything changes, and what it then has SAM do."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber
from typer.testing import CliRunner, Result

from cli import deploy
from cli.finding import Colour, Finding
from cli.main import app
from cli.stage import Stage, judge_before, judge_concurrency, judge_parameters, judge_region, read_stages
from shared.aws import ses_account, stack
from shared.aws.ses_account import SesAccount, SesIdentity
from shared.aws.stack import StackDescription
from shared.aws.table import Table
from shared.aws.wire import UnavailableError
from tests.conftest import ROOT

OURS = {"SenderEmail": "aanmelden@school.nl", "AlarmEmail": "beheer@school.nl"}
STAGE = Stage("trial", "tweetal-trial", "eu-west-1", OURS)
IDENTITY = SesIdentity("school.nl", True, "SUCCESS", ("aaa",), "bounce.school.nl", "SUCCESS")
CONFIG = (ROOT / "samconfig.toml").read_text()


def of(parameters: Mapping[str, str]) -> list[Finding]:
    return list(judge_parameters(STAGE._replace(parameters=parameters)))


def test_the_file_has_a_trial_and_production() -> None:
    stages = read_stages(CONFIG)
    assert {name: stage.stack for name, stage in stages.items()} == {
        "trial": "tweetal-trial",
        "production": "tweetal",
    }


def test_the_invented_addresses_of_the_example_are_refused() -> None:
    for stage in read_stages(CONFIG).values():
        first = next(judge_parameters(stage))
        assert first.colour is Colour.RED
        assert f"[{stage.name}.deploy.parameters]" in first.advice


def test_an_address_that_is_missing_is_named() -> None:
    assert "AlarmEmail is missing" in of({"SenderEmail": "aanmelden@school.nl"})[0].sentence


def test_that_nobody_hears_of_alarms_is_allowed_and_said() -> None:
    colours = [finding.colour for finding in of(OURS | {"AlarmEmail": "none"})]
    assert colours == [Colour.GREEN, Colour.AMBER]


def test_another_region_than_the_terminals_is_refused() -> None:
    assert judge_region(STAGE, "eu-central-1").advice.startswith("export AWS_DEFAULT_REGION=eu-west-1")
    assert judge_region(STAGE, "eu-west-1").colour is Colour.GREEN


def test_a_new_accounts_ten_functions_at_once_need_a_request() -> None:
    assert "request-service-quota-increase" in judge_concurrency(10).advice
    assert judge_concurrency(1000).colour is Colour.GREEN


@pytest.mark.parametrize(
    ("status", "tables", "colour"),
    [
        ("", (), Colour.GREEN),
        ("", ("tweetal-Table-ABC",), Colour.AMBER),
        ("UPDATE_COMPLETE", ("tweetal-Table-ABC",), Colour.GREEN),
        ("ROLLBACK_COMPLETE", (), Colour.RED),
        ("UPDATE_IN_PROGRESS", (), Colour.RED),
        ("UPDATE_ROLLBACK_FAILED", (), Colour.RED),
    ],
)
def test_a_stack_is_changed_only_when_it_is_ready(
    status: str, tables: tuple[str, ...], colour: Colour
) -> None:
    assert judge_before("tweetal", status, tables).colour is colour


class Deployment:
    """An account in which everything is right, and what SAM was started with."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.started: list[dict[str, str]] = []
        self.status = ""
        self.is_out_of_sandbox = False
        self.code = 0
        config, built = folder / "samconfig.toml", folder / "template.yaml"
        config.write_text(CONFIG.replace("voorbeeld.example", "school.nl"))
        built.touch()
        patch.setattr(deploy, "_CONFIG", config)
        patch.setattr(deploy, "_BUILT", built)
        patch.setattr(stack, "describe_stack", self._describe)
        patch.setattr(stack, "concurrency", lambda: 1000)
        patch.setattr(ses_account, "ses_account", self._account)
        patch.setattr(ses_account, "identities", lambda _sender: [IDENTITY])
        patch.setattr(ses_account, "ses_region", lambda: "eu-west-1")
        patch.setattr(shutil, "which", lambda name: f"/bin/{name}")
        patch.setattr(subprocess, "run", self._run)
        patch.setattr(deploy, "version", lambda between: f"0.1.0{between}abc1234")

    def _describe(self, _name: str) -> StackDescription:
        if not self.status:
            raise UnavailableError("ValidationError")
        return StackDescription(self.status, datetime(2023, 1, 1, tzinfo=UTC), {}, {}, {})

    def _account(self) -> SesAccount:
        return SesAccount(self.is_out_of_sandbox, True, "HEALTHY", 200, 0, 1)

    def _run(self, command: list[str], **_: bool) -> "subprocess.CompletedProcess[str]":
        self.started.append(dict(word.split("=", 1) for word in command if "=" in word))
        return subprocess.CompletedProcess(command, self.code)


@pytest.fixture
def account(table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Deployment:
    """An account with all that a deployment needs."""
    return Deployment(tmp_path, monkeypatch)


def tweetal(*words: str) -> Result:
    return CliRunner().invoke(app, ["deploy", *words], env={"COLUMNS": "250"})


def test_the_first_deployment_protects_the_table_only_when_it_has_succeeded(account: Deployment) -> None:
    assert tweetal("trial").exit_code == 0
    assert [started["Protection"] for started in account.started] == ["off", "on"]
    assert account.started[0]["Version"] == "0.1.0+abc1234"
    assert account.started[0]["SenderEmail"] == "aanmelden@school.nl"


def test_a_samconfig_that_cannot_be_read_is_a_sentence(account: Deployment, tmp_path: Path) -> None:
    config = tmp_path / "samconfig.toml"
    whole = config.read_text()
    config.write_text(whole + "\n[default.global.parameters]\nx = 1\n")  # SAM's own, which is no stage
    assert "it has: trial, production" in tweetal("default").output
    for wrong, said in (
        (whole + "\n[[", "samconfig.toml is not valid TOML"),
        (whole.replace("stack_name", "stack-name"), "each stage needs 'stack_name'"),
    ):
        config.write_text(wrong)
        result = tweetal("trial")
        assert said in result.stderr
        assert (result.exit_code, result.stdout, account.started) == (1, "", [])


def test_a_first_deployment_that_fails_is_not_tried_again_with_protection(account: Deployment) -> None:
    account.code = 1
    assert tweetal("trial").exit_code == 1
    assert len(account.started) == 1


def test_a_later_deployment_is_one(account: Deployment) -> None:
    account.status = "UPDATE_COMPLETE"
    assert tweetal("trial").exit_code == 0
    assert [started["Protection"] for started in account.started] == ["on"]


def test_production_waits_until_ses_mails_everybody(account: Deployment) -> None:
    assert tweetal("production").exit_code == 1
    assert account.started == []
    account.is_out_of_sandbox = True
    assert tweetal("production").exit_code == 0


def test_a_dry_run_changes_nothing_and_is_read_by_a_program(account: Deployment) -> None:
    printed: dict[str, Any] = json.loads(tweetal("trial", "--dry-run", "--json").output)
    assert {finding["name"] for finding in printed["findings"]} >= {
        "parameters",
        "region",
        "stack",
        "identity",
    }
    assert account.started == []


def test_a_stage_that_is_not_in_the_file_is_answered_with_those_that_are(account: Deployment) -> None:
    answer = tweetal("staging")
    assert (answer.exit_code, account.started) == (1, [])
    assert "trial, production" in answer.output


def test_nothing_is_deployed_that_was_not_built(account: Deployment, tmp_path: Path) -> None:
    (tmp_path / "template.yaml").unlink()
    answer = tweetal("trial")
    assert answer.exit_code == 1
    assert "make deploy STAGE=trial" in answer.output


def test_the_tables_of_a_removed_stack_are_those_with_its_name_in_front(table: Table) -> None:
    client = boto3.client("dynamodb")
    for name in ("tweetal-Table-ABC", "tweetal-trial-Table-DEF"):
        client.create_table(
            TableName=name,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        )
    assert stack.tables_of("tweetal") == ["tweetal-Table-ABC"]


def test_lambda_says_how_many_functions_run_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    client = boto3.client("lambda", "eu-west-1")
    monkeypatch.setattr(boto3, "client", lambda *_, **__: client)
    with Stubber(client) as stubber:
        stubber.add_response("get_account_settings", {"AccountLimit": {"ConcurrentExecutions": 10}})
        assert stack.concurrency() == 10
