"""SES events (SNS): store what became of each mail in its record."""

import json
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from shared.aws.mail_limits import MailLimits
from shared.aws.quiet_networks import QuietNetworks
from shared.aws.ses_tags import ids_in, places_in
from shared.aws.store import Store
from shared.aws.table import Table
from shared.domain.outbox import UNDELIVERED, MailState
from shared.log import hides_error_text, logger, measure
from shared.settings import read_settings

_LOG = logger("delivery")

_TO_ORGANISERS = ("report-", "code-")  # how the ids of mails to organisers begin
_LONGEST = 500  # bytes of a tag, an address or a reason
# SES's event types (SES developer guide, "Contents of event data"); the others tell us nothing.
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
    """The services that this function talks to."""

    table: Table
    limits: MailLimits
    quiet: QuietNetworks
    metrics: str  # the namespace of this stack's metrics


@cache
def services() -> Services:
    """Connect on first use."""
    settings = read_settings()
    store = Store(settings.table)
    return Services(Table(store), MailLimits(store), QuietNetworks(store), settings.metrics_namespace)


@hides_error_text
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Store the outcome in each event; an event that is not about our mail is counted and ignored."""
    are_stored = [_store_outcome(record) for record in event["Records"]]
    kept, ignored = are_stored.count(True), are_stored.count(False)
    _LOG.info("events", kept=kept, ignored=ignored)
    return {"kept": kept, "ignored": ignored}


def _store_outcome(record: Any) -> bool:
    """Store the outcome in one record; False if it is not about a mail of ours, or changes nothing."""
    try:
        event = json.loads(record["Sns"]["Message"])
        tags, state, reason = event["mail"]["tags"], _state(event), _reason(event)
        network, mails = _text(tags["network"][0]), [_text(mail) for mail in ids_in(tags)]
        recipients = event.get("complaint", {}).get("complainedRecipients", ())
        places, to = places_in(tags), _destination(event)
        complainers = [_text(recipient["emailAddress"]) for recipient in recipients]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return False  # no mail of ours, or no event: SES sends plain text to a new topic
    for address in complainers:
        services().limits.record_complaint(address)
    bounced_at = _bounced_at(event) if state is MailState.BOUNCED else None
    if bounced_at and places and not _is_suppressed(event):
        services().limits.record_bounce(places, mails[0], bounced_at)
    # One mail can be to several people on one mailbox, each with a record.
    stored = [
        mail
        for mail in mails
        if state and services().table.set_mail_state(network, mail, state, reason, bounced_at)
    ]
    if state in UNDELIVERED:  # colleagues may be owed a mail about it; an event that came twice ends it again
        services().quiet.end(network)
    if stored and places and to and state in (MailState.DELIVERED, MailState.BOUNCED):
        services().limits.record_arrival(to, reached=state is MailState.DELIVERED)
    if state is MailState.BOUNCED and any(mail.startswith(_TO_ORGANISERS) for mail in stored):
        _LOG.warning("organiser unreachable", mail=stored[0], network=network)
        measure(services().metrics, "OrganiserUnreachable", 1, "Count", {"service": "delivery"})
    return bool(stored)


def _text(value: object) -> str:
    """Return a text that fits in a key; raise `ValueError` for anything else."""
    if isinstance(value, str) and 0 < len(value.encode()) <= _LONGEST:
        return value
    raise ValueError("not what SES writes")


def _state(event: dict[str, Any]) -> MailState | None:
    if event.get("bounce", {}).get("bounceType") == "Transient":  # a full mailbox, or out of office
        return MailState.SOFT_BOUNCED
    return _STATES.get(event.get("eventType", ""))


def _destination(event: dict[str, Any]) -> str:
    """Return the address of a mail of ours, each of which goes to one."""
    to = event["mail"].get("destination", ())
    return _text(to[0]) if to else ""


def _is_suppressed(event: dict[str, Any]) -> bool:
    """Say whether SES did not send a mail because an earlier one bounced: this is nothing to its rates."""
    return bool(event["bounce"].get("bounceSubType") == "OnAccountSuppressionList")


def _bounced_at(event: dict[str, Any]) -> datetime | None:
    """Return when a mail came back for good; None if SES does not say."""
    try:
        at = datetime.fromisoformat(event["bounce"]["timestamp"])
    except (LookupError, TypeError, ValueError):
        return None
    return at if at.tzinfo else None


def _reason(event: dict[str, Any]) -> str:
    """Return SES's own code for the event; never an address or a server's free text."""
    bounce, complaint = event.get("bounce", {}), event.get("complaint", {})
    kind = "/".join(filter(None, (bounce.get("bounceType"), bounce.get("bounceSubType"))))
    delay = event.get("deliveryDelay", {}).get("delayType")
    reason = kind or complaint.get("complaintFeedbackType") or delay
    return _text(reason) if reason else ""
