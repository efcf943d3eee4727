import csv
from dataclasses import replace
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from shared.domain.network.questions import Question
from shared.domain.registration.erasure import erased
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import State
from shared.domain.report.report import Report, make_report
from shared.mails.sheets import PEOPLE, csv_file, defused, xlsx_file
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
    return make_report(PLG, [NOOR, left, person("Jan Kok", remarks=naughty, role=naughty)], [], None, EARLY)


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
    assert file.content.startswith(b'\xef\xbb\xbf"Aanmeldnummer";"School";')
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
    report = make_report(PLG, [person(name, school=f"School {name[-1]}") for name in names], [], None, EARLY)
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
    header, *people = rows(make_report(PLG, [gone, free], [], None, EARLY))
    assert [row[header.index("Hoe dat kwam")] for row in people] == [
        "20-03-2023 9.00 door sanne@x.example: nagekeken: hoort erbij: gebeld",
        "20-03-2023 9.00 door de persoon zelf: heeft zich afgemeld",
    ]


def test_who_is_erased_has_no_name_and_comes_last() -> None:
    report = make_report(PLG, [erased(person("Al Aarts"), EARLY), NOOR], [], None, EARLY)
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
    return make_report(asking, [noor], [], None, EARLY)


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
def test_a_workbook_has_text_cells_only(formula: str) -> None:
    book = load_workbook(BytesIO(xlsx_file(listed(formula)).content))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value}
    assert kinds == {"s"}
    assert {cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row} == {None}


def test_a_workbook_keeps_its_header_in_sight_and_lists_schools_too() -> None:
    book = load_workbook(BytesIO(xlsx_file(listed("prima")).content))
    assert [sheet.title for sheet in book] == ["Aanmeldingen", "Scholen"]
    assert [sheet.freeze_panes for sheet in book] == ["A2", "A2"]
    assert [cell.value for cell in book["Scholen"][2]] == ["Montessori Lyceum", "Zeist", "2", "2", "compleet"]


def test_a_school_of_which_nobody_counts_is_no_row_and_its_people_are() -> None:
    casino = person("Win", email="win@x.example", school="Casino", state=State.QUARANTINED)
    book = load_workbook(BytesIO(xlsx_file(make_report(PLG, [NOOR, casino], [], None, EARLY)).content))
    assert [row[0].value for row in book["Scholen"].iter_rows()] == ["School", "Montessori Lyceum"]
    assert "Casino" in [row[1].value for row in book["Aanmeldingen"].iter_rows()]


def test_the_same_report_gives_the_same_bytes() -> None:
    assert xlsx_file(listed("prima")).content == xlsx_file(listed("prima")).content


def test_a_mailed_file_has_the_first_hundred_who_wait_and_a_downloaded_one_has_all() -> None:
    crowd = [person(f"Jan K{number}", state=State.QUARANTINED) for number in range(102)]
    report = make_report(PLG, [NOOR, *crowd], [], None, EARLY)
    mailed = rows(report)
    assert len(mailed) == 1 + 101 + 1
    assert mailed[-1] == ["Nog 2 aanmeldingen wachten op controle. Download de lijst om ook die te zien."]
    downloaded = csv_file(report, is_complete=True).content.decode("utf-8-sig")
    assert downloaded.count("K101") >= 1
    assert "Nog 2" not in downloaded
    assert "Nog 2" in str(list(load_workbook(BytesIO(xlsx_file(report).content))["Aanmeldingen"].values)[-1])
