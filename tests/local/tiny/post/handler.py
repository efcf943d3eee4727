"""Sends each letter, with an attachment; one to "poison@…" cannot be sent."""

import os
from typing import Any

import boto3


def handler(event: dict[str, Any], _context: Any) -> Any:
    """Send one mail per record, up to the first that fails."""
    for record in event["Records"]:
        to = record["dynamodb"]["NewImage"]["to"]["S"]
        if to.startswith("poison"):
            return {"batchItemFailures": [{"itemIdentifier": record["dynamodb"]["SequenceNumber"]}]}
        _send(to, record["dynamodb"]["Keys"]["sk"]["S"])
    return {"batchItemFailures": []}


def _send(to: str, name: str) -> None:
    simple: Any = {
        "Subject": {"Data": "Je brief", "Charset": "UTF-8"},
        "Body": {"Text": {"Data": "Dag!"}, "Html": {"Data": "<p>Dag!</p>"}},
        "Headers": [{"Name": "Auto-Submitted", "Value": "auto-generated"}],
        "Attachments": [{"FileName": "brief.txt", "ContentType": "text/plain", "RawContent": b"Dag!"}],
    }
    tags = {"kind": "letter", "network": "plg-2023", "mail": name}
    boto3.client("sesv2").send_email(
        FromEmailAddress=f"De post <{os.getenv('SENDER', '')}>",
        Destination={"ToAddresses": [to]},
        ReplyToAddresses=["balie@post.example"],
        Content={"Simple": simple},
        EmailTags=[{"Name": name, "Value": value} for name, value in tags.items()],
        ConfigurationSetName=os.getenv("CONFIGURATION_SET", ""),
    )
