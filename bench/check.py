"""How the daily check grows: ten people of each school, on a day on which nothing is to be decided."""

from collections.abc import Iterator

from bench.function import RunningFunction, ours
from bench.large import network_item, people
from bench.table import BenchTable

SIZES, _QUICK_SIZES = (1_000, 10_000, 100_000), (1_000,)


def check(is_quick: bool) -> Iterator[tuple[str, float]]:
    """Yield seconds of processor, memory and what is read, for so many registrations."""
    for size in _QUICK_SIZES if is_quick else SIZES:
        table = BenchTable([network_item(), *people(size, 10)])
        with RunningFunction(*ours("check"), table) as function:
            function.invoke({"time": "2023-03-20T06:00:00Z"})
            yield f"check processor, {size:,}", function.processor
            yield f"check memory, {size:,}", function.memory
            yield f"check RRU, {size:,}", table.costs.read
            yield f"check scans, {size:,}", table.costs.calls["Scan"]
