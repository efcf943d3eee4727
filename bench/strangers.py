"""`make strangers`: what anybody can do from outside, and what it costs; exits with 1 if that is too much.

Each cost of an attack stands before the most that it may be. Processor and calls are of one request and all
that follows from it, without moto's own time; mails are those that the attack causes; places are those of the
stranger's people; the delay is that of a real person's page, in time and in calls of AWS.
"""

import logging
import sys
from contextlib import redirect_stdout
from io import StringIO

from bench.attack import Outcome, played
from bench.attacks import ATTACKS
from bench.growth import ROWS, Grown, aside, grow, registered
from bench.scene import Scene
from local.world import World

_HEAD = "| attack | requests | processor, ms | calls | mails | places | delay, ms | more calls | |"


def main() -> None:
    """Play every attack, or those whose function has one of the given words in its name."""
    logging.disable()
    words, red = sys.argv[1:], 0
    print(_HEAD, "|---|--:|--:|--:|--:|--:|--:|--:|---|", sep="\n")
    with World() as world:
        for attack in ATTACKS:
            if not words or any(word in attack.play.__name__ for word in words):
                with redirect_stdout(StringIO()):  # the functions write their metrics there
                    outcome = played(attack, world, is_full=True)
                print(row(outcome), flush=True)
                red += bool(outcome.red())
        if not words or "growth" in words:
            red += _grow(world)
    sys.exit(bool(red))


def _grow(world: World) -> int:
    """Print how work grows with hostile rows, and return how often it is too much."""
    red = 0
    print(
        "\n| what | hostile rows | processor, ms | calls | read, KB | |",
        "|---|--:|--:|--:|--:|---|",
        sep="\n",
    )
    for sort in (aside, registered):
        with redirect_stdout(StringIO()):
            grown = list(grow(Scene(world, is_full=True), sort, ROWS[sort]))
        for what, name, rows, meter in sorted(grown, key=lambda each: each.what):
            most = Grown(what, name, rows, meter).most
            verdict = "RED" if 1000 * meter.processor > most else "green"
            costs = f"{1000 * meter.processor:,.0f} ≤ {most:,.0f} | {meter.calls.total()}"
            print(f"| {what} | {rows:,} {name} | {costs} | {meter.read // 1000:,} | {verdict} |", flush=True)
            red += verdict == "RED"
    return red


def row(outcome: Outcome) -> str:
    """Return a row of the table."""
    costs = (f"{cost.value:.3g} ≤ {cost.most:.3g}" for cost in outcome.costs.values())
    verdict = "; ".join(outcome.red())
    cells = (outcome.attack.name, f"{outcome.requests:,}", *costs, f"RED: {verdict}" if verdict else "green")
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
