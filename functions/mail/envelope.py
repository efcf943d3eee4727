"""Which owed mails go out as one: those of one kind to one mailbox, and those that waited for the evening."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from shared.domain.first_mails import places_of
from shared.domain.mail import Mail
from shared.domain.network.network import Network
from shared.domain.outbox import WAITS_FOR_EVENING, MailRecord
from shared.mails.owed.context import OwedMail
from shared.mails.together import together

_MOST = 50  # mails in one; more have one more mail for each fifty
_ALONE = frozenset({"data", "invitation"})  # of one person only, or to somebody who is not registered


class Envelope(NamedTuple):
    """Owed mails that go to one mailbox as one mail; `reason` is why they waited until now, if they did."""

    letters: Sequence[OwedMail]
    reason: str = ""
    first_at: tuple[str, ...] = ()  # its places, if it turns out to be the first mail that reaches them

    @property
    def to(self) -> str:
        """The mailbox."""
        return self.letters[0].to

    @property
    def network(self) -> Network:
        """The network of all these mails."""
        return self.letters[0].network

    @property
    def records(self) -> list[MailRecord]:
        """The records of these mails; the first one names the mail."""
        return [letter.record for letter in self.letters]

    @property
    def from_strangers(self) -> bool:
        """Whether others may have caused all of it."""
        return all(letter.from_strangers for letter in self.letters)

    @property
    def is_evening(self) -> bool:
        """Whether they were too much for a day."""
        return self.reason == WAITS_FOR_EVENING

    @property
    def places(self) -> tuple[str, ...]:
        """Where the mail was caused, and where it goes."""
        return places_of(self.to, self.letters[0].posted_from)

    def write(self) -> Mail:
        """Write the mail."""
        mails = [letter.write() for letter in self.letters]
        return together(mails) if len(mails) > 1 else mails[0]


def envelopes(letters: Iterable[OwedMail], records: Mapping[str, MailRecord]) -> list[Envelope]:
    """Put mails that are to be sent now in envelopes, in the order in which each has its first."""
    grouped: dict[tuple[object, ...], list[OwedMail]] = {}
    for letter in letters:
        grouped.setdefault(_key(letter, records.get(letter.record.id)), []).append(letter)
    return [
        Envelope(group[start : start + _MOST], _reason(records.get(group[start].record.id)))
        for key, group in grouped.items()
        for start in range(0, len(group), _MOST)
    ]


def _key(letter: OwedMail, record: MailRecord | None) -> tuple[object, ...]:
    mailbox, kind = letter.to.casefold(), letter.record.kind
    if kind == "message":  # what an organiser wrote stands alone, however many there are
        return mailbox, letter.record.id.removeprefix(f"{letter.record.reference}-")
    if record and record.waits_for_evening:
        return mailbox, "evening"
    if kind in _ALONE or not letter.record.reference:
        return (letter.record.id,)
    return mailbox, kind, letter.from_strangers, _reason(record)


def _reason(record: MailRecord | None) -> str:
    return record.reason if record and (record.waits_for_evening or record.is_held_back) else ""
