"""Everybody through one address: a web site's own server posts what people fill in there."""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlencode

import boto3
import pytest

from functions.submit import handler as submit
from functions.submit.services import services as submit_services
from shared.access.form_secret import form_secrets
from shared.access.links import Links
from shared.aws.post_counter import PostCounter
from shared.aws.store import Store
from shared.aws.table import Table
from shared.domain.form.client_bucket import client_bucket
from shared.domain.network.network import Network
from tests.functions.submit.posts import JAN, OPEN, URLENCODED, event
from tests.judging import judge_all

SERVER = "1.2.3.4"
CROWD = 300


@pytest.fixture(autouse=True)
def fresh(table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TABLE", "tweetal")
    monkeypatch.setenv("LINK_SECRET", "links")
    boto3.client("secretsmanager").create_secret(Name="links", SecretString="key")
    submit_services.cache_clear()
    yield
    submit_services.cache_clear()


def statuses(table: Table, number: int, first: int = 0, secret: str = "") -> Counter[int]:
    """Have the server post for so many visitors within an hour; return how often it got which status."""
    headers = {"x-tweetal-secret": secret} if secret else {}
    people = (urlencode(JAN | {"email": f"p{i}@berg.example"}) for i in range(first, first + number))
    events = (
        event(body.encode(), URLENCODED, request_id=body, visitor=SERVER, accept="*/*") for body in people
    )
    sent = (each | {"headers": each["headers"] | headers} for each in events)
    answers = Counter(submit.handler(each, None)["statusCode"] for each in sent)
    judge_all(table)
    return answers


def states(table: Table) -> Counter[str]:
    return Counter(r.state.value for r in table.registrations("plg-2023"))


def test_a_server_that_proves_to_be_the_networks_registers_all_its_visitors(
    table: Table, plg: Network
) -> None:
    secret = form_secrets(Links(["key"]), plg.id, plg.form.secret_version)[-1]
    assert statuses(table, CROWD, secret=secret) == {200: CROWD}
    assert states(table) == {"registered": CROWD}


def test_of_a_server_without_the_secret_sixty_are_registered_and_nobody_is_lost(table: Table) -> None:
    assert statuses(table, CROWD) == {200: CROWD}
    assert states(table) == {"registered": 60, "quarantined": CROWD - 60}


def test_nothing_is_refused_up_to_a_thousand_people_an_hour(table: Table, plg: Network) -> None:
    bucket = client_bucket(SERVER, plg.id, OPEN)
    assert bucket
    PostCounter(Store("tweetal")).count(plg.id, bucket, OPEN, 985)
    assert statuses(table, 15) == {200: 15}
    assert states(table) == {"quarantined": 15}
    assert statuses(table, 2, first=15) == {429: 2}
    assert states(table) == {"quarantined": 15}
