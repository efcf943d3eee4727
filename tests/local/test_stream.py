from collections.abc import Callable
from typing import Any

import pytest

from local.patterns import matches
from local.runtime import InvocationError
from local.stream import Record, deliver
from local.template import StreamMapping


def mapping(**others: Any) -> StreamMapping:
    defaults: dict[str, Any] = {
        "batch_size": 10,
        "retries": 2,
        "bisect": True,
        "partial": True,
        "patterns": (),
    }
    return StreamMapping(function="Mail", **(defaults | others))


def records(*names: str) -> list[Record]:
    return [{"name": n, "dynamodb": {"SequenceNumber": str(100 + i)}} for i, n in enumerate(names)]


def names(batch: list[Record]) -> str:
    return " ".join(record["name"] for record in batch)


class Function:
    """A function that fails on some records, and keeps a list of its calls."""

    def __init__(self, fails: Callable[[Record], bool] = lambda _: False, raises: bool = False) -> None:
        self.fails, self.raises = fails, raises
        self.calls: list[str] = []

    def __call__(self, batch: list[Record]) -> Any:
        self.calls.append(names(batch))
        failed = [{"itemIdentifier": r["dynamodb"]["SequenceNumber"]} for r in batch if self.fails(r)]
        if failed and self.raises:
            raise InvocationError("RuntimeError")
        return {"batchItemFailures": failed}


def bad(record: Record) -> bool:
    return str(record["name"]) == "bad"


def test_records_come_in_order_and_in_batches() -> None:
    function = Function()
    assert deliver(records("a", "b", "c"), mapping(batch_size=2), function) == []
    assert function.calls == ["a b", "c"]


def test_a_failed_record_is_retried_with_the_records_after_it() -> None:
    once = Function()
    once.fails = lambda record: bad(record) and len(once.calls) == 1
    assert deliver(records("a", "bad", "c"), mapping(), once) == []
    assert once.calls == ["a bad c", "bad c"]


def test_only_a_bad_record_is_given_up_after_the_last_retry() -> None:
    function = Function(bad)
    assert names(deliver(records("a", "bad", "c", "d"), mapping(), function)) == "bad"
    assert function.calls == ["a bad c d", "bad c d", "bad", "bad", "c d"]


def test_an_error_halves_the_batch_until_the_bad_record_is_alone() -> None:
    function = Function(bad, raises=True)
    assert names(deliver(records("a", "b", "bad", "d"), mapping(retries=1), function)) == "bad"
    assert function.calls == ["a b bad d", "a b", "bad d", "bad", "bad", "d"]


def test_without_bisection_the_whole_batch_is_tried_again_and_given_up() -> None:
    function = Function(bad, raises=True)
    left = deliver(records("a", "bad", "c"), mapping(bisect=False, retries=2), function)
    assert (names(left), function.calls) == ("a bad c", ["a bad c"] * 3)


def test_a_batch_after_one_that_was_given_up_is_still_delivered() -> None:
    function = Function(bad)
    deliver(records("bad", "b"), mapping(batch_size=1, retries=0), function)
    assert function.calls == ["bad", "b"]


def test_reported_failures_count_only_where_the_mapping_asks_for_them() -> None:
    function = Function(bad)
    assert deliver(records("a", "bad"), mapping(partial=False), function) == []
    assert function.calls == ["a bad"]


def test_a_report_that_names_no_record_fails_the_whole_batch() -> None:
    left = deliver(
        records("a"), mapping(retries=0), lambda _: {"batchItemFailures": [{"itemIdentifier": ""}]}
    )
    assert names(left) == "a"


def test_an_empty_answer_is_success() -> None:
    assert deliver(records("a"), mapping(), lambda _: None) == []


def test_records_that_fit_no_pattern_are_never_handed_over() -> None:
    function = Function()
    deliver(records("a", "bad", "c"), mapping(patterns=({"name": [{"anything-but": ["bad"]}]},)), function)
    assert function.calls == ["a c"]


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        ({"eventName": ["INSERT"]}, True),
        ({"eventName": ["REMOVE"]}, False),
        ({"eventName": ["REMOVE", "INSERT"]}, True),
        ({"dynamodb": {"Keys": {"pk": {"S": [{"prefix": "REG#"}]}}}}, True),
        ({"dynamodb": {"Keys": {"pk": {"S": [{"prefix": "MAIL#"}]}}}}, False),
        ({"dynamodb": {"Keys": {"pk": {"S": [{"suffix": "2023"}]}}}}, True),
        ({"dynamodb": {"OldImage": [{"exists": False}]}}, True),
        ({"dynamodb": {"Keys": {"nothing": {"S": [{"prefix": "R"}]}}}}, False),
        ({"eventName": ["INSERT"], "dynamodb": {"Keys": {"pk": {"S": ["x"]}}}}, False),
    ],
)
def test_a_pattern_fits_or_does_not(pattern: Any, fits: bool) -> None:
    record = {"eventName": "INSERT", "dynamodb": {"Keys": {"pk": {"S": "REG#plg-2023"}}}}
    assert matches(pattern, record) is fits


def test_a_rule_that_is_not_supported_is_an_error() -> None:
    with pytest.raises(ValueError, match="numeric"):
        matches({"size": [{"numeric": [">", 1]}]}, {"size": 2})
