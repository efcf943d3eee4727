"""The sessions of a network as a calendar file (RFC 5545) that says nothing about who got it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event, vCalAddress

from shared.domain.mail import Attachment
from shared.domain.network.network import Network
from shared.domain.network.parts import Language, Session
from shared.domain.registration.registration import Change, State

_STATUS = {"PUBLISH": "CONFIRMED", "CANCEL": "CANCELLED"}
_TITLES: Mapping[Language, str] = {"nl": "{}: bijeenkomst {} van {}", "en": "{}: session {} of {}"}
_QUESTIONS: Mapping[Language, tuple[str, str]] = {
    "nl": ("Vragen, of kun je niet komen? Mail", "of bel"),
    "en": ("Questions, or can’t you come? Email", "or call"),
}


class CalendarRevision(NamedTuple):
    """When a file is made, and what makes it the later one: a history, and how often sessions moved."""

    sent_at: datetime
    history: Sequence[Change] = ()
    moves: int = 0

    @property
    def sequence(self) -> int:
        """How often the events were revised, so that the later file always wins (RFC 5545, 3.8.7.4)."""
        turns = [change.state is State.ADMITTED for change in self.history]
        first = turns.index(True) if True in turns else len(turns)
        return sum(now is not before for before, now in pairwise(turns[first:])) + self.moves


def invitation(network: Network, turn: CalendarRevision) -> Attachment:
    """Return the calendar file with every session; opening it again changes nothing in an agenda."""
    return _file(network, _numbered(network), turn, "PUBLISH")


def withdrawal(
    network: Network, turn: CalendarRevision, gone: Mapping[int, Session] | None = None
) -> Attachment:
    """Return the file that takes sessions out of an agenda: all of them, or these by their numbers."""
    if gone is None:
        return _file(network, _numbered(network), turn, "CANCEL")
    name = "-".join(map(str, (network.id, *gone)))  # beside the file of those that stay
    return replace(_file(network, gone, turn, "CANCEL"), filename=f"{name}.ics")


def _numbered(network: Network) -> dict[int, Session]:
    return dict(enumerate(network.sessions, 1))


def _file(
    network: Network, sessions: Mapping[int, Session], turn: CalendarRevision, method: str
) -> Attachment:
    calendar = Calendar()
    calendar.add("prodid", f"-//Tweetal//{network.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for number, session in sessions.items():
        event = _event(network, session, number, turn.sent_at)
        event.add("sequence", turn.sequence)
        event.add("status", _STATUS[method])
        calendar.add_component(event)
    # The zone's rules of these years only: all of them since 1970 are longer than the sessions.
    years = [session.date.year for session in sessions.values()]
    calendar.add_missing_timezones(date(min(years), 1, 1), date(max(years) + 1, 1, 1))
    return Attachment(f"{network.id}.ics", "text/calendar", calendar.to_ical())


def _event(network: Network, session: Session, number: int, sent_at: datetime) -> Event:
    event = Event()
    # Of the network and the session's number: a session that moves stays the same event (RFC 7986, 5.3).
    event.add("uid", str(uuid5(NAMESPACE_URL, f"tweetal:{network.id}:{number}")))
    event.add("dtstamp", sent_at.astimezone(UTC))
    event.add("dtstart", datetime.combine(session.date, session.start, network.zone))
    event.add("dtend", datetime.combine(session.date, session.end, network.zone))
    event.add("summary", _TITLES[network.language].format(network.title, number, len(network.sessions)))
    event.add("location", session.place)
    event.add("description", _questions(network))
    event.add("organizer", _organiser(network))
    return event


def _questions(network: Network) -> str:
    mail, call = _QUESTIONS[network.language]
    organiser = network.organiser
    return f"{mail} {organiser.email}{f' {call} {organiser.phone}' if organiser.phone else ''}."


def _organiser(network: Network) -> vCalAddress:
    # A published event must name its organiser (RFC 5546, 3.2.1).
    address = vCalAddress(f"mailto:{network.organiser.email}")
    address.params["CN"] = network.organiser.name
    return address
