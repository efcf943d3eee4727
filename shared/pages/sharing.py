"""Links to other people's services: to pass on a colleague's link, and to put a session in an agenda."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from urllib.parse import quote, urlencode

from shared.domain.network.network import Network
from shared.domain.network.parts import Session
from shared.phrases.language import phrases_of
from shared.phrases.session_titles import session_title


class ServiceLink(NamedTuple):
    """A link to a service, by its name."""

    service: str
    url: str


def share_links(network: Network, forward: str) -> tuple[ServiceLink, ...]:
    """Return the ways to pass on a colleague's link, each with a text that can still be changed.

    `mailto` is RFC 6068, which wants %20 for a space. WhatsApp documents its link in its help centre ("How to
    use click to chat"), Teams in Microsoft Learn ("Share to Teams from web apps").
    """
    phrases = phrases_of(network)
    text = phrases.SHARE.format(title=network.title)
    mail = urlencode({"subject": network.title, "body": f"{text}\n\n{forward}\n"}, quote_via=quote)
    teams = urlencode({"href": forward, "msgText": text})
    return (
        ServiceLink(phrases.MAIL, f"mailto:?{mail}"),
        ServiceLink("WhatsApp", f"https://wa.me/?{urlencode({'text': f'{text} {forward}'})}"),
        ServiceLink("Teams", f"https://teams.microsoft.com/share?{teams}"),
    )


def agenda_links(network: Network, session: Session) -> tuple[ServiceLink, ...]:
    """Return the links that put one session in an agenda on the web; a later change does not reach it there.

    They name the session and nobody. Google and Outlook read these addresses, and document neither in full.
    """
    start, end = _instants(network, session)
    title = session_title(network, network.agenda.index(session) + 1)
    google = {
        "action": "TEMPLATE",
        "text": title,
        "dates": f"{start:%Y%m%dT%H%M%SZ}/{end:%Y%m%dT%H%M%SZ}",
        "location": session.where,
    }
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": title,
        "startdt": f"{start:%Y-%m-%dT%H:%M:%SZ}",
        "enddt": f"{end:%Y-%m-%dT%H:%M:%SZ}",
        "location": session.where,
    }
    return (
        ServiceLink("Google", f"https://calendar.google.com/calendar/render?{urlencode(google)}"),
        ServiceLink(
            "Outlook",
            f"https://outlook.office.com/calendar/0/deeplink/compose?{urlencode(outlook, quote_via=quote)}",
        ),
    )


def _instants(network: Network, session: Session) -> Iterator[datetime]:
    last = session.date + timedelta(days=session.is_overnight)
    for day, time in ((session.date, session.start), (last, session.end)):
        yield datetime.combine(day, time, network.zone).astimezone(UTC)
