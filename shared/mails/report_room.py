"""How long the lists of a report are: what a person reads in the morning, and Gmail shows whole."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from shared.domain.mail import Mail
from shared.domain.report.question import OrganiserQuestion

# Gmail cuts off what is over 102 KB, and a mail on its way may grow.
MOST_BYTES = 80_000
_MOST_NAMES = 8  # in one line; the sheet has the others


class ReportRoom(NamedTuple):
    """How many questions and schools a report lists, and which sections it leaves out for want of room.

    More questions are put together by what they ask. `names` is how many names stand under a line; one that
    `repeats` says under "Werkt alles?" too what the questions and the totals say.
    """

    questions: int
    schools: int
    leaves_out: tuple[str, ...] = ()
    names: int = 4
    repeats: bool = True


# A morning's reading on a phone, also of forty schools; with many decisions, and with
# many of several kinds; and where no mail program shows that whole.
_CALM, _BUSY = ReportRoom(3, 8), ReportRoom(3, 2)
_FULL = ReportRoom(3, 0, ("schools", "growth", "answers"), names=1, repeats=False)
_MOST_KINDS = 2
_SHORTEST = ReportRoom(3, 0, ("growth", "answers", "changes"))


def rooms(questions: Sequence[OrganiserQuestion]) -> tuple[ReportRoom, ...]:
    """Return the rooms for a report with these questions, the first to be tried first."""
    if len(questions) <= _CALM.questions:
        return _CALM, _SHORTEST
    return _FULL if len({question.kind for question in questions}) > _MOST_KINDS else _BUSY, _SHORTEST


def fits(mail: Mail) -> bool:
    """Say whether every mail program shows the whole of a mail."""
    return len(mail.html.encode()) <= MOST_BYTES


def few(names: Iterable[str]) -> list[str]:
    """Return the first of many names, and how many come after: "Jan Bos, Piet Kok en nog 12"."""
    every = list(names)
    left = len(every) - _MOST_NAMES
    return [*every[:_MOST_NAMES], f"en nog {left}"] if left > 0 else every
