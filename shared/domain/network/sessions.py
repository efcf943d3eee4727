"""Sessions as participants have them in their calendars, and how they differ from the sessions now."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from shared.domain.network.network import Network
from shared.domain.network.parts import Session

_MORE = ("address", "route_url", "online_url")


class SessionChange(NamedTuple):
    """A session by its number, from 1: as a participant has it and as it is now; None if there is none."""

    number: int
    was: Session | None
    now: Session | None


def sessions_ahead(network: Network, at: datetime) -> tuple[Session, ...]:
    """Return the sessions that are not over at an instant, by date."""
    return tuple(session for session in network.agenda if at < _end(session, network))


def _end(session: Session, network: Network) -> datetime:
    day = session.date + timedelta(days=session.is_overnight)
    return datetime.combine(day, session.end, network.zone)


def session_entries(network: Network) -> tuple[str, ...]:
    """Write each session as a mail's record keeps it: "2023-05-10T12:00:00/17:00:00 omgeving Utrecht".

    Address, route and link stand on lines below it; earlier records have none.
    """
    return tuple(map(_entry, network.sessions))


def session_changes(entries: Sequence[str], network: Network, today: date) -> tuple[SessionChange, ...]:
    """Return the sessions that differ from a mail's entries, by date, without those that are past either way.

    Where one is dropped, those behind it in the file did not change.
    """
    before = tuple(map(_session, entries))
    changes = [
        SessionChange(_number(session, network.sessions if now else before), was, now)
        for was, now in _pairs(before, network.sessions)
        if (session := now or was)
    ]
    ahead = (each for each in changes if max(s.date for s in (each.was, each.now) if s) >= today)
    return tuple(sorted(ahead, key=lambda change: change.number))


def removed_sessions(entries: Sequence[str], network: Network, today: date) -> Mapping[int, Session]:
    """Return the sessions of a mail's entries whose number no calendar file has now, by that number."""
    removed = list(enumerate(map(_session, entries), 1))[len(network.sessions) :]
    return {number: session for number, session in removed if session.date >= today}


def sessions_by_name(network: Network) -> dict[str, Session]:
    """Return each session by its day, as a message names it, and by its hour too where a day has several."""
    names: dict[str, Session] = {}
    for session in network.agenda:
        day = session.date.isoformat()
        names[f"{day}T{session.start:%H:%M}" if day in names else day] = session
    return names


def _pairs(
    before: Sequence[Session], after: Sequence[Session]
) -> Iterator[tuple[Session | None, Session | None]]:
    """Yield the sessions that differ: each as it was and as it is, or only one of both."""
    for tag, i, i_end, j, j_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            gone = [session for session in before[i:i_end] if session not in after]
            new = [session for session in after[j:j_end] if session not in before]
            yield from zip_longest(gone, new)


def _number(session: Session, sessions: Sequence[Session]) -> int:
    return sorted((each.date, each.start) for each in sessions).index((session.date, session.start)) + 1


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
