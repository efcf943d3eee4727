"""Each attack of a stranger, played a few times: counts, and no time."""

from collections.abc import Iterator

import pytest

from bench.attack import Attack, Measured, Outcome, played
from bench.attacks import ATTACKS
from bench.growth import FLAT, Row, aside, grow, registered
from bench.scene import Scene
from bench.strangers import row
from local.world import World

# One or two of each sort; the others take half a minute together.
QUICK = {
    "comings_and_goings",
    "forwarded_for",
    "guesses",
    "links_of_vera",
    "misfits",
    "other_references",
    "preflights",
    "spellings",
    "tampered_tokens",
    "teams",
}


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with World() as running:
        yield running


@pytest.mark.parametrize(
    "attack",
    [
        pytest.param(attack, id=name, marks=[] if name in QUICK else pytest.mark.slow)
        for attack in ATTACKS
        for name in [attack.play.__name__]
    ],
)
def test_an_attack_costs_no_more_than_it_may(world: World, attack: Attack) -> None:
    assert played(attack, world, is_full=False).red(timed=False) == []


def test_a_row_says_what_is_red_and_only_a_measured_run_judges_time() -> None:
    costs = {"processor": Measured(70, 60), "mails": Measured(5, 4)}
    outcome = Outcome(ATTACKS[0], 9, costs, ("Vera hears nothing",))
    assert row(outcome).endswith(
        "| 9 | 70 ≤ 60 | 5 ≤ 4 | RED: processor 70 > 60; mails 5 > 4; Vera hears nothing |"
    )
    assert outcome.red(timed=False) == ["mails 5 > 4", "Vera hears nothing"]


def steps(world: World, row: Row, sizes: tuple[int, ...]) -> dict[str, list[int]]:
    """Return how many of our functions each thing calls, with so many hostile rows."""
    counted: dict[str, list[int]] = {}
    for each in grow(Scene(world, is_full=False), row, sizes, counts_steps=True):
        counted.setdefault(each.what, []).append(each.meter.steps)
    return counted


@pytest.mark.parametrize("row", [aside, pytest.param(registered, marks=pytest.mark.slow)])
def test_a_page_and_a_mail_cost_no_more_with_many_strangers(world: World, row: Row) -> None:
    counted = steps(world, row, (0, 40))
    for what in FLAT[row.__name__]:
        without, with_many = counted[what]
        assert with_many <= without, what


@pytest.mark.slow  # half a minute
@pytest.mark.parametrize("row", [aside, registered])
def test_four_times_as_many_rows_are_far_less_than_sixteen_times_the_work(world: World, row: Row) -> None:
    for what, (without, with_some, with_many) in steps(world, row, (0, 40, 160)).items():
        assert with_many - without <= 8 * max(0, with_some - without), what
