"""What the grid says at its end: a row for each kind, and one sentence."""

from collections.abc import Iterable
from typing import NamedTuple

from rich.table import Table

from tests.faults.grid import Outcome


class Tally(NamedTuple):
    """All outcomes, counted."""

    outcomes: tuple[Outcome, ...]

    @property
    def broken(self) -> list[Outcome]:
        """The outcomes in which a promise was broken."""
        return [outcome for outcome in self.outcomes if outcome.verdict.broken]

    def sentence(self) -> str:
        """Return what was shown."""
        verdicts = [outcome.verdict for outcome in self.outcomes]
        lost, doubled, lost_mails, doubled_mails, other, excused, unnoted = (
            sum(len(part) for part in parts) for parts in zip(*verdicts, strict=True)
        )
        faults = sum(outcome.happened for outcome in self.outcomes)
        kinds = {fault.kind for outcome in self.outcomes for fault in outcome.run.faults}
        sites = {(o.run.journey, fault.site) for o in self.outcomes for fault in o.run.faults if fault.site}
        return (
            f"{faults:,} faults of {len(kinds)} kinds at {len(sites)} call sites in {len(verdicts):,} runs: "
            f"{lost} registrations lost, {doubled} doubled, {lost_mails} mails lost, "
            f"{doubled_mails} doubled, "
            f"{other} left unfinished or unheard; besides, {excused} doubled where SES's answer and its Send "
            f"event were both lost, {unnoted} where our note of its answer and its Send event were"
        )

    def rows(self) -> Table:
        """Return a row for each kind."""
        grid = Table("kind", "runs", "promises broken", "doubled, as stated")
        for kind in sorted({fault.kind for outcome in self.outcomes for fault in outcome.run.faults}):
            of = [o for o in self.outcomes if kind in {fault.kind for fault in o.run.faults}]
            stated = sum(len(o.verdict.excused) + len(o.verdict.unnoted) for o in of)
            grid.add_row(kind, f"{len(of)}", f"{sum(bool(o.verdict.broken) for o in of)}", f"{stated}")
        return grid


def lines_of(outcomes: Iterable[Outcome]) -> list[str]:
    """Return each broken promise, and how to see it again."""
    return [
        f"{'; '.join(o.verdict.broken)}\n  make faults ONLY={str(o.run)!r}"
        for o in outcomes
        if o.verdict.broken
    ]
