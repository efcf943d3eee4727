"""Writes down what became of each letter."""

import json
import os
from typing import Any

import boto3


def handler(event: dict[str, Any], _context: Any) -> Any:
    """Keep the event's type with the mail's name."""
    (record,) = event["Records"]
    told = json.loads(record["Sns"]["Message"])
    key = {"pk": {"S": "OUTCOME"}, "sk": {"S": f"{told['mail']['tags']['mail'][0]} {told['eventType']}"}}
    boto3.client("dynamodb").put_item(TableName=os.getenv("TABLE", ""), Item=key)
