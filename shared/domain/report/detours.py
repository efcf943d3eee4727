"""What a network's file said only between two reports, as far as anybody was mailed of it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from shared.domain.network.network import Network
from shared.domain.network.sessions import session_entries
from shared.domain.network.version_history import NetworkVersion
from shared.domain.outbox import MailRecord


class Detour(NamedTuple):
    """A deadline, or else sessions, that stood only between two reports, and how many people read of it."""

    people: int
    closes_at: datetime | None = None


class Passing(NamedTuple):
    """The deadlines and the sessions that a file had at neither of two reports, but between them."""

    deadlines: Sequence[datetime]
    sessions: Sequence[tuple[str, ...]]


def passing(between: Iterable[NetworkVersion], before: Network, now: Network) -> Passing:
    """Return what these versions, of between two reports, had and the files of both reports have not."""
    versions = tuple(between)
    lasting = {session_entries(before), session_entries(now)}
    return Passing(
        sorted({version.closes_at for version in versions} - {before.closes_at, now.closes_at}),
        sorted({version.sessions for version in versions} - lasting),
    )


def detours(passed: Passing, mails: Iterable[MailRecord], since: datetime) -> tuple[Detour, ...]:
    """Return what people read of that in the mails since a report; nothing of what was mended in time."""
    read = [mail for mail in mails if mail.at >= since and not mail.is_untold]
    made = [
        *(Detour(_people(m for m in read if m.deadline == each), each) for each in passed.deadlines),
        *(Detour(_people(m for m in read if m.sessions == each)) for each in passed.sessions),
    ]
    return tuple(detour for detour in made if detour.people)


def _people(mails: Iterable[MailRecord]) -> int:
    return len({mail.reference for mail in mails})
