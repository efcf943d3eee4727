"""Each body of our own sets, through the real submit handler: stored as it should be, or refused."""

import json
from typing import Any

import pytest

from functions.submit import handler as submit
from shared.aws.table import Table
from tests.conftest import ROOT
from tests.functions.submit import posts
from tests.hostile.jsons import JSONS
from tests.hostile.multiparts import MULTIPARTS
from tests.hostile.urlencoded import URLENCODED

CAPTURED = json.loads((ROOT / "tests/hostile/captured.json").read_text())


pytestmark = pytest.mark.usefixtures("fresh_submit")


# What each of these should be stands in its set; today it is read wrongly, or loses something.
def outcome(table: Table, content_type: str, body: str | bytes) -> Any:
    """Return the name of who a post stores, or the status with which it stores nobody."""
    raw = body.encode() if isinstance(body, str) else body
    answer = submit.handler(posts.event(raw, content_type, accept="text/html"), None)
    stored = table.registrations("plg-2023")
    table.delete_people("plg-2023", {}, posts.OPEN)
    if answer["statusCode"] in (201, 303):
        return next(r.name for r in stored if not r.invited_by)
    assert stored == ()
    return answer["statusCode"]


def differences(table: Table, cases: dict[str, tuple[str, str | bytes, Any]]) -> dict[str, tuple[Any, Any]]:
    """Return what came of each case that did not go as it should, and what should have."""
    came = {name: (outcome(table, type_, body), wanted) for name, (type_, body, wanted) in cases.items()}
    return {name: (got, wanted) for name, (got, wanted) in came.items() if got != wanted}


def test_multipart_is_read_whatever_its_type_says_of_it(table: Table) -> None:
    assert differences(table, {**MULTIPARTS}) == {}


def test_json_is_read_when_it_is_json(table: Table) -> None:
    assert differences(table, {n: ("application/json", *case) for n, case in JSONS.items()}) == {}


def test_urlencoded_is_read_as_browsers_mean_it(table: Table) -> None:
    assert differences(table, {n: (posts.URLENCODED, *case) for n, case in URLENCODED.items()}) == {}


def test_what_chromium_sends_of_a_real_form_is_kept_to_the_letter(table: Table) -> None:
    for name, post in CAPTURED.items():
        body = post["body"].encode("latin-1")
        answer = submit.handler(posts.event(body, post["content_type"], accept="text/html"), None)
        everyone = table.registrations("plg-2023")
        if name == "text/plain":
            continue
        assert answer["statusCode"] == 303, name
        (zoe,) = everyone
        assert (zoe.name, zoe.school) == ("Zoë van ’t Hart", 'Stad & Esch 50% + 1; = "!"'), name
        assert zoe.remarks == "eerste\ntweede 🙂 regel", name
        assert zoe.extra["dag"] == "wo, do", name
        table.delete_people("plg-2023", {}, posts.OPEN)


def test_what_chromium_sends_as_text_plain_is_read(table: Table) -> None:
    post = CAPTURED["text/plain"]
    assert outcome(table, post["content_type"], post["body"].encode("latin-1")) == "Zoë van ’t Hart"


def test_text_plain_of_single_lines_is_read(table: Table) -> None:
    body = "naam=Zoë\r\nemailadres=zoe@berg.example\r\nschoolnaam=Stad & Esch\r\n"
    assert outcome(table, "text/plain", body) == "Zoë"
