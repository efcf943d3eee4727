"""The organiser's list as files: CSV for Dutch Excel, and XLSX; no cell is ever a formula."""

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

from shared.domain.mail import Attachment
from shared.domain.network.fields import PERSON_DETAILS, SCHOOL_FIELDS
from shared.domain.network.questions import Question
from shared.domain.registration.history import entered, settled
from shared.domain.registration.person_name import PersonName, name_parts, title_case
from shared.domain.registration.registration import Registration, State
from shared.domain.report.report import Report
from shared.domain.schools.awaited import awaited_colleagues
from shared.domain.schools.school import School
from shared.mails.report_lines import STANDING_NAMES
from shared.mails.wording import STATES, made_by
from shared.phrases import dutch
from shared.phrases.field_labels import column, other_answers
from shared.phrases.questions import answer_text
from shared.phrases.reasons import why, why_not_counted, why_not_sure

Cells = Sequence[str]

_FIRST = (*SCHOOL_FIELDS, "name", "role", "email")
_FIELDS = (*_FIRST, *(field for field in PERSON_DETAILS if field not in _FIRST))
_NAME = _FIELDS.index("name") + 1  # the parts of a name stand beside it
_NAME_PARTS = ("Voornaam", "Tussenvoegsel", "Achternaam")
_ABOUT = (
    "Aanmeldnummer", *map(column, _FIELDS[:_NAME]), *_NAME_PARTS, *map(column, _FIELDS[_NAME:]),
    "Status", "Hoe dat kwam", "Telt mee", "Waarom niet", "Ontvangen", "Opmerkingen",
)  # fmt: skip
_BESIDES = ("Andere velden", "Bereikbaar")
PEOPLE = (*_ABOUT, *_BESIDES)  # of a network without questions of its own
SCHOOLS = ("School", "Plaats", "Aangemeld", "Nodig", "Stand")
MOST_ASIDE = 100  # people who are aside, in a mailed file
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA = ("=", "+", "-", "@")
_IGNORED = " \t\r\n\v\f\0\xa0\u200b\u2060\ufeff"  # a spreadsheet may skip these before a formula
_IGNORED_FIRST = ("\t", "\r", "\n", "\0")


def csv_file(report: Report, is_complete: bool = False) -> Attachment:
    """Return everyone as CSV that Dutch Excel opens with a double click: UTF-8 with BOM, `;`, all quoted.

    Only a complete one has sensitive answers and the values of fields that nobody knows: it is for whoever
    is signed in, and never leaves in a mail.
    """
    file = StringIO()
    writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL)
    header, rows = _header(report, is_complete), _people_rows(report, is_complete)
    writer.writerows(map(defused, row) for row in (header, *rows))
    return Attachment(f"{_file_name(report)}.csv", "text/csv", file.getvalue().encode("utf-8-sig", "replace"))


def xlsx_file(report: Report, is_complete: bool = False) -> Attachment:
    """Return everyone and all schools as a workbook of text cells; see `csv_file` for a complete one."""
    from xlsxwriter import Workbook  # here, so that only a cold start that makes a workbook pays for it

    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        # Without it, the file holds the time of this machine.
        book.set_properties({"created": report.at.replace(tzinfo=None)})
        _add_sheet(book, "Aanmeldingen", _header(report, is_complete), _people_rows(report, is_complete))
        _add_sheet(book, "Scholen", SCHOOLS, _school_rows(report))
    return Attachment(f"{_file_name(report)}.xlsx", _XLSX, file.getvalue())


def _add_sheet(book: Any, title: str, header: Cells, rows: Iterable[Cells]) -> None:
    sheet = book.add_worksheet(title)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(header) - 1, 20)
    bold = book.add_format({"bold": True})
    for x, text in enumerate(header):
        sheet.write_string(0, x, text, bold)
    cells = ((y, x, text) for y, row in enumerate(rows, 1) for x, text in enumerate(row))
    for y, x, text in cells:
        sheet.write_string(y, x, text)


def defused(text: str) -> str:
    """Return the text as a cell that no spreadsheet takes for a formula (OWASP, CSV injection).

    >>> defused("=1+1"), defused("Jan")
    ("'=1+1", 'Jan')
    """
    visible = unicodedata.normalize("NFKC", text).lstrip(_IGNORED)
    return f"'{text}" if visible.startswith(_FORMULA) or text.startswith(_IGNORED_FIRST) else text


def _questions(report: Report, is_complete: bool) -> list[Question]:
    return [q for q in report.network.form.questions if is_complete or not q.sensitive]


def _header(report: Report, is_complete: bool) -> Cells:
    return (*_ABOUT, *(question.label for question in _questions(report, is_complete)), *_BESIDES)


def _people_rows(report: Report, is_complete: bool) -> Iterator[Cells]:
    """Yield everyone by last name, as Dutch lists have it; who is erased comes last.

    Of who is aside a mail has the first hundred, so that strangers cannot make it too long to send.
    """
    more = () if is_complete else _beyond(report)
    left_out, unreachable = ({r.person_key for r in each} for each in (more, report.unreachable))
    everyone = ((school, r) for school in report.schools for r in school.registrations)
    people = [(_parts(r), school, r) for school, r in everyone if r.person_key not in left_out]
    people.sort(key=lambda each: (each[2].is_erased, each[0].sort_key))
    for parts, school, r in people:
        reachable = "nee, mails komen terug" if r.person_key in unreachable else "ja"
        yield *_person_cells(report, school, r, parts, is_complete), reachable
    if more:
        waiting = dutch.count(len(more), "aanmelding wacht", "aanmeldingen wachten")
        yield (f"Nog {waiting} op controle. Download de lijst om ook die te zien.",)


def _beyond(report: Report) -> tuple[Registration, ...]:
    """Return who is aside and came after the first hundred of them."""
    return tuple(r for r in report.registrations if r.state is State.QUARANTINED)[MOST_ASIDE:]


def _parts(registration: Registration) -> PersonName:
    return PersonName("", "", "") if registration.is_erased else name_parts(title_case(registration.name))


def _person_cells(
    report: Report, school: School, r: Registration, parts: PersonName, is_complete: bool
) -> Cells:
    why_not = why_not_counted(r, school, dutch) or why_not_sure(r, school, dutch)
    counts = "nee" if why_not else "ja"
    answers = [answer_text(q, r.questions.get(q.id, ""), "nl") for q in _questions(report, is_complete)]
    besides = other_answers(r, awaited_colleagues(r, school.registrations), is_complete)
    others = "; ".join(f"{name}: {text}" for name, text in besides.items())
    received = _moment(report.network.local(entered(r)))
    typed = [getattr(r, field) for field in _FIELDS]
    about = (r.reference, *typed[:_NAME], *parts, *typed[_NAME:])
    return (
        *about,
        STATES[r.state],
        _how(report, r),
        counts,
        why_not,
        received,
        r.remarks,
        *answers,
        others,
    )


def _how(report: Report, r: Registration) -> str:
    """Write how a person came to their state: "15-04-2023 7.00 door de dagelijkse controle: …"."""
    if not r.history:
        return ""
    change = settled(r.history)
    why_so = why(change, dutch)
    when = _moment(report.network.local(change.at))
    return f"{when} {made_by(r, change)}{f': {why_so}' if why_so else ''}"


def _school_rows(report: Report) -> Iterable[Cells]:
    need = report.network.rule.min_per_school
    for standing in report.standings:
        school = standing.school
        counted = str(len(school.counted))
        yield (school.name, school.place, counted, str(need), STANDING_NAMES[standing.shown])


def _moment(local: datetime) -> str:
    return f"{local:%d-%m-%Y} {dutch.clock(local)}"


def _file_name(report: Report) -> str:
    return f"{report.network.id}-{report.network.local(report.at):%Y-%m-%d}"
