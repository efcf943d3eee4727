"""What owed mails are computed from: a network as it stands at an instant; and what an owed mail is."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from shared.domain.mail import Mail, PersonalLinks
from shared.domain.message import Message
from shared.domain.network.network import Network
from shared.domain.network.sessions import session_entries
from shared.domain.network.version_history import UNKNOWN, VersionHistory
from shared.domain.outbox import OPEN, MailRecord, MailState
from shared.domain.registration.cause import Cause, cause_of
from shared.domain.registration.registration import Registration
from shared.domain.schools.school import School

# The mails that say how many people a school still needs, and whether its people wait for a place.
TELLING = frozenset(
    {
        *("confirmation", "invited", "reminder", "complete", "changed", "waiting", "place", "admitted"),
        "deadline",
    }
)
# The mails that say until when people can register, and of these the ones that say it afterwards too.
_STATING_LATER = frozenset({"late", "held", "deadline"})
STATING = _STATING_LATER | {
    *("confirmation", "invited", "reminder", "complete", "changed", "waiting", "place"),
}

REMINDERS = frozenset({"reminder", "upcoming"})
# The mails that a check causes, for many people at once; an organiser may have decided instead.
OF_THE_CHECK = REMINDERS | {"admitted", "held", "declined", "unconfirmed"}
# The mails that put sessions in an agenda.
WITH_CALENDAR = frozenset({"admitted", "moved"})
# The mails of which the last one counts for what somebody knows.
_KNOWN_BY = TELLING | STATING | WITH_CALENDAR

NEXT = timedelta(milliseconds=1)  # the least by which instants in the table differ
NEWS = timedelta(days=1)  # how old what a new kind tells may be: a release mails nobody of what was before


class OwedMail(NamedTuple):
    """A mail that is owed: whom it goes to and in which network, its record, and how to write it.

    `from_strangers` marks a mail that anyone who knows an address can cause, with a form that is open to all.
    `person_key` is of the registration that causes it, and `posted_from` where that came from; a mail to
    organisers has neither.
    """

    to: str
    network: Network
    record: MailRecord
    write: Callable[[], Mail]
    from_strangers: bool = False
    person_key: str = ""
    posted_from: str = ""


class MailContext(NamedTuple):
    """A network as it stands at an instant; `mails` are each person's own, by reference, the latest last,
    and `bounces` the last mails to addresses that take none, by their key.

    `versions` and `messages` are known to the sweep alone, which mails that the deadline or sessions moved,
    and what organisers wrote. `with_reference` finds somebody of any school.
    """

    network: Network
    at: datetime
    school_of: Mapping[str, School]
    mails: Mapping[str, Sequence[MailRecord]]
    bounces: Mapping[str, MailRecord]
    links: Callable[[Registration], PersonalLinks]
    versions: VersionHistory = UNKNOWN
    with_reference: Callable[[str], Registration | None] = lambda _: None
    messages: Sequence[Message] = ()

    @property
    def records(self) -> Iterator[MailRecord]:
        """The records of all these mails."""
        return (record for records in self.mails.values() for record in records)

    @property
    def minimum(self) -> int:
        """How many people a school needs."""
        return self.network.rule.min_per_school

    def times_moved(self, person: Registration) -> int:
        """Count how often a person was mailed that sessions moved."""
        mails = self.mails.get(person.reference, ())
        return sum(mail.kind == "moved" and mail.state not in OPEN for mail in mails)

    def calendar_owner(self, person: Registration) -> str:
        """Return whose UIDs a person's calendar files have."""
        return calendar_owner(person.reference, self.mails.get(person.reference, ()))

    @property
    def is_open(self) -> bool:
        """Whether people can still register in time."""
        return not self.network.is_closed(self.at)

    @property
    def is_over(self) -> bool:
        """Whether the last session is past."""
        return self.network.local(self.at).date() > self.network.last_day


def calendar_owner(reference: str, mails: Iterable[MailRecord]) -> str:
    """Return whose UIDs a person's calendar files have: theirs, or nobody's if earlier files had none."""
    files = [mail for mail in mails if mail.kind in WITH_CALENDAR]
    return reference if all(mail.has_own_uids for mail in files) else ""


def owed_mail(
    me: Registration,
    context: MailContext,
    kind: str,
    number: str,
    write: Callable[[], Mail],
    at: datetime | None = None,
) -> OwedMail:
    """Return a mail to a person; its number follows from its cause and tells it from others of its kind."""
    name = f"{me.reference}-{kind}-{number}"
    missing = context.school_of[me.person_key].missing(context.minimum) if kind in TELLING else 0
    when = _after_others(name, kind, me, context, at or me.history[-1].at)
    record = MailRecord(context.network.id, name, kind, me.reference, MailState.SENDING, when, missing)
    if kind in TELLING:
        record = replace(record, waits=me.person_key in context.school_of[me.person_key].waiting)
    if kind in WITH_CALENDAR:
        own = bool(context.calendar_owner(me))
        record = replace(record, sessions=session_entries(context.network), has_own_uids=own)
    if _states_deadline(kind, me, context):
        record = replace(record, deadline=context.network.closes_at)
    origin = me.posted_from or me.invited_by or me.reference
    return OwedMail(me.email, context.network, record, write, person_key=me.person_key, posted_from=origin)


def _after_others(name: str, kind: str, me: Registration, context: MailContext, at: datetime) -> datetime:
    """Return the instant of a mail that says how things stand, after all others that said so.

    Its cause can be older than they are, or of the same second: a stream record holds whole seconds, by
    another clock than that of the function that sent them.
    """
    if kind not in _KNOWN_BY:
        return at
    others = (r for r in context.mails.get(me.reference, ()) if r.kind in _KNOWN_BY and r.id != name)
    return max([at, *(other.at + NEXT for other in others if other.state not in OPEN)])


def _states_deadline(kind: str, me: Registration, context: MailContext) -> bool:
    """Say whether a mail to a person says until when people can register, or could."""
    if kind == "invited" and not context.school_of[me.person_key].missing(context.minimum):
        return False
    if kind == "held" and cause_of(me) is not Cause.SCHOOL_SHORT:
        return False
    return kind in (STATING if context.is_open else _STATING_LATER)


def by_reference(mails: Iterable[MailRecord]) -> Mapping[str, Sequence[MailRecord]]:
    """Return each person's own mails, the latest last."""
    records: defaultdict[str, list[MailRecord]] = defaultdict(list)
    # Of two at one instant, which earlier releases stored, the answer came last: it has the higher number.
    ours = [mail for mail in mails if mail.reference]  # not the organisers'
    for mail in sorted(ours, key=lambda mail: (mail.at, int(mail.id.rpartition("-")[2]))):
        records[mail.reference].append(mail)
    return records
