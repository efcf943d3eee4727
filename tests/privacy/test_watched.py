"""That a canary would be heard at every side door: what is not noted cannot be found."""

import logging
import sys
import warnings
from collections.abc import Callable
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from local.runtime import InvocationError
from tests.privacy.conftest import Canary
from tests.privacy.leaks import leaks

BIRD = "kwartelvogel"
Door = Callable[[Canary], Any]


def table(canary: Canary) -> str:
    return str(canary.world.template.table["TableName"])


def puts(canary: Canary, **item: str) -> None:
    whole = {"pk": "x", "sk": "x"} | item
    boto3.client("dynamodb").put_item(TableName=table(canary), Item={k: {"S": v} for k, v in whole.items()})


def asks(canary: Canary, **more: Any) -> None:
    query = {"KeyConditionExpression": "pk = :pk", "ExpressionAttributeValues": {":pk": {"S": "x"}}}
    boto3.client("dynamodb").query(TableName=table(canary), **query | more)


def mails(canary: Canary, tag: str, text: str = "") -> None:
    part: Any = {"Data": text, "Charset": "UTF-8"}
    boto3.client("sesv2").send_email(
        FromEmailAddress="aanmelden@tweetal.example",
        Destination={"ToAddresses": ["x@kanarie.example"]},
        Content={"Simple": {"Subject": part, "Body": {"Text": part}}},
        EmailTags=[{"Name": "mail", "Value": tag}],
        ConfigurationSetName="x",
    )


DOORS: dict[str, Door] = {
    "stdout": lambda _: sys.stdout.write(BIRD),
    "stderr": lambda _: sys.stderr.write(BIRD),
    "logging": lambda _: logging.getLogger("a library").warning(BIRD),
    "warning": lambda _: warnings.warn(BIRD, stacklevel=1),
    "key": lambda canary: puts(canary, sk=BIRD),
    "value of a condition": lambda canary: asks(canary, ExpressionAttributeValues={":pk": {"S": BIRD}}),
    "name in an expression": lambda canary: asks(
        canary, KeyConditionExpression="#a = :pk", ExpressionAttributeNames={"#a": "pk", f"#{BIRD}": "sk"}
    ),
    "tag of a mail": lambda canary: mails(canary, BIRD),
    "id of a secret": lambda _: boto3.client("secretsmanager").get_secret_value(SecretId=BIRD),
}


def noted(canary: Canary, door: Door) -> bool:
    """Say whether a bird is found after it went through a door; what AWS thinks of it does not matter."""
    before = len(canary.world.traces)
    try:
        with canary.world.listening():
            door(canary)
    except ClientError:
        assert canary.world.traces[before:]
    leaked = leaks({"bird": BIRD}, canary.world.traces[before:])
    del canary.world.traces[before:]
    return bool(leaked)


@pytest.mark.parametrize("door", DOORS)
def test_a_word_at_a_side_door_is_found(quiet: Canary, door: str) -> None:
    assert noted(quiet, DOORS[door])


def test_the_table_and_the_mailbox_may_know_it(quiet: Canary) -> None:
    assert not noted(quiet, lambda canary: puts(canary, name=BIRD))
    assert not noted(quiet, lambda canary: mails(canary, "x", BIRD))


def test_what_a_function_fails_with_is_noted_as_lambda_logs_and_queues_it(quiet: Canary) -> None:
    with pytest.raises(InvocationError):
        quiet.world.invoke("check", {"geen tijd": "x"})
    wheres = {trace.where for trace in quiet.world.traces if "KeyError" in trace.text}
    assert wheres >= {"trace", "queue", "stdout"}
