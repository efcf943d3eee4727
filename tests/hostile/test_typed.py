"""Whatever is typed gets a clear answer, is kept as text, and is never markup, header or formula."""

import csv
import json
import unicodedata
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook

from functions.submit import handler as submit
from shared.aws.table import Table
from shared.domain.email import email_address
from shared.domain.network.fields import FIELDS
from shared.domain.network.network import Network
from shared.domain.registration.registration import Registration
from shared.domain.report.report import Report
from shared.domain.text import clean, clean_lines
from shared.mails.sheets import csv_file, xlsx_file
from tests.functions.submit.posts import JAN, OPEN, form_post, json_post
from tests.hostile.addresses import ADDRESSES
from tests.hostile.names import NAMES

pytestmark = pytest.mark.usefixtures("fresh_submit")


def posts(typed: str, prefix: str) -> Iterator[dict[str, Any]]:
    """Yield posts with the text in each field, in a field that nobody knows, and as a field's name."""
    rest = dict.fromkeys(("place", "role", "phone", "brin", "remarks", "dieet"), typed)
    ways = ({"name": typed}, {"school": typed}, {"remarks": typed, typed: "ja"}, rest, _bring(typed))
    for number, way in enumerate(ways):
        fields = {**JAN, "email": f"{prefix}.{number}@berg.example", **way}
        yield (json_post if number % 2 else form_post)(fields, request_id=f"{prefix} {number}")


def _bring(typed: str) -> dict[str, str]:
    return {"colleague_name": typed, "colleague_email": "ann@berg.example"}


def texts(r: Registration) -> list[str]:
    named = [getattr(r, field) for field in ("name", "role", "phone", "school", "place", "brin")]
    return [*named, *r.extra, *r.extra.values(), *r.remarks.splitlines()]


@pytest.mark.parametrize("part", range(6))
def test_what_is_typed_is_kept_as_text_or_refused_and_never_breaks_anything(
    part: int, table: Table, plg: Network
) -> None:
    for number, typed in enumerate(list(NAMES.values())[part::6]):
        for post in posts(typed, f"p{number}"):
            answer = submit.handler(post, None)
            assert answer["statusCode"] in (201, 303, 422), post
            assert "<" not in typed or typed not in answer["body"] or "json" in str(answer["headers"])
    everyone = table.registrations("plg-2023")
    for text in (text for r in everyone for text in texts(r)):
        assert text == clean(text)
        assert unicodedata.is_normalized("NFC", text)
        assert all(unicodedata.category(c)[0] != "C" for c in text)
        assert "=?" not in text
    for r in everyone:
        assert all(len(getattr(r, f)) <= FIELDS[f] for f in ("name", "school", "place", "role", "phone"))
        assert r.name
        assert r.school
    no_formula(Report(plg, everyone, [], None, OPEN))


def no_formula(facts: Report) -> None:
    text = csv_file(facts).content.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text, newline=""), delimiter=";"))
    assert len({len(row) for row in rows}) == 1
    first = {unicodedata.normalize("NFKC", cell)[:1] for row in rows for cell in row} - {""}
    assert first.isdisjoint("=+-@\t\r\n")
    book = load_workbook(BytesIO(xlsx_file(facts).content))
    assert "f" not in {c.data_type for s in book for row in s.iter_rows() for c in row}


def test_a_name_of_which_nothing_can_be_seen_is_missing() -> None:
    for typed in ("hangul filler", "only marks", "braille blank", "only format"):
        answer = submit.handler(json_post(JAN | {"name": NAMES[typed]}), None)
        assert [e["code"] for e in json.loads(answer["body"])["errors"]] == ["required"]


def test_cleaning_is_done_once_and_for_all() -> None:
    for tidy in (clean, clean_lines):
        once = [tidy(typed) for typed in NAMES.values()]
        assert [tidy(text) for text in once] == once


def test_an_address_is_taken_when_it_can_be_mailed(table: Table) -> None:
    statuses = {a: submit.handler(json_post(JAN | {"email": a}), None)["statusCode"] for a in ADDRESSES}
    assert statuses == {address: 201 if right else 422 for address, right in ADDRESSES.items()}
    kept = [r.email for r in table.registrations("plg-2023")]
    assert all(email.isascii() and email_address(email) == email for email in kept)
