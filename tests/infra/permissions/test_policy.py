"""Tests of the evaluator, on policies with a documented answer of IAM."""

from typing import Any

import pytest

from tests.infra.permissions.calls import needs
from tests.infra.permissions.policy import Need, allows, grants, reductions

KEYS = {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["REGISTRATION#*", "WORDS"]}}
HAS_KEY = {"Null": {"dynamodb:LeadingKeys": "false"}}


def decide(action: str, resource: str, condition: dict[str, Any], *pk: str) -> bool:
    (grant,) = grants({"Effect": "Allow", "Action": action, "Resource": resource, "Condition": condition})
    context = (("dynamodb:LeadingKeys", pk),) if pk else ()
    return allows(grant, Need("dynamodb:GetItem", "arn:table/T", context))


@pytest.mark.parametrize(
    ("action", "resource", "allowed"),
    [
        ("dynamodb:GetItem", "arn:table/T", True),
        ("DYNAMODB:getitem", "arn:table/T", True),
        ("dynamodb:Get*", "arn:table/?", True),
        ("*", "*", True),
        ("dynamodb:PutItem", "arn:table/T", False),
        ("dynamodb:GetItem", "arn:table/t", False),
        ("dynamodb:GetItem", "arn:table/T/index/x", False),
        ("dynamodb:GetIte[m]", "arn:table/T", False),
    ],
)
def test_actions_and_resources(action: str, resource: str, allowed: bool) -> None:
    assert decide(action, resource, {}) is allowed


@pytest.mark.parametrize(
    ("condition", "pk", "allowed"),
    [
        (KEYS, ("REGISTRATION#plg-2023",), True),
        (KEYS, ("WORDS",), True),
        (KEYS, ("WORDS", "REGISTRATION#plg-2023"), True),
        (KEYS, ("MAIL#plg-2023",), False),
        (KEYS, ("WORDS", "MAIL#plg-2023"), False),
        (KEYS, (), True),  # the trap that the next line closes
        (KEYS | HAS_KEY, (), False),
        (KEYS | HAS_KEY, ("WORDS",), True),
        ({"StringEquals": {"dynamodb:LeadingKeys": "WORDS"}}, ("WORDS",), True),
        ({"StringEquals": {"dynamodb:LeadingKeys": "WORDS"}}, ("words",), False),
        ({"StringEquals": {"dynamodb:LeadingKeys": "WORDS"}}, (), False),
    ],
)
def test_conditions(condition: dict[str, Any], pk: tuple[str, ...], allowed: bool) -> None:
    assert decide("dynamodb:GetItem", "*", condition, *pk) is allowed


@pytest.mark.parametrize(
    "condition", [{"IpAddress": {"aws:SourceIp": "192.0.2.1"}}, {"Null": {"dynamodb:LeadingKeys": "maybe"}}]
)
def test_a_condition_that_is_not_known_is_an_error(condition: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not a condition"):
        decide("*", "*", condition, "WORDS")


@pytest.mark.parametrize(
    "statement", [{"Effect": "Deny", "Action": "*", "Resource": "*"}, {"Effect": "Allow", "NotAction": "*"}]
)
def test_a_statement_that_is_not_known_is_an_error(statement: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not a statement"):
        grants(statement)


def test_a_policy_variable_is_an_error() -> None:
    with pytest.raises(ValueError, match="policy variables"):
        decide("*", "arn:${aws:username}", {})


def test_every_right_and_every_value_is_removed_once() -> None:
    granted = grants({"Effect": "Allow", "Action": ["a:Read", "a:Write"], "Resource": "*", "Condition": KEYS})
    assert [what for what, _ in reductions(granted)] == [
        "a:Read on *",
        "a:Write on *",
        "dynamodb:LeadingKeys REGISTRATION#* of a:Read, a:Write",
        "dynamodb:LeadingKeys WORDS of a:Read, a:Write",
    ]


def test_a_transaction_needs_what_its_parts_need() -> None:
    parts = [
        {"Put": {"TableName": "T", "Item": {"pk": {"S": "A"}}}},
        {"ConditionCheck": {"TableName": "T", "Key": {"pk": {"S": "B"}}}},
    ]
    all_needs = list(needs("dynamodb", "TransactWriteItems", {"TransactItems": parts}))
    assert [(n.action, dict(n.context)["dynamodb:LeadingKeys"]) for n in all_needs] == [
        ("dynamodb:PutItem", ("A",)),
        ("dynamodb:ConditionCheckItem", ("B",)),
    ]


@pytest.mark.parametrize(
    ("service", "operation", "params"),
    [("dynamodb", "Scan", {}), ("s3", "GetObject", {}), ("sesv2", "SendEmail", {"Content": {"Raw": {}}})],
)
def test_a_call_that_is_not_known_is_an_error(service: str, operation: str, params: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not known"):
        list(needs(service, operation, params))
