"""What stands in the organiser's sheets: who takes part, their schools, and every registration."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from shared.domain.network.fields import PERSON_DETAILS, SCHOOL_FIELDS
from shared.domain.network.questions import Question
from shared.domain.registration.history import entered, settled
from shared.domain.registration.person_name import PersonName, name_parts, title_case
from shared.domain.registration.registration import Registration, State
from shared.domain.report.participation import participations
from shared.domain.report.report import Report
from shared.domain.schools.awaited import awaited_colleagues
from shared.domain.schools.school import School
from shared.mails.report_lines import STANDING_NAMES
from shared.mails.wording import PARTICIPATION_NAMES, STATES, made_by
from shared.phrases import dutch
from shared.phrases.field_labels import column, other_answers
from shared.phrases.questions import answer_text
from shared.phrases.reasons import why, why_not_counted, why_not_sure

Cell = str | int | datetime  # an instant is in the network's zone, without saying so

_FIRST = (*SCHOOL_FIELDS, "name", "role", "email")
_FIELDS = (*_FIRST, *(field for field in PERSON_DETAILS if field not in _FIRST))
_NAME = _FIELDS.index("name") + 1  # the parts of a name stand beside it
_NAME_PARTS = ("Voornaam", "Tussenvoegsel", "Achternaam")
_KEYS = ("Aanmeldnummer", "Schoolsleutel")  # by which a row of one sheet is looked up in another
_ABOUT = (
    *_KEYS, *map(column, _FIELDS[:_NAME]), *_NAME_PARTS, *map(column, _FIELDS[_NAME:]),
    "Status", "Hoe dat kwam", "Telt mee", "Waarom niet", "Ontvangen", "Opmerkingen",
)  # fmt: skip
_BESIDES = ("Andere velden", "Bereikbaar")
PEOPLE = (*_ABOUT, *_BESIDES)  # of a network without questions of its own
_CONTACT = ("role", "email", *(field for field in PERSON_DETAILS if field != "role"))
_PARTICIPANTS = (
    *_KEYS, "BRIN", "School", "Plaats", "Getypt als", *_NAME_PARTS, *map(column, _CONTACT),
    "Stand", "Aangemeld op",
)  # fmt: skip
_SCHOOLS = ("Schoolsleutel", "BRIN", "School", "Plaats", "Aangemeld", "Nodig", "Stand")
MOST_ASIDE = 100  # people who are aside, in a mailed file


class Sheet(NamedTuple):
    """A sheet of a workbook: its title, the names of its columns, and a row for each person or school."""

    title: str
    header: Sequence[str]
    rows: tuple[Sequence[Cell], ...]


def registrations_sheet(report: Report, is_complete: bool) -> Sheet:
    """Return everyone by last name, as Dutch lists have it; who is erased comes last.

    Only a complete sheet has sensitive answers and the values of fields that nobody knows. Of who is aside a
    mail has the first hundred, so that strangers cannot make it too long to send.
    """
    questions = _questions(report, is_complete)
    header = (*_ABOUT, *(question.label for question in questions), *_BESIDES)
    return Sheet("Aanmeldingen", header, tuple(_people_rows(report, questions, is_complete)))


def participants_sheet(report: Report, is_complete: bool) -> Sheet:
    """Return who counts for a school, by last name, and how far they take part."""
    questions, parts = _questions(report, is_complete), participations(report)
    rows = [
        (
            *(r.reference, school.key, _brin(report, school) or r.brin, school.name, school.place),
            *(_typed_school(r), *name, *(getattr(r, field) for field in _CONTACT)),
            *(PARTICIPATION_NAMES[parts[r.person_key]], _entered(report, r)),
            *(_answer(question, r) for question in questions),
        )
        for name, school, r in _by_name(report)
        if r in school.counted
    ]
    return Sheet("Deelnemers", (*_PARTICIPANTS, *(q.label for q in questions)), tuple(rows))


def schools_sheet(report: Report) -> Sheet:
    """Return each school of which somebody counts."""
    minimum = report.network.rule.min_per_school
    rows = (
        (
            *(school.key, _brin(report, school), school.name, school.place),
            *(len(school.counted), minimum, STANDING_NAMES[standing.shown]),
        )
        for standing in report.standings
        for school in [standing.school]
    )
    return Sheet("Scholen", _SCHOOLS, tuple(rows))


def _questions(report: Report, is_complete: bool) -> list[Question]:
    return [q for q in report.network.form.questions if is_complete or not q.sensitive]


def _by_name(report: Report) -> list[tuple[PersonName, School, Registration]]:
    people = [(_parts(r), school, r) for school in report.schools for r in school.registrations]
    return sorted(people, key=lambda each: (each[2].is_erased, each[0].sort_key))


def _parts(registration: Registration) -> PersonName:
    return PersonName("", "", "") if registration.is_erased else name_parts(title_case(registration.name))


def _people_rows(
    report: Report, questions: Sequence[Question], is_complete: bool
) -> Iterator[Sequence[Cell]]:
    more = () if is_complete else _beyond(report)
    left_out, unreachable = ({r.person_key for r in each} for each in (more, report.unreachable))
    for parts, school, r in _by_name(report):
        if r.person_key not in left_out:
            reachable = "nee, mails komen terug" if r.person_key in unreachable else "ja"
            yield *_person_cells(report, school, r, parts, questions, is_complete), reachable
    if more:
        waiting = dutch.count(len(more), "aanmelding wacht", "aanmeldingen wachten")
        yield (f"Nog {waiting} op controle. Download de lijst om ook die te zien.",)


def _beyond(report: Report) -> tuple[Registration, ...]:
    """Return who is aside and came after the first hundred of them."""
    return tuple(r for r in report.registrations if r.state is State.QUARANTINED)[MOST_ASIDE:]


def _person_cells(
    report: Report,
    school: School,
    r: Registration,
    parts: PersonName,
    questions: Iterable[Question],
    is_complete: bool,
) -> Sequence[Cell]:
    why_not = why_not_counted(r, school, dutch) or why_not_sure(r, school, dutch)
    counts = "nee" if why_not else "ja"
    besides = other_answers(r, awaited_colleagues(r, school.registrations), is_complete)
    typed = [getattr(r, field) for field in _FIELDS]
    return (
        *(r.reference, school.key, *typed[:_NAME], *parts, *typed[_NAME:]),
        *(STATES[r.state], _how(report, r), counts, why_not, _entered(report, r), r.remarks),
        *(_answer(question, r) for question in questions),
        "; ".join(f"{name}: {text}" for name, text in besides.items()),
    )


def _answer(question: Question, person: Registration) -> Cell:
    """Return an answer, as a number where that was the question."""
    stored = person.questions.get(question.id, "")
    is_number = question.kind == "number" and stored.isdecimal()
    return int(stored) if is_number else answer_text(question, stored, "nl")


def _entered(report: Report, person: Registration) -> datetime:
    return report.network.local(entered(person)).replace(tzinfo=None)


def _typed_school(person: Registration) -> str:
    return ", ".join(filter(None, (person.school, person.place)))


def _brin(report: Report, school: School) -> str:
    """Return the code of a school that is surely in the register."""
    register = report.knowledge.register
    return school.key if register and school.key in register.by_code else ""


def _how(report: Report, r: Registration) -> str:
    """Write how a person came to their state: "15-04-2023 7.00 door de dagelijkse controle: …"."""
    if not r.history:
        return ""
    change = settled(r.history)
    why_so, local = why(change, dutch), report.network.local(change.at)
    when = f"{local:%d-%m-%Y} {dutch.clock(local)}"
    return f"{when} {made_by(r, change)}{f': {why_so}' if why_so else ''}"
