"""The list of a session with room to sign, to print from the browser."""

from shared.domain.network.parts import Session
from shared.domain.report.participation import Participation
from shared.domain.report.people import ListedPerson, PeopleList
from shared.domain.report.report import Report
from shared.pages.organiser import Desk, render_desk_page
from shared.phrases import dutch

PAGE = "attendance/"  # and the number of the session, from 1
_EMPTY_ROWS = 4  # for who comes unannounced


def session_of_page(desk: Desk, page: str) -> Session | None:
    """Return the session of a page; None if there is none."""
    sessions = {f"{PAGE}{number}": session for number, session in enumerate(desk.network.sessions, 1)}
    return sessions.get(page)


def attendance_page(desk: Desk, report: Report, session: Session) -> str:
    """Show who takes part by last name; before the decision, who would."""
    people = [p for p in PeopleList(report).matching("") if p.participation.is_coming]
    ahead = sum(p.participation is Participation.FORESEEN for p in people)
    return render_desk_page(
        "attendance",
        desk,
        session=session,
        day=f"{dutch.full_day(session.date)}{desk.hour_of(session)}",
        hours=dutch.hours(session.start, session.end),
        people=[(_by_last_name(p), p.school.name) for p in people],
        ahead=ahead,
        empty_rows=_EMPTY_ROWS,
    )


def _by_last_name(person: ListedPerson) -> str:
    """Write a name as a list has it: "Vries, Jan de"."""
    first, infix, last = person.name
    return ", ".join(filter(None, (last, " ".join(filter(None, (first, infix))))))
