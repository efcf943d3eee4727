"""The sessions of a network as a calendar file (RFC 5545) without anything about its receiver."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from shared.domain.mail import Attachment
from shared.domain.network.network import Network
from shared.domain.network.parts import Language, Session
from shared.domain.registration.registration import Change, State
from shared.phrases.session_titles import session_title

# Organisers' pages only say that a mail has a calendar file: what makes one is a fifteenth of their start.
if TYPE_CHECKING:
    from icalendar import Event, vCalAddress

_STATUS = {"PUBLISH": "CONFIRMED", "CANCEL": "CANCELLED"}
_QUESTIONS: Mapping[Language, tuple[str, str]] = {
    "nl": ("Vragen, of kun je niet komen? Mail", "of bel"),
    "en": ("Questions, or can’t you come? Email", "or call"),
}
_WAYS: Mapping[Language, tuple[str, str]] = {
    "nl": ("Doe online mee", "Route"),
    "en": ("Join online", "Directions"),
}


class CalendarRevision(NamedTuple):
    """The instant of a file, with what orders it among others: a history and the number of session moves.

    `owner` is the reference of a person whose sessions have UIDs of their own: one of several on a mailbox
    who cancels takes only theirs out of its agenda. It is empty for people who got an earlier file.
    """

    sent_at: datetime
    history: Sequence[Change] = ()
    moves: int = 0
    owner: str = ""

    @property
    def sequence(self) -> int:
        """The number of revisions before this one, so that the latest file wins (RFC 5545, 3.8.7.4)."""
        takes_part = [change.state is State.ADMITTED for change in self.history]
        first = takes_part.index(True) if True in takes_part else len(takes_part)
        return sum(after is not before for before, after in pairwise(takes_part[first:])) + self.moves


def invitation(network: Network, revision: CalendarRevision) -> Attachment:
    """Return the calendar file with every session; it can be opened again without an effect."""
    return _make_file(network, _numbered(network), revision, "PUBLISH")


def withdrawal(
    network: Network, revision: CalendarRevision, removed: Mapping[int, Session] | None = None
) -> Attachment:
    """Return the file that removes sessions from an agenda: all of them, or only these by number."""
    if removed is None:
        return _make_file(network, _numbered(network), revision, "CANCEL")
    name = "-".join(map(str, (network.id, *removed)))  # the sessions that stay have their own file
    return replace(_make_file(network, removed, revision, "CANCEL"), filename=f"{name}.ics")


def _numbered(network: Network) -> dict[int, Session]:
    return dict(enumerate(network.sessions, 1))


def _make_file(
    network: Network, sessions: Mapping[int, Session], revision: CalendarRevision, method: str
) -> Attachment:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//Tweetal//{network.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for number, session in sessions.items():
        event = _make_event(network, session, number, revision)
        event.add("sequence", revision.sequence)
        event.add("status", _STATUS[method])
        calendar.add_component(event)
    # The time zone's rules of these years only: all rules since 1970 are longer than the sessions.
    years = [session.date.year for session in sessions.values()]
    calendar.add_missing_timezones(date(min(years), 1, 1), date(max(years) + 1, 1, 1))
    return Attachment(f"{network.id}.ics", "text/calendar", calendar.to_ical())


def _make_event(network: Network, session: Session, number: int, revision: CalendarRevision) -> "Event":
    from icalendar import Event

    event = Event()
    # The session's number is in the id, its date is not: a moved session is the same event (RFC 7986, 5.3).
    name = ":".join(filter(None, ("tweetal", network.id, revision.owner, str(number))))
    event.add("uid", str(uuid5(NAMESPACE_URL, name)))
    event.add("dtstamp", revision.sent_at.astimezone(UTC))
    event.add("dtstart", datetime.combine(session.date, session.start, network.zone))
    last = session.date + timedelta(days=session.is_overnight)
    event.add("dtend", datetime.combine(last, session.end, network.zone))
    number = network.agenda.index(session) + 1 if session in network.sessions else number
    event.add("summary", session_title(network, number))
    event.add("location", session.where)
    if url := session.online_url or session.route_url:
        event.add("url", str(url))
    event.add("description", "\n".join((*_describe_ways(network, session), _describe_contact(network))))
    event.add("organizer", _organiser(network))
    return event


def _describe_ways(network: Network, session: Session) -> list[str]:
    ways = zip(_WAYS[network.language], (session.online_url, session.route_url), strict=True)
    return [f"{way}: {url}" for way, url in ways if url]


def _describe_contact(network: Network) -> str:
    mail, call = _QUESTIONS[network.language]
    organiser = network.organiser
    return f"{mail} {organiser.email}{f' {call} {organiser.phone}' if organiser.phone else ''}."


def _organiser(network: Network) -> "vCalAddress":
    from icalendar import vCalAddress

    # A published event must name its organiser (RFC 5546, 3.2.1).
    address = vCalAddress(f"mailto:{network.organiser.email}")
    address.params["CN"] = network.organiser.name
    return address
