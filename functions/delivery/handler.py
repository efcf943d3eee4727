"""SES events (SNS): what became of each mail, kept with its record."""

import json
from functools import cache
from typing import Any, NamedTuple

from shared.aws.mail_limits import MailLimits
from shared.aws.store import Store
from shared.aws.table import Table
from shared.domain.outbox import MailState
from shared.log import hides_error_text, logger
from shared.settings import read_settings

_LOG = logger("delivery")

_LONGEST = 500  # bytes of a tag, an address or a code
# SES's event types (SES developer guide, "Contents of event data"); of the others nothing becomes known.
_STATES = {
    "Send": MailState.SENT,
    "DeliveryDelay": MailState.DELAYED,
    "Delivery": MailState.DELIVERED,
    "Bounce": MailState.BOUNCED,
    "Complaint": MailState.COMPLAINED,
    "Reject": MailState.FAILED,
    "Rendering Failure": MailState.FAILED,
}


class Services(NamedTuple):
    """What this function talks to."""

    table: Table
    limits: MailLimits


@cache
def services() -> Services:
    """Connect on first use."""
    store = Store(read_settings().table)
    return Services(Table(store), MailLimits(store))


@hides_error_text
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Keep what each event says; one that is not about a mail of ours is counted, not an error."""
    known = [_keep(record) for record in event["Records"]]
    _LOG.info("events", kept=sum(known), ignored=len(known) - sum(known))
    return {"kept": sum(known), "ignored": len(known) - sum(known)}


def _keep(record: Any) -> bool:
    try:
        event = json.loads(record["Sns"]["Message"])
        tags, state, reason = event["mail"]["tags"], _state(event), _reason(event)
        network, mail = _text(tags["network"][0]), _text(tags["mail"][0])
        complained = event.get("complaint", {}).get("complainedRecipients", ())
        minds = [_text(each["emailAddress"]) for each in complained]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return False  # about no mail of ours, or no event: SES greets a new topic in plain words
    for address in minds:
        services().limits.record_complaint(address)
    return state is not None and services().table.mark(network, mail, state, reason)


def _text(value: object) -> str:
    """Return a text that can stand in a key; raise `ValueError` for anything else."""
    if isinstance(value, str) and 0 < len(value.encode()) <= _LONGEST:
        return value
    raise ValueError("not what SES writes")


def _state(event: dict[str, Any]) -> MailState | None:
    if event.get("bounce", {}).get("bounceType") == "Transient":  # a full mailbox, or out of office
        return MailState.SOFT_BOUNCED
    return _STATES.get(event.get("eventType", ""))


def _reason(event: dict[str, Any]) -> str:
    """Return SES's own code for what happened; never an address or a server's free text."""
    bounce, complaint = event.get("bounce", {}), event.get("complaint", {})
    kind = "/".join(filter(None, (bounce.get("bounceType"), bounce.get("bounceSubType"))))
    delay = event.get("deliveryDelay", {}).get("delayType")
    told = kind or complaint.get("complaintFeedbackType") or delay
    return _text(told) if told else ""
