"""Which owed mails go out as one: those of one kind to one mailbox, and those that waited for the evening."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from shared.domain.mail import Mail
from shared.domain.network.network import Network
from shared.domain.outbox import MailRecord
from shared.mails.owed.context import OwedMail
from shared.mails.together import together

_MOST = 50  # mails in one; more have one more mail for each fifty
_ALONE = frozenset({"data", "invitation"})  # of one person only, or to somebody who is not registered


class Envelope(NamedTuple):
    """Owed mails that go to one mailbox as one mail; `is_evening` if they were too much for a day."""

    letters: Sequence[OwedMail]
    is_evening: bool = False

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
        Envelope(group[start : start + _MOST], is_evening="evening" in key)
        for key, group in grouped.items()
        for start in range(0, len(group), _MOST)
    ]


def _key(letter: OwedMail, record: MailRecord | None) -> tuple[object, ...]:
    mailbox, kind = letter.to.casefold(), letter.record.kind
    if record and record.waits_for_evening:
        return mailbox, "evening"
    if kind in _ALONE or not letter.record.reference:
        return (letter.record.id,)
    return mailbox, kind, letter.from_strangers
