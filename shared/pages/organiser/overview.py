"""The overview: first what needs a decision, then every school, and how registrations came in."""

from collections.abc import Mapping
from typing import Any

from shared.domain.report.question import Matter, Question
from shared.domain.report.report import Report
from shared.domain.rule.standing import SchoolStanding
from shared.domain.text import fold
from shared.mails import report_lines as lines
from shared.pages.organiser import STANDINGS, Desk, behind
from shared.phrases import dutch

_PIPS = 5  # more seats than a glance can count are not drawn
_ROWS, _QUESTIONS = 20, 10  # what keeps a page below 30 KB; the rest is a page further, or behind a search


def overview_page(desk: Desk, report: Report, query: Mapping[str, str]) -> str:
    """Show where the rule stands, first what needs a decision, and the schools that are asked for."""
    found = _found(report, query)
    first = int(asked) if (asked := query.get("from", "")[:6]).isdecimal() else 0
    return behind(
        "overview",
        desk,
        report=report,
        time_left=lines.time_left(report.network, report.at),
        questions=[_question(desk, q) for q in report.questions[:_QUESTIONS]],
        more_questions=max(0, len(report.questions) - _QUESTIONS),
        pills=[
            (s.value, said, len(report.standing(s))) for s, said in STANDINGS.items() if report.standing(s)
        ],
        asked=query.get("q", "")[:100],
        stand=query.get("stand", ""),
        rows=[_row(desk, s) for s in found[first : first + _ROWS]],
        found=len(found),
        further=first + _ROWS if first + _ROWS < len(found) else 0,
        peak=max((day.new for day in report.growth), default=0),
        misfit_fields=lines.fields(report.misfit_fields),
        done="done" in query,
    )


def _found(report: Report, query: Mapping[str, str]) -> list[SchoolStanding]:
    asked, stand = fold(query.get("q", "")), query.get("stand", "")
    return [s for s in report.standings if stand in ("", s.standing) and (not asked or asked in _text(s))]


def _text(stand: SchoolStanding) -> str:
    people = (f"{r.name} {r.email} {r.reference}" for r in stand.school.registrations)
    return fold(" ".join((stand.school.name, stand.school.place, *people)))


def _row(desk: Desk, stand: SchoolStanding) -> dict[str, Any]:
    school = stand.school
    where = school.registrations[0].reference
    seats = "●" * len(school.counted) + "○" * stand.missing
    pips = seats if len(seats) <= _PIPS else ""
    tally = lines.tally(len(school.counted), desk.minimum)
    return {
        "stand": stand,
        "where": where,
        "standing": STANDINGS[stand.standing],
        "pips": pips,
        "tally": tally,
    }


def _question(desk: Desk, question: Question) -> dict[str, str]:
    person, *_ = question.registrations
    details = {
        Matter.LATE: f"Te laat aangemeld, op {desk.moment(person.received_at)}.",
        Matter.HELD: "Was niet compleet bij de deadline.",
        Matter.QUARANTINED: f"Misschien spam: {question.why}. Telt niet mee en kreeg geen mail.",
        Matter.SAME_SCHOOL: f"Is dit één school? {lines.doubt(question)}",
    }
    names = [", ".join(filter(None, (s.name, s.place))) for s in question.schools]
    title = dutch.listing(names) or f"{person.name}, {person.school}"
    where = f"school/{person.reference}"
    if question.matter is Matter.SAME_SCHOOL:
        one, other = (school.registrations[0].reference for school in question.schools)
        where = f"typing/{one}/same/{other}"
    return {"title": title, "detail": details[question.matter], "where": where}
