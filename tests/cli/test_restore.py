"""What `tweetal restore` does with AWS around the table; tests/journeys/test_restore.py restores one."""

import io
import zipfile
from typing import Any

import boto3
import pytest

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
    assert stack.restored_to("tweetal-restored") == made["RestoreSummary"]["RestoreDateTime"]
    assert stack.restored_to("tweetal") is None
    with pytest.raises(UnavailableError, match="ResourceNotFoundException"):
        stack.restored_to("elsewhere")
