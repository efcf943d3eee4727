"""The record of each mail: written in the table before the mail is sent, and the states it goes through."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# How long SES may take to say that it accepted a mail; after that the mail counts as not accepted.
LEASE = timedelta(minutes=30)
WAITS_FOR_EVENING = "too many today"  # the reason of a pending mail that goes out with others at once
FROM_ONE_PLACE = "many from one place"  # of a pending first mail that goes within the hour
MANY_BOUNCE = "many bounce"  # of one that waits until fewer first mails bounce
TEN_ALREADY = "ten already"  # the reason of a withheld mail; what was withheld before has "too many"


class MailState(StrEnum):
    """The state of a mail; from `sent` on it follows from SES's events."""

    PENDING = "pending"  # SES does not have it: offered again when it is due
    SENDING = "sending"  # claimed; if SES's answer was lost, SES may have it
    SENT = "sent"
    DELAYED = "delayed"
    SOFT_BOUNCED = "returned"  # a full mailbox, or an automatic reply
    DELIVERED = "delivered"
    BOUNCED = "bounced"  # for good: the mailbox does not exist
    COMPLAINED = "complained"
    FAILED = "failed"
    UNKNOWN = "unknown"  # SES never answered, and another mail has overtaken it
    WITHHELD = "withheld"  # ten to this address already, or it complained; an organiser can still send it


# An event can belong to an earlier offer whose answer was lost, so also to a mail that waits for its next.
_OFFERED = (MailState.PENDING, MailState.SENDING, MailState.UNKNOWN)
_UNDERWAY = (*_OFFERED, MailState.SENT, MailState.DELAYED)

# Which states each state may follow: SES's events come late, twice, in any order and before our own write.
FOLLOWS = {
    MailState.PENDING: (MailState.SENDING,),
    MailState.UNKNOWN: (MailState.SENDING,),
    MailState.WITHHELD: (MailState.SENDING,),
    MailState.SENT: _OFFERED,
    MailState.DELAYED: (*_OFFERED, MailState.SENT),
    MailState.SOFT_BOUNCED: _UNDERWAY,
    # An automatic reply counts as a soft bounce, though the mail arrived.
    MailState.DELIVERED: (*_UNDERWAY, MailState.SOFT_BOUNCED),
    MailState.FAILED: _UNDERWAY,
    MailState.BOUNCED: (*_UNDERWAY, MailState.SOFT_BOUNCED, MailState.DELIVERED),
    MailState.COMPLAINED: (*_UNDERWAY, MailState.SOFT_BOUNCED, MailState.DELIVERED),
}

# The states of mails that did not reach a person.
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
# The states of mails that SES took and did not give back; an automatic reply counts as a soft bounce.
_ARRIVED = frozenset(
    {MailState.SENT, MailState.DELAYED, MailState.SOFT_BOUNCED, MailState.DELIVERED, MailState.COMPLAINED}
)
# The states of mails that may yet be sent.
OPEN = (MailState.PENDING, MailState.SENDING)


@dataclass(frozen=True, slots=True)
class MailRecord:
    """One mail: `id` is its sort key and SES tag, `missing` the number of people it says the school needs.

    `waits` is whether it says that the person waits for a place; None if it says nothing of that.
    `due` is when it may be offered again: the turn of a pending mail, or the end of a claim's lease. A claim
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
    sessions: tuple[str, ...] | None = (
        None  # the sessions in its calendar file (`shared.domain.network.sessions`)
    )
    deadline: datetime | None = None  # the deadline that it states: the first instant that is too late
    waits: bool | None = None
    has_own_uids: bool = False  # whether these sessions have this person's own UIDs; not in earlier files
    bounced_at: datetime | None = None  # when it came back for good; earlier releases did not store this
    tried_at: datetime | None = None  # the instant of its first try, where `at` is that of a later one

    @property
    def open_since(self) -> datetime:
        """Since when it waits, if it does."""
        return self.tried_at or self.at

    @property
    def waits_for_evening(self) -> bool:
        """Whether this mail was too much for a day, and goes out together with what else was."""
        return self.state is MailState.PENDING and self.reason == WAITS_FOR_EVENING

    @property
    def is_held_back(self) -> bool:
        """Whether this first mail waits because of other first mails (`shared.domain.first_mails`)."""
        return self.state is MailState.PENDING and self.reason in (FROM_ONE_PLACE, MANY_BOUNCE)

    @property
    def is_untold(self) -> bool:
        """Whether the receiver does not know of this mail, and the next that goes may say the same."""
        return self.state in OPEN or (self.state is MailState.WITHHELD and self.reason == TEN_ALREADY)

    def is_due(self, now: datetime) -> bool:
        """Say whether this mail may be offered to SES (again)."""
        return self.state in OPEN and self.due is not None and self.due <= now


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """A check's request for a report: of which local date, and when.

    `weekly_since` is the day of the last daily report; empty while they are daily.
    """

    day: str
    at: datetime
    weekly_since: str = ""


def report_mail_id(request: ReportRequest, number: int) -> str:
    """Return the id of the mail of a report to the reader of this number, counted from 1."""
    return f"report-{request.day}-{number}"


def latest_mailed(
    requests: Iterable[ReportRequest], records: Iterable[MailRecord], number: int
) -> datetime | None:
    """Return the instant of the latest of these reports that reached its reader; None if none did.

    A report that was overtaken before it could be sent does not count, so the next one tells its changes. For
    a new reader, the latest report that reached anybody counts.
    """
    mailed = {record.id for record in records if record.state in _ARRIVED}
    own = [request.at for request in requests if report_mail_id(request, number) in mailed]
    days = {id_.removeprefix("report-").rpartition("-")[0] for id_ in mailed}
    return max(own or [request.at for request in requests if request.day in days], default=None)
