"""A school's page: who counts and why, what happened, their mails, and what can be done."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from shared.domain.actions.organiser.typings import Typing
from shared.domain.decision import Decision
from shared.domain.network.fields import PERSON_DETAILS
from shared.domain.outbox import MailRecord
from shared.domain.registration.bounces import unreachable_people
from shared.domain.registration.registration import Registration
from shared.domain.rule.standing import SchoolStanding
from shared.domain.schools.school import School, why_not_counted
from shared.mails import report_lines as lines
from shared.mails.wording import STATES
from shared.pages.organiser import Desk, behind
from shared.phrases.fields import SHORT_NAMES, as_label

_ON_SCHOOLS = {
    "waive": "Maak een uitzondering",
    "unwaive": "Trek de uitzondering in",
    "remind": "Herinner nu",
}
_FIRST = ("email", "phone", "role")
_FIELDS = (*_FIRST, *(field for field in PERSON_DETAILS if field not in _FIRST))
_WHOLE = 3  # people of whom a page below 30 KB tells everything; of more it says where to read it


class Insight(NamedTuple):
    """What is known around a school, and what can be done there; people by their references."""

    mails: Mapping[str, Sequence[MailRecord]]
    acts: Mapping[str, Sequence[tuple[str, str]]]
    on_school: Sequence[str]
    typings: Sequence[Typing]
    doubts: Sequence[tuple[School, str]]
    words: Sequence[tuple[Decision, str]]


def school_page(desk: Desk, stand: SchoolStanding, reference: str, seen: Insight, done: bool) -> str:
    """Show a school, with who was asked for first."""
    first = sorted(stand.school.registrations, key=lambda r: r.reference != reference)
    return behind(
        "school",
        desk,
        stand=stand,
        reference=reference,
        people=[_person(desk, stand, r, seen.mails[r.reference]) for r in first[:_WHOLE]],
        others=[(r, STATES[r.state]) for r in first[_WHOLE:]],
        seen=seen,
        on_school=[(name, _ON_SCHOOLS[name]) for name in seen.on_school],
        done=done,
    )


def _person(
    desk: Desk, stand: SchoolStanding, person: Registration, mails: Sequence[MailRecord]
) -> dict[str, Any]:
    told = [
        *((as_label(SHORT_NAMES[field]), getattr(person, field)) for field in _FIELDS),
        ("Zelf getypt", ", ".join(filter(None, (person.school, person.place, person.brin)))),
        ("Opmerkingen", person.remarks),
        *((name, value) for name, value in person.extra.items()),
        *((f"Later ook: {SHORT_NAMES[field].lower()}", value) for field, value in person.again.items()),
    ]
    return {
        "it": person,
        "state": STATES[person.state],
        "unreachable": bool(unreachable_people([person], mails)),
        "why_not": why_not_counted(person, stand.school),
        "told": [(label, value) for label, value in told if value],
        "history": [(desk.moment(c.at), STATES[c.state], desk.by(c), c.why) for c in person.history],
        "mails": [(desk.moment(m.at), *lines.mail(m)) for m in sorted(mails, key=lambda m: m.at)],
    }
