"""What an organiser needs first in the morning: who comes, and how long until what comes next."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from shared.domain.network.network import Network
from shared.domain.registration.registration import State
from shared.domain.report.participation import Participation
from shared.domain.report.people import ListedPerson, PeopleList
from shared.domain.report.report import Report
from shared.domain.rule.closing import foreseen_states
from shared.phrases import dutch

Text = tuple[str, str]  # what is printed bold, and the rest of the sentence


class NextDay(NamedTuple):
    """The number of a tile, the words under it, and both together as a subject has them."""

    number: str
    label: str
    news: str


def who_comes(report: Report) -> Text:
    """Write how many people take part, and what makes that certain or not."""
    return coming_text(report, PeopleList(report).everyone)


def coming_text(report: Report, everyone: Iterable[ListedPerson]) -> Text:
    """Write the same of people who are listed already."""
    states = {} if report.is_closed else foreseen_states(report.network, report.standings)
    coming = [person for person in everyone if _is_coming(person, report, states)]
    number, schools = len(coming), len({person.school.key for person in coming})
    people = f"{dutch.count(number, 'mens', 'mensen')} van {dutch.count(schools, 'school', 'scholen')}"
    if not report.is_closed:
        return people, f"{'zou' if number == 1 else 'zouden'} meedoen als de deadline nu was"
    ahead = sum(person.participation is Participation.FORESEEN for person in coming)
    rest = f". Bij {ahead} van hen gaat het besluit nog uit" if ahead else ""
    return people, f"{'doet' if number == 1 else 'doen'} mee{rest}"


def _is_coming(person: ListedPerson, report: Report, foreseen: Mapping[str, State]) -> bool:
    """Say whether somebody takes part: until the deadline, as that would decide."""
    if report.is_closed:
        return person.participation.is_coming
    return foreseen.get(person.registration.person_key) is State.ADMITTED


def next_day(network: Network, at: datetime) -> NextDay:
    """Return what the organiser counts down to: the deadline, and after it the next session."""
    if not network.is_closed(at):
        days = network.days_left(at)
        news = dutch.count(days, "dag", "dagen") if days else "vandaag is de deadline"
        return NextDay(str(days), "dag nog" if days == 1 else "dagen nog", news)
    today = network.local(at).date()
    ahead = [session.date for session in network.sessions if session.date >= today]
    if not ahead:
        over = "bijeenkomsten voorbij" if network.sessions else "deadline voorbij"
        return NextDay("–", over, over)
    return _until(min(ahead), today)


def _until(day: date, today: date) -> NextDay:
    days = (day - today).days
    if not days:
        return NextDay("0", "dagen: vandaag", "vandaag bijeenkomst")
    label = f"{'dag' if days == 1 else 'dagen'} tot de bijeenkomst"
    return NextDay(str(days), label, f"bijeenkomst {dutch.short_day(day)}")
