"""What mails are made from: a network as it stands at an instant; and what a letter is."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from shared.domain.mail import Mail, PersonalLinks
from shared.domain.network.network import Network
from shared.domain.network.sessions import session_entries
from shared.domain.outbox import OPEN, MailRecord, MailState
from shared.domain.registration.registration import Registration
from shared.domain.schools.school import School

# The mails that say how many people a school still needs.
TELLING = frozenset({"confirmation", "invited", "reminder", "complete", "changed", "admitted"})

_NEXT = timedelta(milliseconds=1)  # the least by which instants in the table differ


class OwedMail(NamedTuple):
    """A mail that is owed: whom it goes to and in which network, its record, and how to write it.

    `by_anyone` is one that somebody who only knows an address can cause, with a form that is open to all.
    """

    to: str
    network: Network
    record: MailRecord
    write: Callable[[], Mail]
    from_strangers: bool = False


class MailContext(NamedTuple):
    """A network as it stands at an instant; `mails` are each person's own, by reference, the latest last."""

    network: Network
    at: datetime
    school_of: Mapping[str, School]
    mails: Mapping[str, Sequence[MailRecord]]
    links: Callable[[Registration], PersonalLinks]
    waits: Mapping[str, str]  # why somebody is on a waiting list, by person

    @property
    def records(self) -> Iterator[MailRecord]:
        """The mails that are known here."""
        return (record for records in self.mails.values() for record in records)

    @property
    def minimum(self) -> int:
        """How many people a school needs."""
        return self.network.rule.min_per_school

    def times_moved(self, person: Registration) -> int:
        """Count how often somebody was told that sessions moved."""
        mails = self.mails.get(person.reference, ())
        return sum(mail.kind == "moved" and mail.state not in OPEN for mail in mails)

    @property
    def is_open(self) -> bool:
        """Whether people can still register in time."""
        return not self.network.is_closed(self.at)

    @property
    def is_over(self) -> bool:
        """Whether the last session has been."""
        return self.network.local(self.at).date() > self.network.last_day


def instant_after(told: Sequence[MailRecord], scene: MailContext) -> datetime:
    """Return the instant of a mail that answers what somebody was told, so that it comes after all of that.

    A stream tells whole seconds, by a clock that need not be that of who received what was told.
    """
    return max(scene.at, told[-1].at + _NEXT)


def owed_mail(
    me: Registration,
    scene: MailContext,
    kind: str,
    number: str,
    write: Callable[[], Mail],
    at: datetime | None = None,
) -> OwedMail:
    """Return a letter to somebody; its number follows from its cause and tells it from its like."""
    name = f"{me.reference}-{kind}-{number}"
    missing = scene.school_of[me.person_key].missing(scene.minimum) if kind in TELLING else 0
    when = at or me.history[-1].at
    record = MailRecord(scene.network.id, name, kind, me.reference, MailState.SENDING, when, missing)
    if kind in ("admitted", "moved"):
        record = replace(record, sessions=session_entries(scene.network))
    return OwedMail(me.email, scene.network, record, write)


def by_reference(mails: Iterable[MailRecord]) -> Mapping[str, Sequence[MailRecord]]:
    """Return each person's own mails, the latest last."""
    found: defaultdict[str, list[MailRecord]] = defaultdict(list)
    # Of two at one instant the answer came last, which has the higher number.
    ours = [mail for mail in mails if mail.reference]  # not the organisers'
    for mail in sorted(ours, key=lambda mail: (mail.at, int(mail.id.rpartition("-")[2]))):
        found[mail.reference].append(mail)
    return found
