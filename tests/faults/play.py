"""Plays the grid: as many runs as asked, on both processors, drawn by a seed."""

import gc
from collections.abc import Iterator
from multiprocessing import get_context
from random import Random

from rich.console import Console
from rich.progress import track

from tests.faults.grid import Grid, Outcome, Run
from tests.faults.plan import calls, drawn, pairs, singles

_PAIRS = 4  # one run in so many is of two faults
_GRIDS: list[Grid] = []  # of this process, which plays runs one by one


def _start() -> None:
    _GRIDS.append(Grid().__enter__())
    gc.freeze()  # what is there stays there; looking at it again and again takes a tenth of the time


def _play(run: Run) -> Outcome:
    return _GRIDS[0].play(run)


def play(number: int, seed: int, processes: int, screen: Console) -> Iterator[Outcome]:
    """Play so many runs as a seed draws them: single faults, and then pairs; all singles when it is 0."""
    chance = Random(seed)  # noqa: S311 not for secrets
    with Grid() as grid:
        all_singles = singles(calls(grid))
    number = number or len(all_singles) * _PAIRS // (_PAIRS - 1)
    first = drawn(all_singles, number - number // _PAIRS, chance)
    with get_context("spawn").Pool(processes, _start) as pool:

        def all_of(runs: list[Run], what: str) -> Iterator[Outcome]:
            outcomes = pool.imap(_play, runs, chunksize=4)
            yield from track(outcomes, what, len(runs), console=screen, disable=not screen.is_terminal)

        single = []
        for outcome in all_of(first, "single faults"):
            single.append(outcome)
            yield outcome
        yield from all_of(list(pairs(single, number // _PAIRS, chance)), "pairs of faults")
