"""How long the functions take, and what that costs, at each memory size: from what was measured."""

from collections.abc import Iterator
from typing import NamedTuple

from bench.money import Figures, Money

SIZES = (256, 512, 1024, 1769)  # MB; with the last comes a whole processor, and these functions use no more
_ONE = "a batch of 1 at 1,000"


class Work(NamedTuple):
    """One invocation: what it is, and the figures of its processor and of its calls of AWS."""

    what: str
    processor: str
    calls: str = ""
    milliseconds: float = 1  # in one unit of the processor's figure


WORK = (
    Work("a cold post", "cold processor, submit", "calls, submit"),
    Work("a warm post", "warm processor, submit", "calls, submit"),
    Work("one mail at 1,000 people", f"mail processor, {_ONE}", f"mail calls, {_ONE}"),
    Work("the overview of 3,000 schools", "page processor, overview", milliseconds=1000),
    Work("a check of 10,000 people", "check processor, 10,000", milliseconds=1000),
)


def curves(figures: Figures, money: Money) -> Iterator[tuple[str, ...]]:
    """Yield for each kind of work that was measured its seconds and its dollars a million at each size."""
    for work in WORK:
        if work.processor in figures:
            milliseconds = figures[work.processor] * work.milliseconds
            each = [money.at_memory(milliseconds, figures.get(work.calls, 0), size) for size in SIZES]
            yield work.what, *(f"{seconds:.3g} s, ${dollars:,.2f}" for seconds, dollars in each)
