"""Writes what a run measured: docs/performance.md whole, and the headline in README.md."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bench import memory
from bench.bars import BarOutcome, JudgedBar
from bench.money import PATH, Money

START, END = "<!-- make bench writes this -->", "<!-- until here -->"
_HEAD = """# What it costs in time, memory and money

`make bench` writes this page; nothing here is typed by hand. Instructions, and ratios of functions that ran
in turns, can be trusted; milliseconds differ by half from minute to minute. "The plainest" is a function that
stores what it gets and validates nothing (`bench/peers/plain.py`); "typical" is what a careful team writes
with Powertools (`bench/peers/typical.py`), with valid byte-code, or "as shipped" by `sam build`, without.
Each function runs as it is packed, under Lambda's own awslambdaric, with a stand-in for AWS
(`bench/table.py`).
Prices, and what is assumed beside them, are in `bench/prices.toml`.
"""

_MEMORY = """
Lambda gives processor by memory, a whole one with 1,769 MB. So work costs nearly the same at any size;
only waiting for AWS costs more with more memory. The size is therefore chosen by how long somebody
waits: 512 MB for nearly all functions, since few visitors meet a cold start (`KeepWarm`) and few
networks have thousands of schools; a whole processor for the check, which must tell thousands of schools
apart in its time. Below stand seconds of one invocation and dollars of a million, worked out by
`bench/memory.py` from the processor that was measured.
"""


class Run(NamedTuple):
    """What one run measured, where, and what it had to skip."""

    date: str
    machine: str
    versions: Mapping[str, str]
    figures: Mapping[str, float]
    skipped: Mapping[str, str]


def page(run: Run, bars: Sequence[JudgedBar]) -> str:
    """Return the page in Markdown."""
    versions = ", ".join(f"{name} {version}" for name, version in run.versions.items())
    parts = [_HEAD, f"Measured on {run.date}, on {run.machine}; {versions}.", "## The bars", bar_table(bars)]
    if run.skipped:
        parts += ["Skipped: " + "; ".join(f"{name} ({why})" for name, why in run.skipped.items()) + "."]
    parts += ["## Memory sizes", _MEMORY, memory_table(run.figures)]
    parts += ["## Every figure", _figure_table(run.figures)]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def bar_table(bars: Sequence[JudgedBar]) -> str:
    """Return every bar with its value, and by how much it is met or missed."""
    rows = [
        (
            each.bar.what,
            _shown(each.value, each.bar.unit),
            f"≤ {_shown(each.bar.most, each.bar.unit)}",
            _verdict(each),
        )
        for each in bars
    ]
    return _table(("what", "measured", "bar", ""), rows)


def memory_table(figures: Mapping[str, float]) -> str:
    """Return how long functions take and what they cost at each memory size."""
    sizes = (f"{size:,} MB" for size in memory.SIZES)
    money = Money(PATH.read_text())
    return _table(("what", *sizes), list(memory.curves(figures, money)))


def headline(bars: Sequence[JudgedBar]) -> str:
    """Return the sentence of README.md."""
    reached = sum(each.outcome is BarOutcome.MET for each in bars)
    measured = sum(each.outcome is not BarOutcome.UNMEASURED for each in bars)
    first = "; ".join(f"{each.bar.what}: {_shown(each.value, each.bar.unit)}" for each in bars[:3])
    return f"{reached} of {measured} bars are met. {first}. [All figures](docs/performance.md)."


def with_headline(readme: str, line: str) -> str:
    """Return README.md with a new headline between its two marks."""
    before, _, rest = readme.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n{line}\n{END}{after}"


def _verdict(each: JudgedBar) -> str:
    return f"{each.outcome}{', ' if each.margin else ''}{each.margin}"


def _figure_table(figures: Mapping[str, float]) -> str:
    return _table(
        ("figure", ""),
        [(name, f"{value:,.4g}" if value < 1000 else f"{value:,.0f}") for name, value in figures.items()],
    )


def _shown(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    number = f"{value:.3g}" if value < 1000 else f"{value:,.0f}"
    return f"${number}" if unit == "$" else f"{number} {unit}".strip()


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
