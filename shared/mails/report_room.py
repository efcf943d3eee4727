"""How long the lists of a report are: as long as fits in what Gmail shows of a mail, at any size."""

from collections.abc import Iterable
from typing import NamedTuple

from shared.domain.mail import Mail

# Gmail cuts off what is over 102 KB, and a mail on its way may grow.
MOST_BYTES = 80_000
_MOST_NAMES = 8  # in one line; the sheet has the others


class ReportRoom(NamedTuple):
    """How many questions and schools a report lists, and which sections it leaves out for want of room."""

    questions: int
    schools: int
    leaves_out: tuple[str, ...] = ()


# Each is tried when the one before it makes the mail too long.
ROOMS = (
    ReportRoom(60, 120),
    ReportRoom(30, 60),
    ReportRoom(15, 30),
    ReportRoom(8, 8),
    ReportRoom(3, 0, ("growth", "answers", "changes")),
)


def fits(mail: Mail) -> bool:
    """Say whether every mail program shows the whole of a mail."""
    return len(mail.html.encode()) <= MOST_BYTES


def few(names: Iterable[str]) -> list[str]:
    """Return the first of many names, and how many come after: "Jan Bos, Piet Kok en nog 12"."""
    every = list(names)
    left = len(every) - _MOST_NAMES
    return [*every[:_MOST_NAMES], f"en nog {left}"] if left > 0 else every
