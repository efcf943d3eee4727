"""Every decoder reads what it is given or refuses it in its own words; nothing else ever comes out."""

import json
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.delivery import handler as delivery
from shared.access.bearer import Bearer
from shared.access.links import Links
from shared.aws.table import Table
from shared.domain.form.answers import TooManyAnswersError
from shared.domain.form.submission import InvalidError, check
from shared.domain.network.network import NetworkError, read_network
from shared.domain.schools.matching import RegisterError, read_register
from shared.request import posted_fields, read_request
from tests.conftest import PLG
from tests.drafts import json_draft
from tests.people import AT

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
NAMES = st.sampled_from(
    ["naam", "email", "school", "participants", "collega_naam", "e-mail[]", "website", ""]
)
DOCUMENTS = st.dictionaries(NAMES | st.text(max_size=12), JSON, max_size=12)


@given(DOCUMENTS)
def test_any_document_is_a_submission_or_every_mistake_in_it(document: object) -> None:
    with suppress(InvalidError, TooManyAnswersError):
        assert check(json_draft(document)).name


TYPES = st.sampled_from(
    ["application/x-www-form-urlencoded", "Application/X-WWW-Form-Urlencoded;charset=x", ""]
)


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda b: b.decode("latin-1")), TYPES, st.booleans())
def test_any_post_of_our_own_forms_is_fields_or_nothing(body: str, content_type: str, encoded: bool) -> None:
    event = {
        "requestContext": {"domainName": "x", "http": {"method": "POST"}, "requestId": "x", "timeEpoch": 0},
        "headers": {"Content-Type": content_type},
        "body": body,
        "isBase64Encoded": encoded,
    }
    assert all(isinstance(value, str) for value in posted_fields(read_request(event)).values())


CONTEXT: dict[str, Any] = {
    "domainName": "x",
    "http": {"method": "GET"},
    "requestId": "x",
    "timeEpoch": 1681509599999,
}


@given(
    st.none() | st.dictionaries(st.sampled_from(["accept", "Content-Type", "origin"]), st.text(max_size=30)),
    st.none() | st.lists(st.text(max_size=20), max_size=4),
    st.none() | st.dictionaries(st.text(max_size=5), st.text(max_size=5)),
)
def test_an_event_may_lack_or_join_anything(headers: Any, cookies: Any, query: Any) -> None:
    request = read_request(
        {
            "requestContext": CONTEXT,
            "headers": headers,
            "cookies": cookies,
            "queryStringParameters": query,
            "body": None,
        }
    )
    assert request.body == ""
    assert not (request.is_from_another_site and request.is_from_our_page)


LINKS = Links(["old", "new"])
SESSION = LINKS.session(Bearer("plg-2023", "x"), AT)


@given(st.text(max_size=80) | st.text("abc.-_0", min_size=1, max_size=9).map(lambda more: more + SESSION))
def test_a_token_that_we_did_not_sign_opens_nothing(token: str) -> None:
    for read in (LINKS.read_me, LINKS.read_forward, LINKS.read_organiser, LINKS.read_session):
        assert read(token, AT) is None
    assert not LINKS.is_form(SESSION, token)


TOML = PLG.read_text()
LINES = TOML.splitlines()
VALUES = st.sampled_from(
    [
        '""',
        '"Europe"',
        f'"{"a" * 300}"',
        "9999-12-31",
        "0001-01-01",
        "1e400",
        "9" * 5000,
        "[" * 2000,
        "{}",
        "nan",
    ]
) | JSON.map(lambda value: json.dumps(value))


@given(st.integers(0, len(LINES) - 1), VALUES)
def test_a_network_file_with_anything_in_it_is_read_or_refused_by_key(line: int, value: str) -> None:
    changed = [*LINES]
    changed[line] = f"{changed[line].partition('=')[0]}= {value}"
    with suppress(NetworkError):
        network = read_network("\n".join(changed), "networks/x.toml")
        assert network.opens_at < network.closes_at < network.forgotten_at


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('"Europe/Amsterdam"', '"Europe"', "time_zone"),
        ("2023-04-14", "9999-12-31", "year"),
        ("2023-02-01", "0001-01-01T00:00:00+10:00", "year"),
        ("2023-11-21", "9999-12-31", "year"),
        ("keep_months = 3", "keep_months = " + "9" * 5000, "not valid TOML"),
        ("keep_months = 3", "x = " + "[" * 5000, "not valid TOML"),
    ],
)
def test_a_value_that_nobody_can_mean_is_named(old: str, new: str, key: str) -> None:
    with pytest.raises(NetworkError, match=key):
        read_network(TOML.replace(old, new), "networks/x.toml")


HEAD = b"VESTIGINGSCODE;VESTIGINGSNAAM;PLAATSNAAM;INTERNETADRES\n"


@given(st.binary(max_size=200), st.booleans())
def test_a_file_of_schools_is_read_or_refused(raw: bytes, with_head: bool) -> None:
    with suppress(RegisterError):
        assert len(read_register(HEAD + raw if with_head else raw)) > 0


def test_a_cell_without_end_is_refused_with_its_line() -> None:
    with pytest.raises(RegisterError, match="is not CSV"):
        read_register(HEAD + b'00AA00;"' + b"x" * 200_000)


@pytest.fixture
def deliver(table: Table, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("TABLE", "tweetal")
    delivery.services.cache_clear()
    return lambda *messages: delivery.handler({"Records": [{"Sns": {"Message": s}} for s in messages]}, None)


ODD = [
    "Successfully validated SNS topic for Amazon SES event publishing.",
    "",
    "[]",
    "null",
    "{}",
    '{"eventType": "Send"}',
    '{"eventType": "Send", "mail": null}',
    '{"eventType": "Send", "mail": {"tags": {"mail": [], "network": ["x"]}}}',
    '{"eventType": "Bounce", "bounce": [], "mail": {"tags": {"mail": ["x"], "network": ["x"]}}}',
    '{"eventType": "Open", "mail": {"tags": {"mail": ["x"], "network": ["x"]}}}',
    '{"eventType": [], "mail": {"tags": {"mail": ["x"], "network": ["x"]}}}',
    '{"eventType": "Send", "mail": {"tags": {"mail": ["x"], "network": ["nobody"]}}}',
    "[" * 100_000,
]


def test_what_ses_tells_that_is_about_no_mail_of_ours_is_counted(deliver: Any) -> None:
    assert deliver(*ODD) == {"kept": 0, "ignored": len(ODD)}


def test_dates_of_this_century_are_all_right() -> None:
    moved = TOML.replace("2023-", "2100-")
    assert read_network(moved, "x").deadline_day == date(2100, 4, 14)
