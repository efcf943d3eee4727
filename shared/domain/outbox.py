"""What we know of each mail: a record in the table, written before it is sent."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MailState(StrEnum):
    """What became of a mail; the later ones are told by SES's events."""

    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    FAILED = "failed"


# Which states each may follow: SES's events come late, twice and in any order.
FOLLOWS = {
    MailState.SENT: (MailState.SENDING,),
    MailState.DELIVERED: (MailState.SENDING, MailState.SENT),
    MailState.FAILED: (MailState.SENDING, MailState.SENT),
    MailState.BOUNCED: (MailState.SENDING, MailState.SENT, MailState.DELIVERED),
    MailState.COMPLAINED: (MailState.SENDING, MailState.SENT, MailState.DELIVERED),
}

# The states in which a person did not get their mail.
UNDELIVERED = frozenset({MailState.BOUNCED, MailState.COMPLAINED, MailState.FAILED})


@dataclass(frozen=True, slots=True)
class MailRecord:
    """One mail: `id` is its sort key and SES tag, `missing` how many people it said the school needs."""

    network: str
    id: str
    kind: str
    reference: str
    state: MailState
    at: datetime
    missing: int = 0
    reason: str = ""
