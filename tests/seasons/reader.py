"""Reads everything that a season says to people, and holds each claim against what the witness knows."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from local.mailbox import Sent
from tests.seasons.board import board, wrong
from tests.seasons.claims import claims
from tests.seasons.rows import Row
from tests.seasons.stage import Stage
from tests.seasons.texts import letters, listed, mailed
from tests.seasons.truth import facts, untrue
from tests.seasons.witness import Witness

_OURS = {"report", "code"}  # mails to organisers


class Reader:
    """Reads every mail when it was just made."""

    def __init__(self, stage: Stage, witness: Witness) -> None:
        self._stage, self._witness = stage, witness
        self._read = 0  # mails that were read before
        self._deadlines: frozenset[date] = frozenset()
        self._reported: datetime | None = None
        self._wrong: list[str] = []
        self.counts: Counter[str] = Counter()

    def wrong(self) -> Iterator[str]:
        """Yield what was untrue or unreadable since this was asked."""
        yield from self._wrong
        self._wrong.clear()

    def mails(self) -> None:
        """Read the mails that were made since the last time, while all is as it was when they were made."""
        self._deadlines |= {self._witness.rules.deadline}
        new = self._stage.mailbox.sent[self._read :]
        self._read = len(self._stage.mailbox.sent)
        for mail in new:
            if mail.tags["kind"] not in _OURS:
                self._mail(mail)
            elif mail.tags["kind"] == "report":
                self._report(mail)

    def _mail(self, mail: Sent) -> None:
        text, ids = mailed(mail), ids_of(mail)
        rows = [self._witness.rows["-".join(id_.split("-")[:2])] for id_ in ids]
        if len(ids) == 1:
            self._says(f"{ids[0]} of {mail.at:%d %b %H.%M}", rows[0], text, mail)
            return
        names = [row.person.name for row in rows]
        for id_, row, letter in zip(ids, rows, letters(text, names), strict=True):
            self._says(f"{id_} of {mail.at:%d %b %H.%M}", row, letter, mail)

    def _report(self, mail: Sent) -> None:
        """Read a report that was made on its morning; of a later one, not all that it says is of that day."""
        since, self._reported = self._reported, mail.at
        if mail.at != self._stage.now or mail.at.minute:
            return
        lines = [f" | {mail.subject}", *list(listed(mail.body("Text")))[1:]]
        for read, each in wrong(lines, board(self._witness, mail.at, since)):
            self.counts["claims"] += read
            if each:
                self._wrong.append(f"the report of {mail.at:%d %b %H.%M}: {each}")
        self.counts["reports"] += 1

    def _says(self, name: str, row: Row, text: list[str], mail: Sent) -> None:
        read, unread = claims(text)
        self.counts.update(claims=len(read), texts=1)
        known = facts(self._witness, row, mail.at, self._deadlines)
        self._wrong += [f"{name}: {each}" for each in untrue(read, known)]
        self._wrong += [f"{name}: cannot be read: {each!r}" for each in unread]


def ids_of(mail: Sent) -> list[str]:
    """Return the ids of the letters in a mail: it can be to several people on one mailbox."""
    also = [value for name, value in mail.tags.items() if name.startswith("also")]
    return [mail.tags["mail"], *(id_ for value in also for id_ in value.split("_"))]
