"""What we know of each mail: a record in the table, written before it is sent, and what may become of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# How long SES may take to tell that it took a mail; after that we take it that it did not.
LEASE = timedelta(minutes=30)


class MailState(StrEnum):
    """What became of a mail; from `sent` on, SES's events tell."""

    PENDING = "pending"  # SES surely does not have it: offered again when it is due
    SENDING = "sending"  # claimed; where SES's answer was lost, SES may have it
    SENT = "sent"
    DELAYED = "delayed"
    SOFT_BOUNCED = "returned"  # for now: a full mailbox, or a robot that answers
    DELIVERED = "delivered"
    BOUNCED = "bounced"  # for good: there is no such mailbox
    COMPLAINED = "complained"
    FAILED = "failed"
    UNKNOWN = "unknown"  # SES never said, and something else has overtaken it
    WITHHELD = "withheld"  # too many to this address, or it complained; only an organiser sends it after all


# An event may be of an earlier offer whose answer was lost, so also of a mail that waits for another.
_OFFERED = (MailState.PENDING, MailState.SENDING, MailState.UNKNOWN)
_UNDERWAY = (*_OFFERED, MailState.SENT, MailState.DELAYED)

# Which states each may follow: SES's events come late, twice, in any order and before our own word.
FOLLOWS = {
    MailState.PENDING: (MailState.SENDING,),
    MailState.UNKNOWN: (MailState.SENDING,),
    MailState.WITHHELD: (MailState.SENDING,),
    MailState.SENT: _OFFERED,
    MailState.DELAYED: (*_OFFERED, MailState.SENT),
    MailState.SOFT_BOUNCED: _UNDERWAY,
    # A robot's answer counts as a bounce that passes; the mail arrived all the same.
    MailState.DELIVERED: (*_UNDERWAY, MailState.SOFT_BOUNCED),
    MailState.FAILED: _UNDERWAY,
    MailState.BOUNCED: (*_UNDERWAY, MailState.SOFT_BOUNCED, MailState.DELIVERED),
    MailState.COMPLAINED: (*_UNDERWAY, MailState.SOFT_BOUNCED, MailState.DELIVERED),
}

# The states in which a person did not get their mail.
UNDELIVERED = frozenset(
    {
        MailState.SOFT_BOUNCED,
        MailState.BOUNCED,
        MailState.COMPLAINED,
        MailState.FAILED,
        MailState.UNKNOWN,
        MailState.WITHHELD,
    }
)
# The states from which a mail may yet be sent.
OPEN = (MailState.PENDING, MailState.SENDING)


@dataclass(frozen=True, slots=True)
class MailRecord:
    """One mail: `id` is its sort key and SES tag, `missing` how many people it said the school needs.

    `due` is when it may be offered again: a pending one's turn, or the end of a claim's lease. A claim
    without it is as old as the event that made it; the sweeper gives it a lease on its own clock.
    """

    network: str
    id: str
    kind: str
    reference: str
    state: MailState
    at: datetime
    missing: int = 0
    reason: str = ""
    due: datetime | None = None
    sessions: tuple[str, ...] | None = None  # what it put in an agenda (`shared.domain.network.sessions`)

    def is_due(self, now: datetime) -> bool:
        """Say whether a mail that has this record may be offered to SES (again)."""
        return self.state in OPEN and self.due is not None and self.due <= now


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """The report that a check asks for: of which local date, when, and the instant of the one before."""

    day: str
    at: datetime
    previous: datetime | None = None
