"""Posts to cold and warm functions over TLS, ours and the peers' in turn, so that a busy machine is fair."""

import random
import statistics
from collections import defaultdict
from collections.abc import Iterator

from bench.function import ITEMS, RunningFunction, ours, post
from bench.packing import peers
from bench.starts import Case
from bench.table import BenchTable, Costs

ROUNDS, WARM = 12, 100
_QUICK_ROUNDS, _QUICK_WARM = 1, 5
Figures = dict[str, float]


def posts(is_quick: bool) -> Iterator[tuple[str, float]]:
    """Yield the median of each figure, and of its ratio to the plainest function in the same round."""
    every = peers() | {"submit": ours("submit")}
    rounds: defaultdict[str, list[Figures]] = defaultdict(list)
    dice = random.Random(1)  # noqa: S311 an order, no secret # nosec B311
    for _ in range(_QUICK_ROUNDS if is_quick else ROUNDS):
        for name in dice.sample(list(every), len(every)):
            rounds[name].append(_play(every[name], _QUICK_WARM if is_quick else WARM))
    for name, played in rounds.items():
        for figure in played[0]:
            yield f"{figure}, {name}", statistics.median(each[figure] for each in played)
    for figure in ("cold", "cold processor", "warm processor"):
        for peer in ("plain", "typical"):
            pairs = zip(rounds["submit"], rounds[peer], strict=True)
            ratio = statistics.median(own[figure] / theirs[figure] for own, theirs in pairs)
            yield f"{figure}, submit / {peer}", ratio


def _play(case: Case, times: int) -> Figures:
    """Start a function, post once, and then many times; return milliseconds, MiB, and costs for one post."""
    table = BenchTable(ITEMS)
    with RunningFunction(*case, table, tls=True) as function:
        started, worked = function.seconds, function.processor
        if function.invoke(post(0))["statusCode"] not in (200, 201):
            raise SystemExit(f"{case[1]} refuses a post")
        cold, worked = started + function.seconds, worked + function.processor
        warm, logged = list[float](), function.log_bytes
        table.costs = Costs()
        for number in range(1, times + 1):
            function.invoke(post(number))
            warm.append(function.processor)
        return {
            "cold": 1000 * cold,
            "cold processor": 1000 * worked,
            "warm processor": 1000 * statistics.mean(warm),
            "memory": function.memory,
            "calls": table.costs.calls.total() / times,
            "WRU": table.costs.written / times,
            "log bytes": (function.log_bytes - logged) / times,
        }
