import csv
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from shared.domain.network.questions import Question
from shared.domain.registration.erasure import erased
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import State
from shared.domain.report.report import Report
from shared.domain.schools.knowledge import SchoolKnowledge
from shared.domain.schools.matching import read_register
from shared.mails.sheet_rows import PEOPLE
from shared.mails.sheets import csv_file, defused, xlsx_file
from tests.conftest import ROOT
from tests.shared.mails.people import EARLY, NOOR, PLG, person

FORMULAS = [
    "=1+1",
    "+31 6 12 34 56 78",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =1+1",
    "\ufeff=1+1",
    "\u200b=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
    "\n=1",
    '=HYPERLINK("x")',
]


def listed(naughty: str) -> Report:
    left = person("Kees Pot", state=State.CANCELLED)
    return Report(PLG, [NOOR, left, person("Jan Kok", remarks=naughty, role=naughty)], [], None, EARLY)


def rows(report: Report) -> list[list[str]]:
    text = csv_file(report).content.decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=";"))


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_in_a_cell_is_text(formula: str) -> None:
    assert defused(formula) == f"'{formula}"
    cells = [cell for row in rows(listed(formula)) for cell in row]
    assert cells.count(f"'{formula}") == 2


def test_ordinary_text_is_left_alone() -> None:
    assert [defused(text) for text in ("'t Genseler", "!mpulse", "a=b", "", "LOC@")] == [
        "'t Genseler",
        "!mpulse",
        "a=b",
        "",
        "LOC@",
    ]


def test_dutch_excel_opens_the_csv_with_a_double_click() -> None:
    file = csv_file(listed("prima"))
    assert file.content.startswith(b'\xef\xbb\xbf"Aanmeldnummer";"Schoolsleutel";"School";')
    assert file.filename == "plg-2023-2023-03-20.csv"


def test_everyone_is_in_the_list_with_why_they_count_or_not() -> None:
    header, *people = rows(listed("prima"))
    assert header == list(PEOPLE)
    counts = {
        row[header.index("Naam")]: (row[header.index("Telt mee")], row[header.index("Waarom niet")])
        for row in people
    }
    assert counts == {
        "Noor van Dijk": ("ja", ""),
        "Jan Kok": ("ja", ""),
        "Kees Pot": ("nee", "heeft zich afgemeld"),
    }


def test_a_name_stands_in_its_parts_too_and_the_list_is_by_last_name() -> None:
    names = ("Jan de Vries", "ANNA VAN DER BERG", "Bo IJsbrandij", "Jansen, Els", "Ed Ibo")
    report = Report(PLG, [person(name, school=f"School {name[-1]}") for name in names], [], None, EARLY)
    header, *people = rows(report)
    first = header.index("Naam")
    assert header[first : first + 4] == ["Naam", "Voornaam", "Tussenvoegsel", "Achternaam"]
    assert [row[first : first + 4] for row in people] == [
        ["ANNA VAN DER BERG", "Anna", "van der", "Berg"],
        ["Ed Ibo", "Ed", "", "Ibo"],
        ["Bo IJsbrandij", "Bo", "", "IJsbrandij"],
        ["Jansen, Els", "Els", "", "Jansen"],
        ["Jan de Vries", "Jan", "de", "Vries"],
    ]


def test_the_list_says_who_or_what_made_each_state_and_when() -> None:
    gone = person("Kees Pot").become(State.CANCELLED, EARLY, "person", reason=Reason(ReasonCode.CANCELLED))
    free = person("Els Bos", state=State.QUARANTINED).become(
        State.REGISTERED, EARLY, "sanne@x.example", "gebeld", Reason(ReasonCode.RELEASED)
    )
    header, *people = rows(Report(PLG, [gone, free], [], None, EARLY))
    assert [row[header.index("Hoe dat kwam")] for row in people] == [
        "20-03-2023 9.00 door sanne@x.example: nagekeken: hoort erbij: gebeld",
        "20-03-2023 9.00 door de persoon zelf: heeft zich afgemeld",
    ]


def test_who_is_erased_has_no_name_and_comes_last() -> None:
    report = Report(PLG, [erased(person("Al Aarts"), EARLY), NOOR], [], None, EARLY)
    header, *people = rows(report)
    first = header.index("Voornaam")
    assert [row[first : first + 3] for row in people] == [["Noor", "van", "Dijk"], ["", "", ""]]


def answered() -> Report:
    """A network with questions, one of them sensitive, and Noor who answered more than that."""
    questions = (
        Question(id="eten", label="Eet je mee?", kind="yes-no"),
        Question(id="gezond", label="=Allergie?", sensitive=True),
    )
    asking = PLG.model_copy(update={"form": PLG.form.model_copy(update={"questions": questions})})
    noor = replace(
        NOOR,
        questions={"eten": "yes", "gezond": "noten"},
        without_address=("Bo Smit",),
        consents={"akkoord": "on"},
        extra={"dag": "wo"},
    )
    return Report(asking, [noor], [], None, EARLY)


def test_each_question_has_a_column_but_what_is_sensitive_or_unknown_is_not_attached() -> None:
    header, row = rows(answered())
    assert header == [*PEOPLE[:-2], "Eet je mee?", *PEOPLE[-2:]]
    assert row[-3:] == ["ja", "Collega zonder e-mailadres: Bo Smit; akkoord: on", "ja"]
    sheet = load_workbook(BytesIO(xlsx_file(answered()).content))["Aanmeldingen"]
    assert [cell.value for cell in sheet[1]] == header
    assert "noten" not in [cell.value for cell in sheet[2]]


def test_who_is_signed_in_downloads_sensitive_answers_and_unknown_fields_too() -> None:
    file = csv_file(answered(), is_complete=True).content.decode("utf-8-sig")
    header, row = csv.reader(StringIO(file, newline=""), delimiter=";")
    assert header[-4:-2] == ["Eet je mee?", "'=Allergie?"]
    assert row[-4:-1] == ["ja", "noten", "Collega zonder e-mailadres: Bo Smit; akkoord: on; dag: wo"]
    sheet = load_workbook(BytesIO(xlsx_file(answered(), is_complete=True).content))["Aanmeldingen"]
    assert [(cell.value, cell.data_type) for cell in sheet[1]][-3] == ("=Allergie?", "s")


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_workbook_has_text_numbers_and_dates_and_no_formula(formula: str) -> None:
    book = load_workbook(BytesIO(xlsx_file(listed(formula)).content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n", "d"}
    assert {cell.data_type for cell in cells if cell.value == formula} <= {"s"}
    assert {cell.hyperlink for cell in cells} == {None}


def column(sheet: Worksheet, name: str) -> list[Any]:
    """Return a column of a sheet by its name."""
    header, *rows = sheet.values
    return [row[header.index(name)] for row in rows]


def test_a_workbook_has_who_takes_part_their_schools_and_everybody_with_the_same_keys() -> None:
    noor = replace(
        NOOR, phone="0612345678", brin="01AB", school="montesori lyceum", questions={"aantal": "3"}
    )
    questions = (Question(id="aantal", label="Hoeveel klassen?", kind="number"),)
    asking = PLG.model_copy(update={"form": PLG.form.model_copy(update={"questions": questions})})
    left = person("Kees Pot", state=State.CANCELLED)
    book = load_workbook(
        BytesIO(xlsx_file(Report(asking, [noor, left, person("Jan Kok")], [], None, EARLY)).content)
    )
    assert [sheet.title for sheet in book] == ["Deelnemers", "Scholen", "Aanmeldingen"]
    people, schools, everyone = book
    assert people["A1"].value == everyone["A1"].value == "Aanmeldnummer"
    assert column(people, "Achternaam") == ["Dijk", "Kok"]
    assert column(people, "Tussenvoegsel") == ["van", None]
    assert column(people, "Telefoon") == ["0612345678", None]
    assert column(people, "BRIN")[0] == "01AB"
    assert column(people, "Stand") == ["zou nu meedoen"] * 2
    assert column(people, "Hoeveel klassen?") == [3, None]
    assert column(people, "Aangemeld op")[0] == EARLY.replace(hour=9, tzinfo=None)
    assert set(column(people, "Aanmeldnummer")) < set(column(everyone, "Aanmeldnummer"))
    assert set(column(people, "Schoolsleutel")) == set(column(schools, "Schoolsleutel"))
    assert column(schools, "Aangemeld") == [2]


def test_a_school_of_the_register_has_its_code_and_the_name_that_was_typed_beside_it() -> None:
    register = read_register((ROOT / "local/schools-sample.csv").read_bytes())
    row = next(iter(register.by_code.values()))
    noor = replace(NOOR, school=row.name.upper(), place=row.place, brin=row.brin)
    knowledge = SchoolKnowledge(register)
    report = Report(PLG, [noor], [], None, EARLY, knowledge=knowledge)
    people, schools, _ = load_workbook(BytesIO(xlsx_file(report).content))
    assert column(people, "BRIN") == column(schools, "BRIN") == column(schools, "Schoolsleutel")
    assert column(people, "BRIN") == [row.code]
    assert column(people, "School") == [row.title]
    assert column(people, "Getypt als") == [f"{row.name.upper()}, {row.place}"]


def test_each_sheet_filters_keeps_its_header_in_sight_and_is_as_wide_as_its_texts() -> None:
    for sheet in load_workbook(BytesIO(xlsx_file(listed("prima")).content)):
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        widths = {column.width for column in sheet.column_dimensions.values()}
        assert len(widths) > 2
        assert max(widths) < 50


def test_a_printed_sheet_is_read_page_by_page_and_a_remark_has_its_lines() -> None:
    people, schools, everyone = load_workbook(
        BytesIO(xlsx_file(listed("Met de trein.\nEn de fiets.")).content)
    )
    assert [sheet.page_setup.fitToWidth or 1 for sheet in (people, schools, everyone)] == [2, 1, 2]
    assert {
        (sheet.page_setup.orientation, sheet.print_title_rows) for sheet in (people, schools, everyone)
    } == {("landscape", "$1:$1")}
    assert [everyone.row_dimensions[row].height for row in (2, 3)] == [None, 30]


@pytest.mark.parametrize(
    "text", ["0612345678", "06 12 34 56 78", "01", "12E4", "1-2", "3/4", "1 mrt", "mei 2023", "20%", "WAAR"]
)
def test_what_excel_would_make_a_number_or_date_of_stays_as_it_was_typed(text: str) -> None:
    assert defused(text) == f"\u2007{text}"


@pytest.mark.parametrize("text", ["05AB", "2 dagen", "Marten", "Decaan", "3e klas", "6a"])
def test_what_excel_reads_as_text_gets_nothing_before_it(text: str) -> None:
    assert defused(text) == text


def test_an_instant_in_the_csv_is_a_date_to_excel() -> None:
    header, *people = rows(listed("prima"))
    assert people[0][header.index("Ontvangen")] == "20-03-2023 09:00"


def test_a_school_of_which_nobody_counts_is_no_row_and_its_people_are() -> None:
    casino = person("Win", email="win@x.example", school="Casino", state=State.QUARANTINED)
    book = load_workbook(BytesIO(xlsx_file(Report(PLG, [NOOR, casino], [], None, EARLY)).content))
    assert column(book["Scholen"], "School") == ["Montessori Lyceum"]
    assert column(book["Deelnemers"], "School") == ["Montessori Lyceum"]
    assert "Casino" in column(book["Aanmeldingen"], "School")


def test_the_same_report_gives_the_same_bytes() -> None:
    assert xlsx_file(listed("prima")).content == xlsx_file(listed("prima")).content


def test_a_mailed_file_has_the_first_hundred_who_wait_and_a_downloaded_one_has_all() -> None:
    crowd = [person(f"Jan K{number}", state=State.QUARANTINED) for number in range(102)]
    report = Report(PLG, [NOOR, *crowd], [], None, EARLY)
    mailed = rows(report)
    assert len(mailed) == 1 + 101 + 1
    assert mailed[-1] == ["Nog 2 aanmeldingen wachten op controle. Download de lijst om ook die te zien."]
    downloaded = csv_file(report, is_complete=True).content.decode("utf-8-sig")
    assert downloaded.count("K101") >= 1
    assert "Nog 2" not in downloaded
    assert "Nog 2" in str(list(load_workbook(BytesIO(xlsx_file(report).content))["Aanmeldingen"].values)[-1])
