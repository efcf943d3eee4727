"""The page with everything that asks for a decision, by what it asks; several can be decided at once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from shared.domain.actions.organiser.several import ACTIONS, PAGE
from shared.domain.report.question import OrganiserQuestion, QuestionKind
from shared.domain.report.report import Report
from shared.mails.report_actions import decision_path
from shared.pages.organiser import Desk, render_desk_page
from shared.pages.organiser.order_texts import PERSON_BUTTONS
from shared.pages.organiser.overview import question_card
from shared.pages.organiser.several_texts import listed

NEXT = "next"  # the page that leads to the next decision
_ROWS, _LINKS = 20, 5  # of a group to choose from, and of any other
_MOST_ROWS, _FEWEST = 45, 3  # of all groups together, for a page below 40 KB, and of each at least
_TITLES = {
    QuestionKind.REOPENED: "Te laat voor de oude deadline",
    QuestionKind.LATE: "Te laat: mag deze persoon meedoen?",
    QuestionKind.UNREACHABLE: "Onbereikbaar: weet jij het goede adres?",
    QuestionKind.HELD: "Wacht op besluit: mag deze school meedoen?",
    QuestionKind.INCOMPLETE: "Doet mee, en is niet compleet",
    QuestionKind.SAME_SCHOOL: "Is dit één school?",
    QuestionKind.SITE: "Is dit jullie website?",
    QuestionKind.ADDRESS: "Kwam dit van jullie website?",
    QuestionKind.QUARANTINED: "Misschien spam: is dit echt?",
}


def next_path(report: Report) -> str:
    """Return the path of the page where the first decision is made; that of all of them if there is none."""
    return decision_path(report.questions[0]) if report.questions else PAGE


def decisions_page(desk: Desk, report: Report, query: Mapping[str, str]) -> str:
    """Show what asks for a decision, and after one what was decided and what was not."""
    number = query.get("decided", "")[:4]
    left = set(query.get("left", "")[:2000].split())
    by_kind: dict[QuestionKind, list[OrganiserQuestion]] = {}
    for question in report.questions:
        by_kind.setdefault(question.kind, []).append(question)
    return render_desk_page(
        "decisions",
        desk,
        groups=list(_groups(desk, by_kind)),
        number=len(report.questions),
        done=number.isdecimal(),
        decided=int(number) if number.isdecimal() else 0,
        left=listed([r for r in report.registrations if r.reference in left]),
        nobody="nobody" in query,
    )


def _groups(
    desk: Desk, by_kind: Mapping[QuestionKind, Sequence[OrganiserQuestion]]
) -> Iterator[dict[str, Any]]:
    left = _MOST_ROWS
    for kind, questions in by_kind.items():
        most = min(_ROWS if kind in ACTIONS else _LINKS, max(_FEWEST, left))
        left -= min(most, len(questions))
        yield _group(desk, kind, questions, most)


def _group(
    desk: Desk, kind: QuestionKind, questions: Sequence[OrganiserQuestion], most: int
) -> dict[str, Any]:
    rows = [
        question_card(desk, q) | {"people": " ".join(r.reference for r in q.registrations)}
        for q in questions[:most]
    ]
    return {
        "kind": kind.value,
        "title": _TITLES[kind],
        "buttons": [(action.value, PERSON_BUTTONS[action]) for action in ACTIONS.get(kind, ())],
        "rows": rows,
        "everybody": " ".join(row["people"] for row in rows),
        "more": len(questions) - len(rows),
    }
