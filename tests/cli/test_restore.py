"""What `tweetal restore` does with AWS around the table; tests/journeys/test_restore.py restores one."""

import io
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
import typer

from cli import restore
from cli.shell import stack_named
from shared.aws import stack
from shared.aws.table import Table
from shared.aws.wire import UnavailableError


def client(service: str) -> Any:
    return boto3.client(service)  # type: ignore[call-overload] # as in shared/aws/stack.py


def test_a_function_stands_still_until_it_may_run_again(aws: None) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("handler.py", "")
    trust = {"AssumeRolePolicyDocument": "{}", "RoleName": "mail"}
    role = client("iam").create_role(**trust)["Role"]["Arn"]
    client("lambda").create_function(
        FunctionName="mail",
        Runtime="python3.13",
        Role=role,
        Handler="handler.handler",
        Code={"ZipFile": packed.getvalue()},
    )
    stack.stop_function("mail")
    assert client("lambda").get_function_concurrency(FunctionName="mail")["ReservedConcurrentExecutions"] == 0
    stack.let_function_run("mail")
    assert "ReservedConcurrentExecutions" not in client("lambda").get_function_concurrency(
        FunctionName="mail"
    )


def test_a_restored_table_says_to_which_moment(table: Table) -> None:
    made = client("dynamodb").restore_table_to_point_in_time(
        SourceTableName="tweetal", TargetTableName="tweetal-restored", UseLatestRestorableTime=True
    )["TableDescription"]
    restored = made["RestoreSummary"]["RestoreDateTime"].astimezone(UTC)  # in the hour that comes twice, too
    assert stack.restored_to("tweetal-restored") == restored
    assert stack.restored_to("tweetal") is None
    with pytest.raises(UnavailableError, match="ResourceNotFoundException"):
        stack.restored_to("elsewhere")


def test_a_table_of_another_moment_than_the_operator_says_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    moment = datetime(2023, 4, 14, 12, tzinfo=UTC)
    monkeypatch.setattr(stack, "restored_to", lambda _: moment)
    restore._check_source("tweetal", "tweetal-restored", moment)
    with pytest.raises(typer.Exit):
        restore._check_source("tweetal", "tweetal-restored", moment + timedelta(hours=1))
    assert (
        "was restored to 2023-04-14T12:00:00Z, and --at says 2023-04-14T13:00:00Z" in capsys.readouterr().err
    )


def test_a_stack_that_is_not_here_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for code, error in (("ValidationError", typer.Exit), ("AccessDenied", UnavailableError)):

        def describe(_: str, code: str = code) -> None:
            raise UnavailableError(code)

        monkeypatch.setattr(stack, "describe_stack", describe)
        with pytest.raises(error):
            stack_named("elsewhere")
    assert "there is no stack 'elsewhere' here" in capsys.readouterr().err
