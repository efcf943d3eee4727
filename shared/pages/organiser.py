"""The organisers' pages: the door, the overview, a school, and what an order will do."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from shared.domain import dutch
from shared.domain.network import Network
from shared.domain.outbox import MailRecord
from shared.domain.question import Matter, Question
from shared.domain.registration import Change, Registration
from shared.domain.report import Report
from shared.domain.school import why_not_counted
from shared.domain.standing import Stand, Standing
from shared.domain.text import fold
from shared.mails import lines
from shared.mails.words import STATES
from shared.pages import render

_ROWS, _QUESTIONS = 30, 12  # what keeps a page below 30 KB; the rest is a page further, or behind a search
_STANDINGS = {
    Standing.SHORT: "nog niet compleet",
    Standing.REPAIR: "mag iemand vervangen",
    Standing.WAIVED: "uitzondering",
    Standing.COMPLETE: "compleet",
    Standing.EMPTY: "niemand telt mee",
}
_ON_SCHOOLS = {
    "waive": "Maak een uitzondering",
    "unwaive": "Trek de uitzondering in",
    "remind": "Herinner nu",
}


class Desk(NamedTuple):
    """What every page behind the door needs: whose it is, where it stands, and what its forms carry."""

    network: Network
    address: str
    home: str
    here: str
    form: str
    at: datetime

    def moment(self, at: datetime) -> str:
        """Write an instant: "20 mrt, 9.00 uur"."""
        local = self.network.local(at)
        return f"{dutch.short_day(local)}, {dutch.clock(local)} uur"

    def by(self, change: Change) -> str:
        """Write who made a change."""
        return {"person": "door de persoon zelf", "check": "door de dagelijkse controle"}.get(
            change.by, f"door {change.by}"
        )


def door_page(network: Network, address: str, said: str, wrong: str, enter: bool, again: bool) -> str:
    """Show where an organiser asks for a code, or types it; `again` has the page load itself once more."""
    name, _, domain = address.partition("@")
    facts = {"said": said, "wrong": wrong, "enter": enter, "again": again}
    return render("organiser/door", network=network, mailbox=f"{name[:1]}…@{domain}", **facts)


def overview_page(desk: Desk, report: Report, query: Mapping[str, str]) -> str:
    """Show where the rule stands, first what needs a decision, and the schools that are asked for."""
    found = _found(report, query)
    first = int(asked) if (asked := query.get("from", "")[:6]).isdecimal() else 0
    return _render(
        "overview",
        desk,
        report=report,
        minimum=report.network.rule.min_per_school,
        time_left=lines.time_left(report.network, report.at),
        questions=[_question(desk, q) for q in report.questions[:_QUESTIONS]],
        more_questions=max(0, len(report.questions) - _QUESTIONS),
        pills=[
            (s.value, said, len(report.standing(s))) for s, said in _STANDINGS.items() if report.standing(s)
        ],
        asked=query.get("q", "")[:100],
        stand=query.get("stand", ""),
        rows=[_row(s) for s in found[first : first + _ROWS]],
        found=len(found),
        further=first + _ROWS if first + _ROWS < len(found) else 0,
        peak=max((day.new for day in report.growth), default=0),
        done="done" in query,
    )


def school_page(
    desk: Desk,
    stand: Stand,
    reference: str,
    mails: Mapping[str, Sequence[MailRecord]],
    acts: Mapping[str, Sequence[tuple[str, str]]],
    on_school: Sequence[str],
    done: bool,
) -> str:
    """Show a school, with who was asked for first: who counts and why, their mails and what can be done."""
    first = sorted(stand.school.registrations, key=lambda r: r.reference != reference)
    return _render(
        "school",
        desk,
        stand=stand,
        reference=reference,
        standing=_STANDINGS[stand.standing],
        minimum=desk.network.rule.min_per_school,
        people=[_person(desk, stand, r, mails[r.reference]) for r in first],
        acts=acts,
        on_school=[(name, _ON_SCHOOLS[name]) for name in on_school],
        done=done,
    )


def order_page(desk: Desk, order: object, wish: object, wrong: str = "") -> str:
    """Show what an order will do and whom it mails, with the one button that does it."""
    return _render("order", desk, order=order, wish=wish, wrong=wrong)


def refused_page(desk: Desk) -> str:
    """Say that an order is not possible any longer."""
    return _render("refused", desk)


def _render(name: str, desk: Desk, **facts: Any) -> str:
    return render(f"organiser/{name}", **{"desk": desk, "network": desk.network, "done": False, **facts})


def _found(report: Report, query: Mapping[str, str]) -> list[Stand]:
    asked, stand = fold(query.get("q", "")), query.get("stand", "")
    return [s for s in report.stands if stand in ("", s.standing) and (not asked or asked in _text(s))]


def _text(stand: Stand) -> str:
    people = (f"{r.name} {r.email} {r.reference}" for r in stand.school.registrations)
    return fold(" ".join((stand.school.name, stand.school.place, *people)))


def _row(stand: Stand) -> dict[str, Any]:
    school = stand.school
    where = school.registrations[0].reference
    return {"stand": stand, "where": where, "standing": _STANDINGS[stand.standing]}


def _question(desk: Desk, question: Question) -> dict[str, str]:
    person, *_ = question.registrations
    details = {
        Matter.LATE: f"Te laat aangemeld, op {desk.moment(person.received_at)}.",
        Matter.HELD: "Was niet compleet bij de deadline.",
        Matter.QUARANTINED: "Misschien spam. Telt niet mee en kreeg geen mail.",
        Matter.SAME_SCHOOL: f"Is dit één school? {question.why}",
    }
    names = [", ".join(filter(None, (s.name, s.place))) for s in question.schools]
    title = dutch.listing(names) or f"{person.name}, {person.school}"
    return {"title": title, "detail": details[question.matter], "where": person.reference}


def _person(desk: Desk, stand: Stand, person: Registration, mails: Sequence[MailRecord]) -> dict[str, Any]:
    told = [
        ("E-mail", person.email),
        ("Telefoon", person.phone),
        ("Functie", person.role),
        ("Zelf getypt", ", ".join(filter(None, (person.school, person.place, person.brin)))),
        ("Opmerkingen", person.remarks),
        *((name, value) for name, value in person.extra.items()),
        *((f"Later ook: {name}", value) for name, value in person.again.items()),
    ]
    return {
        "it": person,
        "state": STATES[person.state],
        "why_not": why_not_counted(person, stand.school),
        "told": [(label, value) for label, value in told if value],
        "history": [(desk.moment(c.at), STATES[c.state], desk.by(c), c.why) for c in person.history],
        "mails": [(desk.moment(m.at), *lines.mail(m)) for m in sorted(mails, key=lambda m: m.at)],
    }
