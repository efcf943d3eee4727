"""Reads everything that a season says to people, and holds each claim against what the witness knows."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from local.mailbox import Sent
from tests.seasons.board import Before, Board, before, board
from tests.seasons.claims import claims
from tests.seasons.desk import wrong
from tests.seasons.letters import ids, kind_of, reference_of
from tests.seasons.own_page import link_of
from tests.seasons.rows import Row
from tests.seasons.rules import ZONE
from tests.seasons.stage import Stage
from tests.seasons.texts import letters, listed, mailed, paragraphs_of_page, sections_of_page
from tests.seasons.truth import facts, untrue
from tests.seasons.witness import Witness

_REPORT_DAY = re.compile(r"report-(.*)-\d+")
_CLAIMLESS = {"unreachable", "address", "readdressed", "data"}
_OURS = {"report", "code"}  # mails to organisers


class Reader:
    """Reads every mail when it was just made, and every report; and some pages each evening."""

    def __init__(self, stage: Stage, witness: Witness, reads: bool) -> None:
        self._stage, self._witness = stage, witness
        self._read = 0  # mails that were read before
        self._deadlines: frozenset[date] = frozenset()
        self._checks: dict[str, Before] = {}  # the first of each day
        self._checked_at: datetime | None = None
        self._reported = ""  # the day of the last report
        self._reads = reads
        self._wrong: list[str] = []
        self.counts: Counter[str] = Counter()

    def wrong(self) -> Iterator[str]:
        """Yield what was untrue or unreadable since this was asked."""
        yield from self._wrong
        self._wrong.clear()

    def checks(self) -> None:
        """Note that a check runs now."""
        now = self._checked_at = self._stage.now.astimezone(ZONE)
        if self._reads:
            self._checks.setdefault(f"{now:%Y-%m-%d}", before(self._witness, now))

    def mails(self) -> None:
        """Read the mails that were made since the last time, while all is as it was when they were made."""
        self._deadlines |= {self._witness.rules.deadline}
        new = self._stage.mailbox.sent[self._read :]
        self._read = len(self._stage.mailbox.sent)
        if not self._reads:
            return
        for mail in new:
            if mail.tags["kind"] not in _OURS:
                self._mail(mail)
            elif mail.tags["kind"] == "report":
                self._report(mail)

    def pages(self, overview: str) -> None:
        """Read the pages of two people, of others each day, and the overview if there is one."""
        if not self._reads:
            return
        now = self._stage.now
        rows = [row for _, row in sorted(self._witness.rows.items()) if row.state != "quarantined"]
        start = 2 * now.date().toordinal()
        for number in range(start, start + min(2, len(rows))):
            self._own_page(rows[number % len(rows)])
        if overview:
            self._shows(f"the overview of {now:%d %b}", sections_of_page(overview), self._board(now))
            self.counts["overviews"] += 1

    def _mail(self, mail: Sent) -> None:
        text, letter_ids = mailed(mail), ids(mail)
        rows = [self._witness.rows[reference_of(id_)] for id_ in letter_ids]
        parts = list(letters(text, [row.person.name for row in rows])) if len(rows) > 1 else [text]
        for id_, row, part in zip(letter_ids, rows, parts, strict=True):
            name = f"{id_} of {mail.at:%d %b %H.%M}"
            if not self._says(name, row, part, mail.at) and kind_of(mail, id_) not in _CLAIMLESS:
                self._wrong.append(f"{name}: no claim is read in {part}")

    def _report(self, mail: Sent) -> None:
        """Read a report that a check made; of one that a sweep made, not all that it says is of that day."""
        day = _REPORT_DAY.sub(r"\1", mail.tags["mail"])
        earlier, self._reported = self._checks.get(self._reported), day
        if not mail.at == self._stage.now == self._checked_at:
            return
        lines = [f" | {mail.subject}", *list(listed(mail.body("Text")))[1:]]
        self._shows(f"the report of {mail.at:%d %b %H.%M}", lines, self._board(mail.at, earlier))
        self.counts["reports"] += 1

    def _board(self, at: datetime, earlier: Before | None = None) -> Board:
        return board(self._witness, at, earlier, self._deadlines)

    def _own_page(self, row: Row) -> None:
        link = link_of(self._stage, row, "me")
        page = self._stage.http("GET", f"/me/{link}") if link else None
        if page is None or page.status != 200:
            return
        name, now = f"the page of {row.reference}", self._stage.now
        self._says(f"{name} on {now:%d %b}", row, paragraphs_of_page(page.body.decode()), now)
        self.counts["pages"] += 1

    def _shows(self, name: str, lines: Iterable[str], known: Board) -> None:
        for read, each in wrong(lines, known):
            self.counts["claims"] += read
            if each:
                self._wrong.append(f"{name}: {each}")

    def _says(self, name: str, row: Row, text: list[str], at: datetime) -> int:
        read, unreadable = claims(text)
        self.counts.update(claims=len(read), texts=1)
        wrong = untrue(read, facts(self._witness, row, at, self._deadlines))
        unread = self._stage.unread()
        if wrong and unread and not untrue(read, facts(self._witness, row, at, self._deadlines, unread)):
            wrong = []  # it is so of what the stream did not lose
        self._wrong += [f"{name}: {each}" for each in wrong]
        self._wrong += [f"{name}: cannot be read: {each!r}" for each in unreadable]
        return len(read)
