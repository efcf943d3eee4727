"""The IAM needs of a call of AWS; a call that is not supported here is an error."""

import re
from collections.abc import Iterator, Mapping
from email.utils import parseaddr
from typing import Any

from tests.infra.permissions.policy import Need

ACCOUNT = "eu-west-1:123456789012"
_KEY = {"GetItem": "Key", "PutItem": "Item", "UpdateItem": "Key", "DeleteItem": "Key"}
# A transaction has no right of its own (DynamoDB Developer Guide, "Using IAM with DynamoDB transactions").
_PARTS = {
    "Put": ("PutItem", "Item"),
    "Update": ("UpdateItem", "Key"),
    "Delete": ("DeleteItem", "Key"),
    "ConditionCheck": ("ConditionCheckItem", "Key"),
}


def arn(service: str, resource: str) -> str:
    """Return the ARN of a resource in the account of the tests."""
    return f"arn:aws:{service}:{ACCOUNT}:{resource}"


def needs(service: str, operation: str, params: Mapping[str, Any]) -> Iterator[Need]:
    """Yield everything that a call must be allowed."""
    match service, operation:
        case "dynamodb", ("GetItem" | "PutItem" | "UpdateItem" | "DeleteItem"):
            yield _item(operation, params["TableName"], params[_KEY[operation]]["pk"]["S"])
        case "dynamodb", "BatchGetItem":
            yield from _each(params["RequestItems"])
        case "dynamodb", "TransactWriteItems":
            for name, part in (item for each in params["TransactItems"] for item in each.items()):
                action, key = _PARTS[name]
                yield _item(action, part["TableName"], part[key]["pk"]["S"])
        case "dynamodb", "Query":
            table, index = params["TableName"], params.get("IndexName")
            value = params["ExpressionAttributeValues"][_partition(params["KeyConditionExpression"])]
            yield _item("Query", f"{table}/index/{index}" if index else table, value["S"])
        case ("s3", "PutObject") | ("secretsmanager", "GetSecretValue"):
            yield Need(f"{service}:{operation}", _named(params))
        case "sesv2", "SendEmail" if "Simple" in params["Content"]:
            yield from _mail(params)
        case _:
            raise ValueError(f"what {service} {operation} needs is not known here")


def _named(params: Mapping[str, Any]) -> str:
    """Return the secret that a call is about, or an object of its bucket; no right is to one object."""
    if "Bucket" in params:
        return f"arn:aws:s3:::{params['Bucket']}/object"
    return arn("secretsmanager", f"secret:{params['SecretId']}")


def _item(action: str, table: str, pk: str) -> Need:
    return Need(f"dynamodb:{action}", arn("dynamodb", f"table/{table}"), (("dynamodb:LeadingKeys", (pk,)),))


def _each(wanted: Mapping[str, Any]) -> Iterator[Need]:
    pks = {(table, key["pk"]["S"]) for table, keys in wanted.items() for key in keys["Keys"]}
    return (_item("BatchGetItem", table, pk) for table, pk in sorted(pks))


def _partition(condition: str) -> str:
    match = re.match(r"[#\w]+ = (:\w+)", condition)
    assert match, condition
    return match[1]


def _mail(params: Mapping[str, Any]) -> Iterator[Need]:
    """Yield a need for each identity that may be verified, the address or its domain, and for the set."""
    sender = parseaddr(params["FromEmailAddress"])[1]
    configuration = params["ConfigurationSetName"]
    for resource in (
        f"identity/{sender}",
        f"identity/{sender.partition('@')[2]}",
        f"configuration-set/{configuration}",
    ):
        yield Need("ses:SendEmail", arn("ses", resource), (("ses:FromAddress", (sender,)),))
