import json
from collections.abc import Iterator
from typing import Any

import pytest

from functions.schools import handler as suggesting
from shared.aws.table import Table
from shared.domain.network.network import Network
from tests.people import AT
from tests.shared.domain.schools.matching.sample import register

SITE = "https://www.voortgezetleren.nl"


@pytest.fixture
def kept(table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch) -> Iterator[Table]:
    monkeypatch.setenv("TABLE", "tweetal")
    suggesting.services.cache_clear()
    table.save_register(register(), AT)
    yield table
    suggesting.services.cache_clear()


def ask(q: str | None, method: str = "GET", **headers: str) -> dict[str, Any]:
    context = {
        "http": {"method": method}, "domainName": "tweetal.example", "requestId": "1",
        "timeEpoch": int(AT.timestamp() * 1000),
    }  # fmt: skip
    query = {} if q is None else {"queryStringParameters": {"q": q}}
    return suggesting.handler({"requestContext": context, "headers": headers, **query}, None)


def names(q: str | None) -> list[str]:
    return [f"{found['name']}, {found['place']}" for found in json.loads(ask(q)["body"])]


@pytest.mark.parametrize(
    "q", ["vitusco", "vituscolege", "Vitus College Bussum", "bussum vitusco", "St. Vitus", "90ah00", "90AH"]
)
def test_a_school_is_found_by_name_place_and_brin_also_with_an_error(kept: Table, q: str) -> None:
    assert names(q)[0] == "St Vituscollege, Bussum"


def test_a_suggestion_is_what_the_form_needs(kept: Table) -> None:
    assert json.loads(ask("visser hooft")["body"]) == [
        {"brin": "90AN", "vestiging": "00", "name": "Visser 't Hooft Lyceum", "place": "Leiden"}
    ]


def test_an_everyday_name_of_a_place_is_fine(kept: Table) -> None:
    assert names("maerlant den haag") == ["Maerlant Lyceum met Afdeling Havo, 's-Gravenhage"]


def test_at_most_ten_are_suggested(kept: Table) -> None:
    assert len(names("college")) == 10


@pytest.mark.parametrize("q", [None, "", " ", "v", "!", "xyzzyx"])
def test_nothing_is_suggested_for_too_little_or_what_no_school_has(kept: Table, q: str | None) -> None:
    answer = ask(q)
    assert (answer["statusCode"], json.loads(answer["body"])) == (200, [])


def test_whatever_is_pasted_is_answered(kept: Table) -> None:
    assert ask("lyceum \x00 " * 10_000)["statusCode"] == 200


def test_an_answer_may_be_kept_for_an_hour(kept: Table) -> None:
    assert ask("vitus")["headers"]["cache-control"] == "public, max-age=3600"


def test_a_script_on_a_listed_site_may_read_it_and_on_another_may_not(kept: Table) -> None:
    listed, foreign = ask("vitus", origin=SITE), ask("vitus", origin="https://evil.example")
    assert listed["headers"]["access-control-allow-origin"] == SITE
    assert (foreign["statusCode"], foreign["headers"]["vary"]) == (403, "origin")
    assert "access-control-allow-origin" not in foreign["headers"]
    assert foreign["headers"]["cache-control"] == "no-store"


def test_a_preflight_is_answered(kept: Table) -> None:
    answer = ask(None, "OPTIONS", origin=SITE)
    assert answer["statusCode"] == 204
    assert answer["headers"]["access-control-allow-methods"] == "GET"


def test_without_a_register_nothing_is_suggested(
    table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TABLE", "tweetal")
    suggesting.services.cache_clear()
    assert names("vitus") == []
    suggesting.services.cache_clear()


def test_a_table_that_fails_is_our_fault(kept: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TABLE", "nowhere")
    suggesting.services.cache_clear()
    answer = ask("vitus")
    assert (answer["statusCode"], answer["headers"]["retry-after"]) == (503, "60")
