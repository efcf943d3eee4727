"""`python -m tests.faults` plays the fault grid on the real functions, and prints what it shows."""

import argparse
import os
import sys
from collections.abc import Iterable

from rich.console import Console

from tests.faults.grid import Grid, Outcome, Run
from tests.faults.play import play
from tests.faults.tally import Tally, lines_of


def only(text: str) -> Iterable[Outcome]:
    """Play one run, as a failure prints it."""
    with Grid() as grid:
        outcome = grid.play(Run.read(text))
    return [outcome]


def main() -> None:
    """Read the command line, play, and print; fail where a promise was broken."""
    parser = argparse.ArgumentParser(prog="make faults", description=__doc__)
    parser.add_argument("--number", type=int, default=2400, help="how many runs; 0 is all there are")
    parser.add_argument("--seed", type=int, default=1, help="which runs are drawn, and which pairs")
    parser.add_argument("--only", default="", help="one run, as a failure prints it")
    options = parser.parse_args()
    processes = min(2, os.cpu_count() or 1)
    screen = Console(stderr=True)
    runs = only(options.only) if options.only else play(options.number, options.seed, processes, screen)
    outcomes: list[Outcome] = []
    for outcome in runs:
        outcomes.append(outcome)
        for line in lines_of([outcome]):
            screen.print(line, soft_wrap=True)
    tally, out = Tally(tuple(outcomes)), Console(width=None if sys.stdout.isatty() else 110)
    out.print(tally.rows())
    out.print(tally.sentence(), soft_wrap=True)
    sys.exit(bool(tally.broken))


if __name__ == "__main__":
    main()
