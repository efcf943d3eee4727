"""A table that answers slowly: the visitor hears of it from us, before Lambda cuts the function off."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError

from functions.submit import handler as submit
from functions.submit.services import services as submit_services
from shared.aws import patience as asking
from shared.aws.table import Table
from shared.domain.network.network import Network
from tests.engines import Engine, Send
from tests.faults.answers import operation as operation_of
from tests.functions.submit.posts import form_post, json_post

TIMEOUT = 15_000  # milliseconds, of the template
SLOWEST = 1000 * (asking.CONNECT + asking.READ)


class Clock:
    """Lambda's context, whose time passes when a table is slow."""

    def __init__(self, left: int = TIMEOUT) -> None:
        self.left = left

    def get_remaining_time_in_millis(self) -> int:
        return self.left


@pytest.fixture(autouse=True)
def fresh(table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TABLE", "tweetal")
    monkeypatch.setenv("LINK_SECRET", "links")
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)
    submit_services.cache_clear()
    yield
    submit_services.cache_clear()


def slow(monkeypatch: pytest.MonkeyPatch, clock: Clock, operation: str, often: int = 99) -> list[str]:
    """Have answers to one operation not come within the time that we wait; return all that was asked."""
    asked: list[str] = []

    def hang(send: Send, request: Any) -> Any:
        asked.append(operation_of(request))
        if asked[-1] != operation or asked.count(operation) > often:
            return send(request)
        clock.left -= SLOWEST
        raise ReadTimeoutError(endpoint_url=request.url)

    Engine().around(monkeypatch, hang)
    return asked


def test_no_question_is_put_whose_answer_may_come_when_the_function_is_cut_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = Clock(TIMEOUT - 7000)  # what came before was slow too
    asked = slow(monkeypatch, clock, "Query")
    answer = submit.handler(json_post(), clock)
    assert (answer["statusCode"], answer["headers"]["retry-after"]) == (503, "60")
    assert asked == ["Query", "Query"]
    assert clock.left >= 1000


def test_what_was_typed_is_kept_on_a_page_when_the_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(asking.ENOUGH)
    asked = slow(monkeypatch, clock, "PutItem")
    answer = submit.handler(form_post(), clock)
    assert (answer["statusCode"], answer["headers"]["retry-after"]) == (503, "60")
    assert 'value="Jan de Vries"' in answer["body"]
    assert asked == ["Query", "PutItem"]


def test_a_table_that_is_slow_twice_costs_no_registration(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    asked = slow(monkeypatch, clock, "PutItem", often=2)
    assert submit.handler(json_post(), clock)["statusCode"] == 201
    assert asked == ["Query", *["PutItem"] * asking.TRIES]


def test_the_time_of_one_invocation_is_not_that_of_the_next(table: Table) -> None:
    assert submit.handler(json_post(), Clock(asking.ENOUGH - 1))["statusCode"] == 503
    assert json.loads(submit.handler(json_post(), Clock())["body"])["status"] == "registered"
    assert submit.handler(json_post(), None)["statusCode"] == 201
