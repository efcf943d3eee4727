"""What posts and an idle month cost, from what was measured and a table of prices."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

PATH = Path(__file__).parent / "prices.toml"
_MILLION = 1_000_000
Figures = Mapping[str, float]


class Money:
    """Computes dollars from figures; those of a part that was not measured are missing too."""

    def __init__(self, toml: str) -> None:
        read: dict[str, dict[str, float]] = tomllib.loads(toml)
        self._prices, self._assumed = read["prices"], read["assumed"]

    def costs(self, figures: Figures) -> dict[str, float]:
        """Return the dollars of a million posts, without the mails themselves, and of an idle month."""
        money = dict[str, float]()
        for name in ("submit", "typical"):
            if f"WRU, {name}" in figures:
                money[f"$ a million posts, {name}"] = _MILLION * self._post(figures, name)
        people = "a batch of 1 at 1,000"
        if "$ a million posts, submit" in money and f"mail RRU, {people}" in figures:
            follows = self._following(figures, people)
            parts = {
                f"$ a million posts, what follows: {part}": _MILLION * each for part, each in follows.items()
            }
            money |= parts
            money["$ a million posts, all in"] = money["$ a million posts, submit"] + sum(parts.values())
            money["$ a million mails"] = _MILLION * self._prices["mail"]
        if "sweep RRU" in figures:
            sweep = self._function(figures, "sweep processor", "sweep calls")
            sweep += figures["sweep RRU"] * self._prices["read_unit"]
            sweep += figures["sweep WRU"] * self._prices["write_unit"]
            starts = self._prices["lambda_request"] + self._prices["schedule"]
            wakes = self._assumed["wakes_a_month"] * starts
            money["$ an idle month"] = (
                self._assumed["sweeps_a_month"] * (sweep + self._prices["schedule"]) + wakes
            )
            money["$ a month for the secret"] = self._prices["secret_month"]
        return money

    def at_memory(self, milliseconds: float, calls: float, megabytes: int) -> tuple[float, float]:
        """Return the seconds of an invocation with so much memory, and the dollars of a million of them.

        A function gets processor by its memory, so work takes as much less time as it costs more a second.
        """
        gb = megabytes / 1024
        work = milliseconds / 1000 * self._assumed["processor_gb"] / gb
        seconds = work + calls * self._assumed["wait_seconds"]
        price = self._prices["lambda_request"] + gb * seconds * self._prices["lambda_gb_second"]
        return seconds, _MILLION * price

    def _post(self, figures: Figures, name: str) -> float:
        logs = figures[f"log bytes, {name}"] * self._prices["log_byte"]
        writes = figures[f"WRU, {name}"] * self._prices["write_unit"]
        request = self._prices["http_api_request"]
        return request + self._function(figures, f"warm processor, {name}", f"calls, {name}") + writes + logs

    def _following(self, figures: Figures, people: str) -> dict[str, float]:
        """Price what follows a post, in the parts that it is made of."""
        times = figures[f"mail invocations, {people}"]
        return {
            "function": self._function(figures, f"mail processor, {people}", f"mail calls, {people}", times),
            "reads": figures[f"mail RRU, {people}"] * self._prices["read_unit"],
            "writes": figures[f"mail WRU, {people}"] * self._prices["write_unit"],
        }

    def _function(self, figures: Figures, milliseconds: str, calls: str, times: float = 1) -> float:
        """Price one or more invocations: processor costs the same at any memory, waits do not."""
        waits = figures[calls] * self._assumed["wait_seconds"] * self._assumed["function_gb"]
        gb_seconds = figures[milliseconds] / 1000 * self._assumed["processor_gb"] + waits
        return times * self._prices["lambda_request"] + gb_seconds * self._prices["lambda_gb_second"]
