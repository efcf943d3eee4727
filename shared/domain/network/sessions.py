"""Sessions as participants have them in their calendars, and how they differ from the sessions now."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from shared.domain.network.network import Network
from shared.domain.network.parts import Session

_MORE = ("address", "route_url", "online_url")


class SessionMove(NamedTuple):
    """A session by its number, from 1: as a participant has it and as it is now; None if there is none."""

    number: int
    was: Session | None
    now: Session | None


def sessions_ahead(network: Network, at: datetime) -> tuple[Session, ...]:
    """Return the sessions that are not over at an instant."""
    return tuple(session for session in network.sessions if at < _end(session, network))


def _end(session: Session, network: Network) -> datetime:
    day = session.date + timedelta(days=session.is_overnight)
    return datetime.combine(day, session.end, network.zone)


def session_entries(network: Network) -> tuple[str, ...]:
    """Write each session as a mail's record keeps it: "2023-05-10T12:00:00/17:00:00 omgeving Utrecht".

    Address, route and link stand on lines below it; earlier records have none.
    """
    return tuple(map(_entry, network.sessions))


def session_moves(entries: Sequence[str], network: Network, today: date) -> tuple[SessionMove, ...]:
    """Return the sessions that differ from a mail's entries, without those that are past either way."""
    pairs = zip_longest(map(_session, entries), network.sessions)
    moves = (SessionMove(number, was, now) for number, (was, now) in enumerate(pairs, 1) if was != now)
    return tuple(move for move in moves if max(s.date for s in (move.was, move.now) if s) >= today)


def upcoming(network: Network, today: date) -> date | None:
    """Return the date of the session of which everybody is reminded on a day; None if there is none."""
    before = network.rule.remind_session_days_before
    if before is None:
        return None
    dates = (s.date for s in network.sessions if s.date - timedelta(before) <= today < s.date)
    return min(dates, default=None)


def _entry(session: Session) -> str:
    more = (getattr(session, key) for key in _MORE)
    first = f"{session.date}T{session.start}/{session.end} {session.place}"
    return "\n".join((first, *(str(text or "") for text in more))).rstrip("\n")


@lru_cache(256)  # everybody has the same few in their calendar
def _session(entry: str) -> Session:
    first, *more = entry.split("\n")
    hours, _, place = first.partition(" ")
    start, _, end = hours.partition("/")
    begins = datetime.fromisoformat(start)
    return Session(
        date=begins.date(),
        start=begins.time(),
        end=datetime.fromisoformat(f"{begins.date()}T{end}").time(),
        place=place,
        **{key: text for key, text in zip(_MORE, more, strict=False) if text},
    )
