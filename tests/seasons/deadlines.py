"""What people last read of the deadline: whoever waits for it must have read the one that is in force."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from local.mailbox import Sent
from tests.seasons.cast import DEAD
from tests.seasons.letters import TO_OTHERS, ids, kind_of, reference_of
from tests.seasons.rows import Row
from tests.seasons.witness import Witness

_MOMENT = timedelta(milliseconds=1)
_OTHER_DAYS = TO_OTHERS | {"confirm"}  # they name an instant that may be on that day
_MONTHS = ("maart", "april", "mei", "juni", "juli")


class Deadlines:
    """Reads every mail for the deadline that it states."""

    def __init__(self, witness: Witness) -> None:
        self._witness = witness
        self._read: dict[str, date] = {}

    def wrong(self, new: Iterable[Sent], at: datetime, unanswered: set[str]) -> Iterator[str]:
        """Yield who was told of a deadline that they had read of, and who waits for one that they had not.

        The `unanswered` may have read of another in a mail of which we do not know whether it went.
        """
        for mail in new:
            # It may have gone just before the deadline moved, at the same instant.
            days = (self._witness.deadline_of(mail.at), self._witness.deadline_of(mail.at - _MOMENT))
            now = next((day for day in days if _states(mail, day)), None)
            arrives = not mail.to[0].startswith(DEAD)
            if not arrives or now is None:
                continue
            for id_ in (each for each in ids(mail) if kind_of(mail, each) not in _OTHER_DAYS):
                reference = reference_of(id_)
                is_sure = kind_of(mail, id_) == "deadline" and reference not in unanswered
                if is_sure and self._read.get(reference) in (None, now):
                    yield f"{id_} tells {mail.to[0]} of a deadline that is no other"
                self._read[reference] = now
        for row in self._witness.rows.values():
            read = self._read.get(row.reference)
            if read and read != self._witness.rules.deadline and not row.erased and self._waits(row, at):
                yield f"{row.reference} {row.person.name} waits, and last read of the deadline {read}"

    def _waits(self, row: Row, at: datetime) -> bool:
        if row.person.is_dead:
            return False
        is_open = self._witness.is_open(at)
        return (row.waits or row.state == "late") if is_open else row.state == "registered"


def _states(mail: Sent, day: date) -> bool:
    words = rf"\b{day.day} {_MONTHS[day.month - 3]}\b"
    return re.search(words, " ".join(mail.body("Text").split())) is not None
