"""The organiser's list as files: CSV for Dutch Excel, and XLSX; no cell is ever a formula."""

import csv
import re
import unicodedata
from datetime import datetime
from io import BytesIO, StringIO
from math import ceil
from typing import Any

from shared.domain.mail import Attachment
from shared.domain.report.report import Report
from shared.mails.sheet_rows import Cell, Sheet, participants_sheet, registrations_sheet, schools_sheet

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA = ("=", "+", "-", "@")
_IGNORED = " \t\r\n\v\f\0\xa0\u200b\u2060\ufeff"  # a spreadsheet may skip these before a formula
_IGNORED_FIRST = ("\t", "\r", "\n", "\0")
_MONTHS = "jan|feb|m(?:aa)?rt|apr|mei|jun|jul|aug|sep|o[ck]t|nov|dec"
# What Excel makes a number, a date or a truth of, also between quotes: "0612", "1-2", "12E4", "3 mei".
_NO_TEXT = re.compile(
    rf"\d{{1,2}}[ /.-]*(?:{_MONTHS})[a-z]*[ /.-]*\d*|(?:{_MONTHS})[a-z]*[ /.-]*\d+"
    r"|[(]?\d[\d .,:/()%€-]*|\d+e\d+|€\s?[\d.,]+|waar|onwaar|true|false",
    re.IGNORECASE,
)
_NARROWEST, _WIDEST, _OF_A_KEY = 9, 45, 18  # of a column, in characters
_AS_TEXT = "\u2007"  # a figure space: before it, neither Excel nor LibreOffice reads a number or a date
_READABLE = 210  # characters beside each other on a page, printed smaller than they are
_MOMENT, _LINE, _MOST_LINES = "dd-mm-yyyy hh:mm", 15, 8  # a line's height in points
_A4, _WHOLE_SHEET = 9, "A1:XFD1048576"


def csv_file(report: Report, is_complete: bool = False) -> Attachment:
    """Return everyone as CSV that Dutch Excel opens with a double click: UTF-8 with BOM, `;`, all quoted.

    Only a complete one has sensitive answers and the values of fields that nobody knows: it is for whoever
    is signed in, and never leaves in a mail.
    """
    file = StringIO()
    writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL)
    sheet = registrations_sheet(report, is_complete)
    writer.writerows([_csv_cell(cell) for cell in row] for row in (sheet.header, *sheet.rows))
    return Attachment(f"{_file_name(report)}.csv", "text/csv", file.getvalue().encode("utf-8-sig", "replace"))


def xlsx_file(report: Report, is_complete: bool = False) -> Attachment:
    """Return who takes part, the schools and everyone as a workbook; see `csv_file` for a complete one."""
    from xlsxwriter import Workbook  # here, so that only a cold start that makes a workbook pays for it

    file = BytesIO()
    options = {"in_memory": True, "default_format_properties": {"valign": "top"}}
    with Workbook(file, options) as book:
        # Without it, the file holds the time of this machine.
        book.set_properties({"created": report.at.replace(tzinfo=None)})
        registrations = registrations_sheet(report, is_complete)
        for sheet in (participants_sheet(report, is_complete), schools_sheet(report), registrations):
            _add_sheet(book, sheet)
    return Attachment(f"{_file_name(report)}.xlsx", _XLSX, file.getvalue())


def _add_sheet(book: Any, sheet: Sheet) -> None:
    made = book.add_worksheet(sheet.title)
    made.freeze_panes(1, 0)
    made.ignore_errors({"number_stored_as_text": _WHOLE_SHEET})  # a phone number is meant so
    made.set_landscape()
    made.set_paper(_A4)
    made.repeat_rows(0)
    widths = [_width(sheet, x) for x in range(len(sheet.header))]
    made.fit_to_pages(ceil(sum(widths) / _READABLE), 0)
    made.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.header) - 1)
    lines = book.add_format({"text_wrap": True})
    number = book.add_format({"align": "right", "indent": 1})  # apart from the text in the next column
    moment = book.add_format({"num_format": _MOMENT, "align": "left"})
    bold = book.add_format({"bold": True})
    for x, text in enumerate(sheet.header):
        made.set_column(x, x, widths[x])
        made.write_string(0, x, text, bold)
    for y, row in enumerate(sheet.rows, 1):
        height = max(str(cell).count("\n") + 1 for cell in row)
        if height > 1:  # programs differ in whether they make room by themselves
            made.set_row(y, _LINE * min(height, _MOST_LINES))
        for x, cell in enumerate(row):
            if isinstance(cell, datetime):
                made.write_datetime(y, x, cell, moment)
            elif isinstance(cell, int):
                made.write_number(y, x, cell, number)
            elif cell:
                made.write_string(y, x, cell, lines if "\n" in cell else None)


def _width(sheet: Sheet, x: int) -> int:
    """Return the width of a column, in characters."""
    name = sheet.header[x]
    lengths = (len(str(row[x])) for row in sheet.rows if x < len(row))
    widest = _OF_A_KEY if name == "Schoolsleutel" else _WIDEST
    return min(widest, max(_NARROWEST, len(name) + 3, *lengths, 0) + 1)


def _csv_cell(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%d-%m-%Y %H:%M}"
    return str(cell) if isinstance(cell, int) else defused(cell)


def defused(text: str) -> str:
    """Return a text as a CSV cell that a spreadsheet shows as it is.

    An apostrophe stands before what could be a formula (OWASP, CSV injection), and a figure space before
    what a spreadsheet would make a number or a date of, so that "0612" keeps its zero.

    >>> defused("=1+1"), defused("Jan"), defused("0612")
    ("'=1+1", 'Jan', '\\u20070612')
    """
    visible = unicodedata.normalize("NFKC", text).lstrip(_IGNORED)
    if visible.startswith(_FORMULA) or text.startswith(_IGNORED_FIRST):
        return f"'{text}"
    return f"{_AS_TEXT}{text}" if _NO_TEXT.fullmatch(text) else text


def _file_name(report: Report) -> str:
    return f"{report.network.id}-{report.network.local(report.at):%Y-%m-%d}"
