"""How long the lists of a report are: what a person reads in the morning, and Gmail shows whole."""

from collections.abc import Iterable
from typing import NamedTuple

from shared.domain.mail import Mail

# Gmail cuts off what is over 102 KB, and a mail on its way may grow.
MOST_BYTES = 80_000
_MOST_NAMES = 8  # in one line; the sheet has the others


class ReportRoom(NamedTuple):
    """How many questions and schools a report lists, and which sections it leaves out for want of room.

    More questions are put together by what they ask.
    """

    questions: int
    schools: int
    leaves_out: tuple[str, ...] = ()


# A morning's reading on a phone, also of forty schools; the same with many decisions; and where no mail
# program shows that whole.
_CALM, _BUSY = ReportRoom(3, 8), ReportRoom(3, 2)
_SHORTEST = ReportRoom(3, 0, ("growth", "answers", "changes"))


def rooms(questions: int) -> tuple[ReportRoom, ...]:
    """Return the rooms for a report with so many questions, the first to be tried first."""
    return _BUSY if questions > _CALM.questions else _CALM, _SHORTEST


def fits(mail: Mail) -> bool:
    """Say whether every mail program shows the whole of a mail."""
    return len(mail.html.encode()) <= MOST_BYTES


def few(names: Iterable[str]) -> list[str]:
    """Return the first of many names, and how many come after: "Jan Bos, Piet Kok en nog 12"."""
    every = list(names)
    left = len(every) - _MOST_NAMES
    return [*every[:_MOST_NAMES], f"en nog {left}"] if left > 0 else every
