"""The overview: first what needs a decision, then every school, and how registrations came in."""

from collections.abc import Mapping, Sequence
from typing import Any

from shared.domain.actions.organiser.sites import OTHER, OURS, site_path
from shared.domain.report.question import OrganiserQuestion, QuestionKind
from shared.domain.report.report import Report
from shared.domain.rule.plan import next_check
from shared.domain.rule.standing import SchoolStanding
from shared.domain.text import plain
from shared.mails import decision_lines
from shared.mails import report_lines as lines
from shared.mails.held_lines import why_held
from shared.mails.morning import next_day
from shared.mails.report_actions import decision_path
from shared.pages.organiser import Desk, first_row, render_desk_page
from shared.pages.organiser.people import who_is_coming
from shared.phrases import dutch

_MOST_PIPS = 5  # as many seats as a glance can count; more are not drawn
_ASIDE = "Ze tellen niet mee en kregen geen mail. Met één antwoord zijn ze aangemeld."
_ORDER = {standing: number for number, standing in enumerate(lines.STANDING_NAMES)}
_ROWS, _QUESTIONS = 20, 10  # keeps a page below 30 KB; the rest is on the next page or behind a search


def overview_page(desk: Desk, report: Report, query: Mapping[str, str]) -> str:
    """Show where the rule stands, what needs a decision, and the schools that the query selects."""
    standings = _select(report, query)
    first = first_row(query, len(standings), _ROWS)
    return render_desk_page(
        "overview",
        desk,
        report=report,
        who=who_is_coming(report),
        next_day=next_day(report.network, report.at),
        questions=[question_card(desk, q) for q in report.questions[:_QUESTIONS]],
        more_questions=max(0, len(report.questions) - _QUESTIONS),
        coming=decision_lines.coming(report),
        changeable_until=desk.moment(next_check(report.at)),
        places=decision_lines.places_and_waiting(report) if report.free_places and report.waiting else "",
        pills=[
            (standing.value, name, len(report.standing(standing)))
            for standing, name in lines.STANDING_NAMES.items()
            if report.standing(standing)
        ],
        search=query.get("q", "")[:100],
        stand=query.get("stand", ""),
        rows=[_row(desk, s) for s in standings[first : first + _ROWS]],
        matches=len(standings),
        next_row=first + _ROWS if first + _ROWS < len(standings) else 0,
        peak=max((day.new for day in report.growth), default=0),
        kept_fields=lines.fields(report.kept_fields),
        sites=[
            (site, is_ours, site_path(site, OTHER if is_ours else OURS))
            for site, is_ours in report.site_rulings
        ],
        answers=[(each.question.label, lines.answer_totals(each)) for each in report.answer_totals],
        done="done" in query,
    )


def _select(report: Report, query: Mapping[str, str]) -> list[SchoolStanding]:
    search, standing = plain(query.get("q", "")).split(), query.get("stand", "")
    # Who does not count is at no school of the list, and can still be looked up.
    listed = report.standings + (report.uncounted if search else ())
    chosen = (s for s in listed if standing in ("", s.shown))
    matching = [s for s in chosen if _has_all(s, search)]
    return sorted(matching, key=lambda s: _ORDER[s.shown])


def _has_all(standing: SchoolStanding, words: Sequence[str]) -> bool:
    """Say whether all words stand in what a school is called, or in what one of its people is called."""
    school = standing.school
    named = " ".join((school.name, school.place, school.register_name))
    texts = [named, *(f"{r.name} {r.email} {r.reference} {r.school} {r.place}" for r in school.registrations)]
    return not words or any(all(word in plain(text) for word in words) for text in texts)


def _row(desk: Desk, standing: SchoolStanding) -> dict[str, Any]:
    school = standing.school
    seats = "●" * len(school.counted) + "○" * standing.missing
    return {
        "standing": standing,
        "reference": school.registrations[0].reference,
        "name": lines.STANDING_NAMES[standing.shown],
        "pips": seats if len(seats) <= _MOST_PIPS else "",
        "tally": lines.tally(len(school.counted), desk.minimum),
    }


def question_card(desk: Desk, question: OrganiserQuestion) -> dict[str, str]:
    """Write what a question is about, why it is open, and the path of the page where it is decided."""
    person, *_ = question.registrations
    details = {
        QuestionKind.LATE: f"Te laat aangemeld, op {desk.moment(person.received_at)}.",
        QuestionKind.INCOMPLETE: decision_lines.incomplete(question, desk.minimum)
        if question.schools
        else "",
        QuestionKind.HELD: why_held(desk.network, question) if question.schools else "",
        QuestionKind.QUARANTINED: (
            f"Misschien spam: {lines.because(question)}. Telt niet mee en kreeg geen mail."
        ),
        QuestionKind.UNREACHABLE: f"Aangemeld, maar onbereikbaar: mails aan {person.email} komen terug.",
        QuestionKind.SAME_SCHOOL: f"Is dit één school? {lines.doubt(question)}",
        QuestionKind.REOPENED: lines.IN_TIME_NOW,
        QuestionKind.SITE: _ASIDE,
        QuestionKind.ADDRESS: _ASIDE,
    }
    names = [", ".join(filter(None, (s.name, s.place))) for s in question.schools]
    if question.kind in (QuestionKind.REOPENED, QuestionKind.SITE, QuestionKind.ADDRESS):
        title = lines.group(question, question.site)
    else:
        title = dutch.listing(names) or f"{person.name}, {person.school}"
    return {"title": title, "detail": details[question.kind], "path": decision_path(question)}
