"""Plays many seasons, after those that ever broke; or one: `python -m tests.seasons 1 --seed 7`."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from functools import partial
from multiprocessing import get_context

from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tests.seasons.play import Outcome, play, played
from tests.seasons.script import kept, season
from tests.seasons.shrink import shrunk
from tests.seasons.story import story

_CONSOLE = Console(highlight=False, soft_wrap=True)


def main() -> int:
    """Play the seasons that are asked for; 1 where one of them broke."""
    options = _options()
    first = () if options.count == 1 else kept()
    broken = _all(
        [*first, *range(options.seed, options.seed + options.count)], options.processes, options.read
    )
    for seed, outcome in sorted(broken.items())[: options.shrink]:
        _tells(seed, outcome)
    return bool(broken)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.seasons", description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=1, help="how many seasons")
    parser.add_argument("--seed", type=int, default=1, help="the seed of the first")
    yes_or_no = argparse.BooleanOptionalAction
    parser.add_argument("--read", action=yes_or_no, default=True, help="judge each claim in mails and pages")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--shrink", type=int, default=1, help="of how many that break the story is told")
    return parser.parse_args()


def _all(seeds: Iterable[int], processes: int, reads: bool) -> dict[int, Outcome]:
    """Play every season, and say at the end what was seen."""
    broken: dict[int, Outcome] = {}
    total, faults = Counter[str](), Counter[str]()
    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
    with (
        Progress(*columns, TextColumn("{task.fields[state]}"), console=_CONSOLE) as bar,
        get_context("spawn").Pool(processes) as pool,
    ):
        all_seeds = list(seeds)
        task = bar.add_task("seasons", total=len(all_seeds), state="")
        for seed, outcome in zip(all_seeds, pool.imap(partial(played, reads=reads), all_seeds), strict=True):
            faults += outcome.faults
            total += Counter(seasons=1, acts=outcome.acts, mails=outcome.mails, people=outcome.people)
            total.update(outcome.read)
            if outcome.broken:
                broken[seed] = outcome
                bar.console.print(f"season {seed} broke: {outcome.broken}")
            if not _CONSOLE.is_terminal and total["seasons"] % 25 == 0:
                print(_sum(total, faults, len(broken)), flush=True)
            bar.update(task, advance=1, state=f"{len(broken)} broke")
    _CONSOLE.print(_sum(total, faults, len(broken)))
    return broken


def _sum(total: Counter[str], faults: Counter[str], broken: int) -> str:
    return (
        f"{total['seasons']} seasons: {total['people']:,} people, {total['acts']:,} acts, "
        f"{total['mails']:,} mails, {total['claims']:,} claims, "
        f"{faults.total():,} faults of {len(faults)} kinds; {broken} broke"
    )


def _tells(seed: int, outcome: Outcome) -> None:
    """Shrink a season that broke, and tell its story."""
    whole = season(seed)
    with _CONSOLE.status(f"season {seed} is made smaller") as status:
        small = shrunk(whole, outcome.broken, lambda left: status.update(f"season {seed}: {left} acts"))
    _CONSOLE.print(f"\nSeason {seed}, {len(small.acts)} of its {len(whole.acts)} acts:\n")
    for line in story(small):
        _CONSOLE.print(f"  {line}", markup=False)
    _CONSOLE.print(f"\n{play(small, reads=True).broken}\n\nAgain: make seasons N=1 SEED={seed}", markup=False)


if __name__ == "__main__":
    sys.exit(main())
