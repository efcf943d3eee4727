from bench.memory import SIZES, curves
from bench.money import PATH, Money

MONEY = Money(PATH.read_text())


def test_with_twice_the_memory_work_takes_half_the_time_for_the_same_money() -> None:
    (small, its_price), (large, price) = (MONEY.at_memory(100, 0, size) for size in (512, 1024))
    assert round(small / large, 9) == 2
    assert round(its_price, 9) == round(price, 9)


def test_a_wait_for_aws_takes_as_long_and_costs_more_with_more_memory() -> None:
    (small, its_price), (large, price) = (MONEY.at_memory(0, 10, size) for size in (512, 1024))
    assert small == large
    assert its_price < price


def test_only_what_was_measured_has_a_curve() -> None:
    assert list(curves({}, MONEY)) == []
    (row,) = curves({"cold processor, submit": 225.0, "calls, submit": 1.0}, MONEY)
    assert row[0] == "a cold post"
    assert len(row) == 1 + len(SIZES)
