"""Visitors of a function, as Lambda is documented to serve them: who meets a cold start, and a crowd at once.

Nothing runs here: how long environments stay, how fast they come and what AWS lets through stands in
`bench/lambda.toml`, with its sources. Whoever is refused tries again, as people do.
"""

import tomllib
from collections.abc import Iterator, Mapping
from heapq import heappop, heappush
from itertools import count, takewhile
from pathlib import Path
from random import Random
from typing import NamedTuple

_READ = tomllib.loads((Path(__file__).parent / "lambda.toml").read_text())
ASSUMED: Mapping[str, float] = _READ["assumed"]
LIMITS: Mapping[str, Mapping[str, float]] = _READ["limits"]
_DAY, _SEED = 86_400, 1


class Bucket:
    """Tokens that come at a rate, up to a most: what the gateway and Lambda let through."""

    def __init__(self, most: float, rate: float) -> None:
        self._most, self._rate, self._left, self._at = most, rate, most, 0.0

    def take(self, at: float) -> bool:
        """Take one at an instant, if there is one; instants never go back."""
        self._left = min(self._most, self._left + (at - self._at) * self._rate)
        self._at = at
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Environments:
    """The environments of a function: each until nobody used it for a while, or until it is old."""

    def __init__(self, most: float) -> None:
        self._most, self._new = most, Bucket(ASSUMED["new_at_once"], ASSUMED["new_a_second"])
        self._all: list[tuple[float, float]] = []  # free again at, and made at

    def serve(self, at: float) -> tuple[float, bool] | None:
        """Return when a request is answered, and whether it met a cold start; None where it is refused."""
        self._all = [each for each in self._all if self._is_there(each, at)]
        free = [each for each in self._all if each[0] <= at]
        if free:
            used = max(free)
            self._all.remove(used)
            made, takes = used[1], ASSUMED["warm_seconds"]
        elif len(self._all) < self._most and self._new.take(at):
            made, takes = at, ASSUMED["cold_seconds"]
        else:
            return None
        self._all.append((at + takes, made))
        return at + takes, not free

    @staticmethod
    def _is_there(environment: tuple[float, float], at: float) -> bool:
        free_at, made = environment
        return free_at > at or (at - free_at < ASSUMED["idle_seconds"] and at - made < ASSUMED["old_seconds"])


def cold_share(visitors_a_day: int, *, is_kept_warm: bool, days: int = 100) -> float:
    """Return which part of visitors, who come by chance from eight to ten at night, meets a cold start."""
    chance, environments = Random(_SEED), Environments(ASSUMED["account"])  # noqa: S311 # nosec B311
    came = [
        (day * _DAY + chance.uniform(8, 22) * 3600, True)
        for day in range(days)
        for _ in range(visitors_a_day)
    ]
    wakes = takewhile(lambda at: at < days * _DAY, count(0, int(ASSUMED["wake_seconds"])))
    came += [(at, False) for at in wakes if is_kept_warm]
    cold = 0
    for at, is_visitor in sorted(came):
        served = environments.serve(at)
        cold += bool(is_visitor and served and served[1])
    return cold / (visitors_a_day * days)


class Crowd(NamedTuple):
    """How a crowd fares that posts at once: posts stored at the first try, and seconds until all are."""

    at_first: int
    seconds: float


def crowd(number: int, limits: Mapping[str, float]) -> Crowd:
    """Let so many people post within one second, each again some seconds after every refusal."""
    gateway = Bucket(limits["gateway_burst"], limits["gateway_rate"])
    environments, partition = Environments(limits["concurrency"]), 0.0
    waiting = [(each / number, each, True) for each in range(number)]  # sorted, so a heap
    at_first, last = 0, 0.0
    while waiting:
        at, visitor, is_first = heappop(waiting)
        served = environments.serve(at) if gateway.take(at) else None
        if not served:
            heappush(waiting, (at + ASSUMED["again_seconds"], visitor, False))
            continue
        partition = max(partition, served[0]) + 1 / ASSUMED["partition_writes"]
        at_first, last = at_first + is_first, max(last, partition)
    return Crowd(at_first, last)


def visitors(is_quick: bool) -> Iterator[tuple[str, float]]:
    """Yield the share of visitors who meet a cold start, with and without a schedule, and crowds at once."""
    days = 5 if is_quick else 100
    for a_day in (20, 200):
        for name, is_kept_warm in (("", False), (", with KeepWarm", True)):
            share = cold_share(a_day, is_kept_warm=is_kept_warm, days=days)
            yield f"% of {a_day} visitors a day who meet a cold start{name}", 100 * share
    for name, limits in LIMITS.items():
        for number in (300, 3_000):
            fares = crowd(number, limits)
            yield f"{number:,} at once, {name}: stored at the first try", fares.at_first
            yield f"{number:,} at once, {name}: seconds until all are stored", fares.seconds
