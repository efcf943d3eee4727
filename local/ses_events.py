"""SES's events about a mail, as SNS delivers them (SES guide, "Contents of event data … to Amazon SNS")."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from local.mailbox import Sent

_TOPIC = "arn:aws:sns:eu-west-1:123456789012:MailEvents"


def event_of(mail: Sent, event: str, at: datetime) -> dict[str, Any]:
    """Return one event of a mail by its name in `/_local/ses`; raise `KeyError` for another name."""
    stamp = _stamp(at)
    played: dict[str, Callable[[], dict[str, Any]]] = {
        "delivery": lambda: _delivery(mail.to, stamp),
        "bounce": lambda: _bounce(mail.to, stamp, mail.id),
        "transient": lambda: _transient(mail.to, stamp, mail.id),
        "complaint": lambda: _complaint(mail.to, stamp, mail.id),
    }
    return _notification(mail, played[event](), stamp)


def events_of(mail: Sent) -> list[dict[str, Any]]:
    """Return the events of a mail; "bounce…" addresses bounce, and "complaint…" addresses complain."""
    at = _stamp(mail.at)
    bounced = [address for address in mail.to if address.lower().startswith("bounce")]
    complained = [address for address in mail.to if address.lower().startswith("complaint")]
    outcome = _bounce(bounced, at, mail.id) if bounced else _delivery(mail.to, at)
    events = [{"eventType": "Send", "send": {}}, outcome]
    events += [_complaint(complained, at, mail.id)] if complained else []
    return [_notification(mail, each, at) for each in events]


def _delivery(to: list[str], at: str) -> dict[str, Any]:
    return {
        "eventType": "Delivery",
        "delivery": {
            "timestamp": at,
            "processingTimeMillis": 540,
            "recipients": to,
            "smtpResponse": "250 2.6.0 Message received",
            "reportingMTA": "mta.example",
        },
    }


def _bounce(addresses: list[str], at: str, message: str) -> dict[str, Any]:
    code = "smtp; 550 5.1.1 user unknown"
    return {
        "eventType": "Bounce",
        "bounce": {
            "feedbackId": f"{message}-feedback",
            "bounceType": "Permanent",
            "bounceSubType": "General",
            "bouncedRecipients": [
                {"emailAddress": address, "action": "failed", "status": "5.1.1", "diagnosticCode": code}
                for address in addresses
            ],
            "timestamp": at,
            "reportingMTA": "dsn; mta.example",
        },
    }


def _transient(addresses: list[str], at: str, message: str) -> dict[str, Any]:
    bounce = _bounce(addresses, at, message)
    full = {"bounceType": "Transient", "bounceSubType": "MailboxFull"}
    return {**bounce, "bounce": {**bounce["bounce"], **full}}


def _complaint(addresses: list[str], at: str, message: str) -> dict[str, Any]:
    return {
        "eventType": "Complaint",
        "complaint": {
            "feedbackId": f"{message}-feedback",
            "complaintFeedbackType": "abuse",
            "complainedRecipients": [{"emailAddress": address} for address in addresses],
            "timestamp": at,
            "arrivalDate": at,
        },
    }


def _notification(mail: Sent, event: Mapping[str, Any], at: str) -> dict[str, Any]:
    record = {
        "EventSource": "aws:sns",
        "EventVersion": "1.0",
        "EventSubscriptionArn": f"{_TOPIC}:local",
        "Sns": {
            "Type": "Notification",
            "MessageId": f"{mail.id}-{event['eventType']}",
            "TopicArn": _TOPIC,
            "Subject": "Amazon SES Email Event Notification",
            "Message": json.dumps({**event, "mail": _mail(mail, at)}),
            "Timestamp": at,
            "SignatureVersion": "1",
            "Signature": "local",
            "SigningCertUrl": "https://sns.eu-west-1.amazonaws.com/local.pem",
            "UnsubscribeUrl": "https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe",
            "MessageAttributes": {},
        },
    }
    return {"Records": [record]}


def _mail(mail: Sent, at: str) -> dict[str, Any]:
    tags = {name: [value] for name, value in mail.tags.items()}
    sender = mail.request["FromEmailAddress"]
    return {
        "timestamp": at,
        "messageId": mail.id,
        "source": sender,
        "sendingAccountId": "123456789012",
        "destination": mail.to,
        "headersTruncated": False,
        "headers": [{"name": name, "value": value} for name, value in mail.headers.items()],
        "commonHeaders": {"from": [sender], "to": mail.to, "messageId": mail.id, "subject": mail.subject},
        "tags": {"ses:configuration-set": [mail.request["ConfigurationSetName"]]} | tags,
    }


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
