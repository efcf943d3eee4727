"""Who must confirm their address where a network asks for it, and what they read of that."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta

from local.mailbox import Sent
from tests.seasons.letters import ids, kind_of, reference_of
from tests.seasons.rows import COUNTED, Row
from tests.seasons.rules import ZONE

WITHIN = timedelta(hours=72)
_ASKS = {"confirmation", "invited", "confirm"}
_WORDS = "Bevestig je e-mailadres"


def must_confirm(row: Row) -> bool:
    """Say whether somebody counts, was asked to confirm their address and did not yet."""
    decided = row.state != "registered" and row.by == "organiser"
    return row.state in COUNTED and row.asked is not None and not (row.proven or row.by_hand or decided)


def ends(row: Row) -> datetime:
    """Return the first instant at which somebody who must confirm no longer counts."""
    assert row.asked
    since = max(row.asked, row.turns[-1].at) if row.state == "registered" else row.asked
    return since.astimezone(UTC) + WITHIN  # of which one hour may be skipped on a night in March


def is_asked_now(row: Row) -> bool:
    """Say whether somebody waits for the deadline, and was never asked: the next look at all of them does."""
    return row.state == "registered" and row.asked is None and not (row.proven or row.by_hand or row.erased)


class Asking:
    """Reads who is asked to confirm their address, and whether they have to."""

    def __init__(self) -> None:
        self._read = 0
        self._asked: dict[str, datetime] = {}  # when a mail last asked it, by reference
        self._reminded: Counter[tuple[str, datetime]] = Counter()

    def reads(self, sent: Sequence[Sent]) -> None:
        """Note which of all mails that were sent may ask it."""
        new, self._read = sent[self._read :], len(sent)
        for mail in new:
            for id_ in ids(mail):
                if kind_of(mail, id_) in _ASKS:
                    self._asked[reference_of(id_)] = mail.at

    def is_mailed(self, row: Row) -> bool:
        """Say whether a mail that went out asked somebody since they must confirm."""
        at = self._asked.get(row.reference)
        return at is not None and row.asked is not None and at >= row.asked

    def wrong(
        self, new: Iterable[Sent], rows: dict[str, Row], now: datetime, is_crowded: Callable[[str], bool]
    ) -> Iterator[str]:
        """Yield who is asked and need not, too often or not at all."""
        for each, id_ in ((mail, id_) for mail in new for id_ in ids(mail)):
            row = rows.get(reference_of(id_))
            if not (row and row.asked) and _WORDS in each.body("Text"):
                yield f"{id_} asks to confirm an address, and need not"
            elif row and row.asked and kind_of(each, id_) == "confirm":
                self._reminded[row.reference, row.asked] += 1
        for (reference, asked), times in self._reminded.items():
            if times > 2:
                yield f"{reference} is asked {times} times since {asked} to confirm an address"
        yield from self._silent(filter(must_confirm, rows.values()), now, is_crowded)

    def _silent(self, rows: Iterable[Row], now: datetime, is_crowded: Callable[[str], bool]) -> Iterator[str]:
        """Yield who must confirm an address and does not hear so."""
        for row in rows:
            if row.person.is_dead or row.person.shares or is_crowded(row.person.email):
                continue
            if not self.is_mailed(row):
                yield f"{row.reference} must confirm an address, and no mail asks it"
            if now >= _second(row) and not self._is_reminded(row):
                yield f"{row.reference} is not reminded to confirm an address"

    def _is_reminded(self, row: Row) -> bool:
        return row.asked is not None and self._reminded[row.reference, row.asked] > 0


def _second(row: Row) -> datetime:
    since = (ends(row) - WITHIN).astimezone(ZONE).date()
    return datetime.combine(since + timedelta(1), time(7), ZONE)
