"""Records the outcome of each letter."""

import json
import os
from typing import Any

import boto3


def handler(event: dict[str, Any], _context: Any) -> Any:
    """Keep the event's type with the mail's name."""
    (record,) = event["Records"]
    notification = json.loads(record["Sns"]["Message"])
    name = f"{notification['mail']['tags']['mail'][0]} {notification['eventType']}"
    key = {"pk": {"S": "OUTCOME"}, "sk": {"S": name}}
    boto3.client("dynamodb").put_item(TableName=os.getenv("TABLE", ""), Item=key)
