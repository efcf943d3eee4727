"""The plainest function that stores a post: it validates nothing, and makes its client at init."""

import json
import os
from typing import Any

import boto3

client = boto3.client("dynamodb")
TABLE = os.environ["TABLE"]


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Put one item."""
    item = {name: {"S": str(value)} for name, value in json.loads(event["body"]).items()}
    key = {"pk": {"S": "REGISTRATION#x"}, "sk": {"S": event["requestContext"]["requestId"]}}
    client.put_item(TableName=TABLE, Item={**key, **item})
    return {"statusCode": 201, "body": json.dumps({"ok": True})}
