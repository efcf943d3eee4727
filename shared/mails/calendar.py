"""The sessions of a network as a calendar file (RFC 5545) that says nothing about who got it."""

from datetime import UTC, date, datetime
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event, vCalAddress

from shared.domain.network import Network, Session
from shared.mails.mail import Attachment


def invitation(network: Network, sent_at: datetime) -> Attachment:
    """Return the calendar file with every session; opening it again changes nothing in an agenda."""
    calendar = Calendar()
    calendar.add("prodid", "-//Tweetal//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for number, session in enumerate(network.sessions, 1):
        calendar.add_component(_event(network, session, number, sent_at))
    # The zone's rules of these years only: all of them since 1970 are longer than the sessions.
    years = [session.date.year for session in network.sessions]
    calendar.add_missing_timezones(date(min(years), 1, 1), date(max(years) + 1, 1, 1))
    return Attachment(f"{network.id}.ics", "text/calendar", calendar.to_ical())


def _event(network: Network, session: Session, number: int, sent_at: datetime) -> Event:
    event = Event()
    # Of the network and the session's number: a session that moves stays the same event (RFC 7986, 5.3).
    event.add("uid", str(uuid5(NAMESPACE_URL, f"tweetal:{network.id}:{number}")))
    event.add("sequence", 0)
    event.add("dtstamp", sent_at.astimezone(UTC))
    event.add("dtstart", datetime.combine(session.date, session.start, network.zone))
    event.add("dtend", datetime.combine(session.date, session.end, network.zone))
    event.add("summary", f"{network.title}: bijeenkomst {number} van {len(network.sessions)}")
    event.add("location", session.place)
    event.add("description", _questions(network))
    event.add("organizer", _organiser(network))
    event.add("status", "CONFIRMED")
    return event


def _questions(network: Network) -> str:
    organiser = network.organiser
    call = f" of bel {organiser.phone}" if organiser.phone else ""
    return f"Vragen, of kun je niet komen? Mail {organiser.email}{call}."


def _organiser(network: Network) -> vCalAddress:
    # A published event must name its organiser (RFC 5546, 3.2.1).
    address = vCalAddress(f"mailto:{network.organiser.email}")
    address.params["CN"] = network.organiser.name
    return address
