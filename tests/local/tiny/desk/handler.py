"""Takes what is posted: keeps a letter, shows the event, or fails."""

import base64
import os
from typing import Any

import boto3


def handler(event: dict[str, Any], context: Any) -> Any:
    """Do what the path says."""
    what = event["pathParameters"].get("what", "post")
    if what == "crash":
        raise RuntimeError("the desk is closed")
    if what == "event":
        return {"event": event, "function": context.function_name, "base_url": os.getenv("BASE_URL", "")}
    if what == "page":
        return {"statusCode": 200, "headers": {"Content-Type": "image/gif"}, "cookies": ["a=1", "b=2"]} | {
            "body": base64.b64encode(b"\x00GIF").decode(),
            "isBase64Encoded": True,
        }
    if what == "policy":
        policy = "form-action 'self' https://www.voortgezetleren.nl"
        return {"statusCode": 200, "headers": {"Content-Security-Policy": policy}}
    return _keep(event)


def _keep(event: dict[str, Any]) -> dict[str, Any]:
    to = base64.b64decode(event["body"]).decode() if event["isBase64Encoded"] else event["body"]
    print("a letter came in")  # noqa: T201 for the log
    item = {
        "pk": {"S": "LETTER#plg-2023"},
        "sk": {"S": event["requestContext"]["requestId"]},
        "to": {"S": to},
    }
    boto3.client("dynamodb").put_item(TableName=os.getenv("TABLE", ""), Item=item)
    origin = "https://www.voortgezetleren.nl"
    headers = {"location": f"{origin}/bedankt?reference=1", "access-control-allow-origin": origin}
    return {"statusCode": 303, "headers": headers}
