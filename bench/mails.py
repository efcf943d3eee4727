"""How the work of `mail` grows with the people who are there already, and what its sweep costs when idle."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bench.function import RunningFunction, ours
from bench.large import item, network_item, newcomer, record, report_mail, with_mails
from bench.table import BenchTable, Costs

SIZES, _QUICK_SIZES = (100, 1_000, 10_000), (100,)
NETWORKS, PEOPLE = 20, 2_000  # of the idle sweep
_SWEEPS = 16  # in four hours, of which one reads all
_BATCHES = {1: 8, 100: 1}  # so many of each size, after two that warm the function up
_EACH = 4  # people of a school
Figure = tuple[str, float]


def mails(is_quick: bool) -> Iterator[Figure]:
    """Yield what one mail takes where so many people are registered, in a batch of one and of a hundred."""
    for size in _QUICK_SIZES if is_quick else SIZES:
        table = BenchTable([network_item(), *with_mails(size, _EACH)])
        with RunningFunction(*ours("mail"), table) as function:
            arrivals = _Arrivals(function, table, size)
            for _ in range(2):
                arrivals.play(1)
            for many, times in _BATCHES.items():
                yield from arrivals.figures(many, times)
            yield f"mail memory, {size:,}", function.memory


def sweep(is_quick: bool) -> Iterator[Figure]:
    """Yield what a sweep takes where nothing is owed, on average: it reads all each four hours."""
    networks, people = (2, 50) if is_quick else (NETWORKS, PEOPLE)
    names = [f"net-{number:02}" for number in range(networks)]
    table = BenchTable(map(network_item, names))
    for name in names:
        table.load([*with_mails(people, _EACH, name), report_mail(name, "2023-03-20")])
    with RunningFunction(*ours("mail"), table) as function:
        at, seconds, most = datetime.fromisoformat("2023-03-20T10:30:00Z"), 0.0, 0.0
        for early in range(_SWEEPS + 2):
            if early == 2:  # before that it looks whether nothing changes
                table.costs, seconds, most = Costs(), 0.0, 0.0
            function.invoke({"time": (at + early * timedelta(minutes=15)).isoformat()})
            seconds, most = seconds + function.processor, max(most, function.processor)
        yield "sweep processor", 1000 * seconds / _SWEEPS
        yield "sweep processor, of all", 1000 * most
        yield "sweep RRU", table.costs.read / _SWEEPS
        yield "sweep WRU", table.costs.written / _SWEEPS
        yield "sweep calls", table.costs.calls.total() / _SWEEPS
        yield "sweep memory", function.memory


class _Arrivals:
    """People who arrive in a large network: the stream brings their posts, and then the verdicts on these."""

    def __init__(self, function: RunningFunction, table: BenchTable, size: int) -> None:
        self._function, self._table, self._size, self._next = function, table, size, size

    def figures(self, many: int, times: int) -> Iterator[Figure]:
        """Yield what each mail takes, from a post to its mail."""
        self._table.costs = Costs()
        seconds = sum(self.play(many) for _ in range(times))
        costs, name = self._table.costs, f"a batch of {many} at {self._size:,}"
        sent = costs.calls["SendEmail"]
        yield f"mail processor, {name}", 1000 * seconds / sent
        yield f"mail RRU, {name}", costs.read / sent
        yield f"mail WRU, {name}", costs.written / sent
        yield f"mail calls, {name}", costs.calls.total() / sent
        yield f"mail invocations, {name}", 2 * times / sent

    def play(self, many: int) -> float:
        """Let so many people arrive; return seconds of processor."""
        posted = [item(newcomer(self._next + number, _EACH)) for number in range(many)]
        self._next += many
        self._table.load(posted)
        seconds = self._handle([record(image) for image in posted])
        return seconds + self._handle([record(self._table.stored(image), image) for image in posted])

    def _handle(self, records: list[dict[str, object]]) -> float:
        if self._function.invoke({"Records": records})["batchItemFailures"]:
            raise SystemExit("mail could not handle a record")
        return self._function.processor
