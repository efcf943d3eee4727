import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from functions.challenge import handler as challenging
from shared.aws.table import Table
from shared.domain.network.network import Network
from tests.functions.submit.posts import OPEN, SITE, event


@pytest.fixture(autouse=True)
def fresh(table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TABLE", "tweetal")
    monkeypatch.setenv("LINK_SECRET", "links")
    boto3.client("secretsmanager").create_secret(Name="links", SecretString="key")
    challenging.services.cache_clear()
    yield
    challenging.services.cache_clear()


def ask(method: str = "GET", **others: Any) -> dict[str, Any]:
    return challenging.handler(event(content_type=None, method=method, at=OPEN, **others), None)


def test_a_page_of_a_listed_site_gets_a_challenge_that_differs_each_time() -> None:
    first, second = ask(origin=SITE), ask(origin=SITE, request_id="request-2")
    assert first["headers"]["access-control-allow-origin"] == SITE
    assert first["headers"]["cache-control"] == "no-store"
    said = json.loads(first["body"])
    assert said["algorithm"] == "SHA-256"
    assert said["challenge"] != json.loads(second["body"])["challenge"]


def test_a_page_of_another_site_gets_none() -> None:
    assert ask(origin="https://evil.example")["statusCode"] == 403


def test_a_network_that_nobody_knows_has_none() -> None:
    assert ask(network="nergens")["statusCode"] == 404


def test_a_browser_may_ask_whether_it_may() -> None:
    answer = ask("OPTIONS", origin=SITE)
    assert (answer["statusCode"], answer["headers"]["access-control-allow-methods"]) == (204, "GET")


def test_a_table_that_fails_is_said_so_and_nobody_has_to_wait_for_it(table: Table) -> None:
    boto3.client("dynamodb").delete_table(TableName="tweetal")
    answer = ask()
    assert (answer["statusCode"], answer["headers"]["retry-after"]) == (503, "60")
