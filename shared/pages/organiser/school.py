"""A school's page: who counts and why, what happened, which mails went out, and what can be done."""

from collections.abc import Container, Mapping, Sequence
from typing import Any, NamedTuple

from shared.domain.actions.organiser.order import OrganiserAction
from shared.domain.actions.organiser.typings import SchoolTyping
from shared.domain.decision import Decision
from shared.domain.message import Audience
from shared.domain.network.fields import PERSON_DETAILS
from shared.domain.outbox import MailRecord
from shared.domain.registration.registration import Registration, State
from shared.domain.report.audience import chosen_people
from shared.domain.rule.standing import SchoolStanding
from shared.domain.schools.awaited import awaited_at, awaited_colleagues
from shared.domain.schools.reasons import PairReason
from shared.domain.schools.school import School
from shared.mails import decision_lines
from shared.mails import report_lines as lines
from shared.mails.wording import STATES, made_by
from shared.pages.organiser import Desk, render_desk_page
from shared.pages.organiser.order_texts import PERSON_BUTTONS, SCHOOL_BUTTONS
from shared.phrases import dutch
from shared.phrases.field_labels import column, other_answers
from shared.phrases.questions import answers
from shared.phrases.reasons import why_not_counted, why_not_sure
from shared.phrases.schools import pair_reason_in_dutch

_FIRST = ("email", "phone", "role")
_FIELDS = (*_FIRST, *(field for field in PERSON_DETAILS if field not in _FIRST))
_MOST_PEOPLE = 3  # that fit in full on a page below 30 KB; the page says where to read about the others


class SchoolDetails(NamedTuple):
    """Everything around a school: its mails and actions by a person's reference, and what was ruled on it."""

    mails: Mapping[str, Sequence[MailRecord]]
    person_actions: Mapping[str, Sequence[OrganiserAction]]
    school_actions: Sequence[OrganiserAction]
    typings: Sequence[SchoolTyping]
    doubts: Sequence[tuple[School, PairReason]]
    rulings: Sequence[tuple[Decision, str]]
    coming: Mapping[str, State] = {}  # what the next check makes of people, by person key
    is_closing_held: bool = False
    waivers: Sequence[Decision] = ()
    unreachable: Container[Registration] = ()


def school_page(
    desk: Desk, standing: SchoolStanding, reference: str, details: SchoolDetails, done: bool
) -> str:
    """Show a school, and first the person whose reference this is."""
    people = sorted(standing.school.registrations, key=lambda r: r.reference != reference)
    return render_desk_page(
        "school",
        desk,
        standing=standing,
        why=lines.because(standing),
        waiting=lines.waiting(standing.school),
        awaited=awaited_at(standing.school.registrations),
        reference=reference,
        people=[_person(desk, standing, r, details) for r in people[:_MOST_PEOPLE]],
        explains=_explains_exceptions(details),
        can_write=bool(chosen_people(desk.network, (standing,), Audience(school=reference))),
        others=[(r, STATES[r.state]) for r in people[_MOST_PEOPLE:]],
        details=details,
        doubts=[(school, pair_reason_in_dutch(reason)) for school, reason in details.doubts],
        person_buttons=PERSON_BUTTONS,
        school_buttons=SCHOOL_BUTTONS,
        done=done,
    )


def _explains_exceptions(details: SchoolDetails) -> bool:
    """Say whether a page offers both to admit a person and to except the school."""
    can_admit = any(OrganiserAction.ADMIT in actions for actions in details.person_actions.values())
    return can_admit and OrganiserAction.WAIVE in details.school_actions


def _person(
    desk: Desk, standing: SchoolStanding, person: Registration, details: SchoolDetails
) -> dict[str, Any]:
    mails, next_state = details.mails[person.reference], details.coming.get(person.person_key)
    awaited = awaited_colleagues(person, standing.school.registrations)
    facts = [
        *((column(field), getattr(person, field)) for field in _FIELDS),
        ("Ingevuld als", ", ".join(filter(None, (person.school, person.place, person.brin)))),
        (column("remarks"), person.remarks),
        *answers(person, desk.network.form.questions),
        *other_answers(person, awaited).items(),
        *((f"Later ook: {column(field).lower()}", value) for field, value in person.again.items()),
    ]
    return {
        "registration": person,
        "state": STATES[person.state],
        "unreachable": person in details.unreachable,
        "why_not": why_not_counted(person, standing.school, dutch),
        "next": decision_lines.next_step(desk.network, desk.at, next_state, details.is_closing_held)
        if next_state
        else "",
        "why_not_sure": why_not_sure(person, standing.school, dutch),
        "facts": [(label, value) for label, value in facts if value],
        "history": [
            (desk.moment(c.at), STATES[c.state], made_by(person, c), lines.because(c)) for c in person.history
        ],
        "mails": [(desk.moment(m.at), *lines.mail(m)) for m in sorted(mails, key=lambda m: m.at)],
    }
