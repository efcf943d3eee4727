"""What `make bench` makes of its figures: verdicts, money and a page; nothing is measured here."""

import tomllib
from dataclasses import dataclass

import pytest

from bench import bars, document, money
from bench.bars import Bar, BarOutcome, JudgedBar
from bench.document import Run
from bench.table import BenchTable, size
from shared.aws.wire import to_wire

BAR = Bar("a post", "cold, submit", 1.0, "×", "cold, plain")


@dataclass
class Case:
    value: float | None
    most: float
    outcome: BarOutcome
    margin: str


@pytest.mark.parametrize(
    "case",
    [
        Case(0.9, 1.0, BarOutcome.MET, "10% below"),
        Case(1.0, 1.0, BarOutcome.MET, "exactly"),
        Case(1.2, 1.0, BarOutcome.MISSED, "20% over"),
        Case(4.5, 1.5, BarOutcome.MISSED, "3.0 times the bar"),
        Case(0, 0, BarOutcome.MET, "exactly"),
        Case(2, 0, BarOutcome.MISSED, "2 too many"),
        Case(None, 1.0, BarOutcome.UNMEASURED, ""),
    ],
    ids=str,
)
def test_a_bar_says_by_how_much_it_is_met(case: Case) -> None:
    each = JudgedBar(BAR._replace(most=case.most), case.value)
    assert (each.outcome, each.margin) == (case.outcome, case.margin)


def test_a_bar_divides_its_figure() -> None:
    (each,) = bars.judged([BAR], {"cold, submit": 300, "cold, plain": 200})
    assert each.value == 1.5
    (each,) = bars.judged([BAR], {"cold, submit": 300})
    assert each.value is None


def test_each_bar_of_the_file_is_there_once() -> None:
    read = bars.read_bars(bars.PATH.read_text())
    assert len({bar.what for bar in read}) == len(read) > 30


FIGURES = {
    "WRU, submit": 1,
    "warm processor, submit": 3,
    "calls, submit": 1,
    "log bytes, submit": 200,
    "mail processor, a batch of 1 at 1,000": 30,
    "mail calls, a batch of 1 at 1,000": 10,
    "mail invocations, a batch of 1 at 1,000": 2,
    "mail RRU, a batch of 1 at 1,000": 10,
    "mail WRU, a batch of 1 at 1,000": 5,
    "sweep processor": 1000,
    "sweep calls": 10,
    "sweep RRU": 100,
    "sweep WRU": 0,
}


def test_a_million_posts_cost_what_the_prices_say() -> None:
    toml = money.PATH.read_text()
    costs = money.Money(toml).costs(FIGURES)
    prices = tomllib.loads(toml)["prices"]
    # A request, an invocation, a write and 200 bytes of log; then three milliseconds and one wait.
    fixed = prices["http_api_request"] + prices["lambda_request"] + prices["write_unit"]
    assert costs["$ a million posts, submit"] == pytest.approx(
        1e6 * (fixed + 200 * prices["log_byte"] + 0.00768 * prices["lambda_gb_second"]), rel=1e-3
    )
    follows = [each for name, each in costs.items() if "what follows" in name]
    assert costs["$ a million posts, all in"] == pytest.approx(
        costs["$ a million posts, submit"] + sum(follows)
    )
    assert costs["$ an idle month"] == pytest.approx(0.118, rel=0.1)
    assert money.Money(toml).costs({}) == {}


RUN = Run("2026-11-27", "Linux x86_64", {"Python": "3.13"}, {"zip, submit": 7.1166}, {"posts": "no Python"})


def test_the_page_has_every_bar_and_figure_and_what_was_skipped() -> None:
    text = document.page(RUN, [JudgedBar(BAR, 1.5)])
    assert "| a post | 1.5 × | ≤ 1 × | not met, 50% over |" in text
    assert "| zip, submit | 7.117 |" in text
    assert "Skipped: posts (no Python)." in text


def test_the_headline_takes_the_place_of_the_last_one() -> None:
    line = document.headline([JudgedBar(BAR, 0.5), JudgedBar(BAR, None)])
    assert line.startswith("1 of 1 bars are met. a post: 0.5 ×")
    readme = f"before\n{document.START}\nold\n{document.END}\nafter"
    assert document.with_headline(readme, line) == readme.replace("old", line)


ITEM = to_wire({"pk": "P", "sk": "é", "list": ["ab", 12], "map": {"k": True}})


def test_the_stand_in_counts_as_dynamodb_does() -> None:
    assert size(ITEM) == (2 + 1) + (2 + 2) + (4 + 3 + 3 + 4) + (3 + 3 + 1 + 1 + 1)
    table = BenchTable([to_wire({"pk": "P", "sk": f"{n:03}", "text": "x" * 9000}) for n in range(200)])
    query = {"ExpressionAttributeValues": to_wire({":pk": "P", ":sk": "1"}), "ConsistentRead": True}
    first = table.answer("Query", query)
    assert len(first["Items"]) == 100
    assert table.costs.read == 221  # 100 items of 9,015 bytes, in units of 4 KB
    table.answer("PutItem", {"Item": to_wire({"pk": "P", "sk": "new", "text": "x" * 1024})})
    assert table.costs.written == 2


def test_the_stand_in_reads_on_where_a_page_ended() -> None:
    table = BenchTable([to_wire({"pk": "P", "sk": f"{n:03}", "text": "x" * 9000}) for n in range(200)])
    query = {"ExpressionAttributeValues": to_wire({":pk": "P"})}
    first = table.answer("Query", query)
    rest = table.answer("Query", query | {"ExclusiveStartKey": first["LastEvaluatedKey"]})
    assert len(first["Items"]) + len(rest["Items"]) == 200
    assert "LastEvaluatedKey" not in rest


def test_the_stand_in_adds_and_sets() -> None:
    table = BenchTable()
    update = {
        "Key": to_wire({"pk": "P", "sk": "s"}),
        "UpdateExpression": "ADD n :one SET #e = :e, v = :v",
        "ExpressionAttributeNames": {"#e": "expires"},
        "ExpressionAttributeValues": to_wire({":one": 1, ":e": 7, ":v": 1}),
    }
    table.answer("UpdateItem", update)
    changed = table.answer("UpdateItem", update)["Attributes"]
    assert changed == to_wire({"pk": "P", "sk": "s", "n": 2, "expires": 7, "v": 1})
