"""The lines about a network's file that differs from the one at the previous report."""

from collections.abc import Iterator

from shared.domain.network.network import Network
from shared.domain.network.parts import Session
from shared.domain.network.sessions import SessionChange, session_changes, session_entries
from shared.domain.network.version_history import closing
from shared.domain.registration.registration import State
from shared.domain.report.detours import Detour
from shared.domain.report.report import Report
from shared.mails.wording import unlinked
from shared.phrases import dutch


def network_changes(report: Report) -> list[str]:
    """Write what changed of which somebody was mailed: the deadline, the places and the sessions."""
    before = report.previous_network
    if before is None:
        return []
    lasting = [*_deadline(before, report.network), *_places(before, report), *_sessions(before, report)]
    return [*lasting, *(_detour(detour, report.network) for detour in report.detours)]


def _deadline(before: Network, now: Network) -> Iterator[str]:
    if before.closes_at != now.closes_at:
        yield f"De deadline is veranderd: was {dutch.deadline(before)}, is nu {dutch.deadline(now)}"


def _detour(detour: Detour, network: Network) -> str:
    was = "waren de bijeenkomsten anders"
    if detour.closes_at:
        was = f"was de deadline {dutch.deadline(closing(network, detour.closes_at))}"
    return f"Tussendoor {was}. Een mail daarover ging naar {dutch.count(detour.people, 'persoon', 'mensen')}"


def _places(before: Network, report: Report) -> Iterator[str]:
    was, most = before.registration.max_participants, report.network.registration.max_participants
    if was == most:
        return
    if most is None:
        yield "Er is nu plek voor iedereen"
        return
    coming = sum(r.state is State.ADMITTED for r in report.registrations)
    more = f". Er doen er al {coming} mee, en dat blijft zo" if coming > most else ""
    yield f"Er is nu plek voor {dutch.count(most, 'persoon', 'mensen')}{more}"


def _sessions(before: Network, report: Report) -> Iterator[str]:
    today = report.network.local(report.at).date()
    for change in session_changes(session_entries(before), report.network, today):
        yield _became(change)


def _became(change: SessionChange) -> str:
    number, was, now = change
    if was and now:
        return f"Bijeenkomst {number} is veranderd: was {_when(was)}, is nu {_when(now)}"
    if was:
        return f"De bijeenkomst van {dutch.full_day(was.date)} gaat niet door"
    return f"Bijeenkomst {number} is nieuw: {_when(now)}" if now else ""


def _when(session: Session) -> str:
    hours = dutch.hours(session.start, session.end)
    return f"{dutch.full_day(session.date)}, {hours}, {unlinked(session.where)}"
