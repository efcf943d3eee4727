"""The bars of bench/bars.toml: what a figure may be at most, and by how much it is met or missed."""

import tomllib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

PATH = Path(__file__).parent / "bars.toml"


class BarOutcome(StrEnum):
    """Whether a bar is met; a part that was skipped leaves its bars unmeasured."""

    MET = "met"
    MISSED = "not met"
    UNMEASURED = "not measured"


class Bar(NamedTuple):
    """One bar; its value is a figure, divided by another one where `per` names that."""

    what: str
    figure: str
    most: float
    unit: str = ""
    per: str = ""


class JudgedBar(NamedTuple):
    """A bar with its value in this run."""

    bar: Bar
    value: float | None

    @property
    def outcome(self) -> BarOutcome:
        """Whether the value is at most what the bar says."""
        if self.value is None:
            return BarOutcome.UNMEASURED
        return BarOutcome.MET if self.value <= self.bar.most else BarOutcome.MISSED

    @property
    def margin(self) -> str:
        """By how much: in percent of the bar, or as a number where the bar is zero."""
        if self.value is None:
            return ""
        if not self.bar.most:
            return "exactly" if not self.value else f"{self.value:g} too many"
        if self.value >= 2 * self.bar.most:
            return f"{self.value / self.bar.most:.1f} times the bar"
        part = self.value / self.bar.most - 1
        return f"{abs(part):.0%} {'over' if part > 0 else 'below'}" if round(part, 2) else "exactly"


def read_bars(toml: str) -> list[Bar]:
    """Read bars from their file."""
    return [Bar(**each) for each in tomllib.loads(toml)["bar"]]


def judged(bars: list[Bar], figures: Mapping[str, float]) -> Iterator[JudgedBar]:
    """Yield each bar with its value."""
    for bar in bars:
        value, per = figures.get(bar.figure), figures.get(bar.per) if bar.per else 1.0
        yield JudgedBar(bar, value / per if value is not None and per else None)
