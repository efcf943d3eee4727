"""What is true of all schools and people at an instant, told from what the witness knows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from tests.seasons.rows import COUNTED, Row, Turn
from tests.seasons.rules import ZONE
from tests.seasons.standing import Part, count, fates, stands
from tests.seasons.witness import Witness


class Board(NamedTuple):
    """Everything at an instant, and when the report before was made."""

    witness: Witness
    at: datetime
    since: datetime | None
    parts: Sequence[Part]
    deadlines: frozenset[date]
    minimum_before: int
    asked: int = 0  # decisions that are listed

    def stand(self, name: str) -> int:
        """Count the schools that stand so."""
        return sum(self.stands(part) == name for part in self.parts)

    def stands(self, part: Part, at: datetime | None = None) -> str:
        """Return where a school stands, now or at an instant."""
        return stands(self.witness.rules, part, self.witness.waived, at or self.at)

    def states(self, state: str) -> int:
        """Count the people who stand so."""
        return sum(row.state == state for row in self.witness.rows.values())

    def lately(self, row: Row) -> bool:
        """Say whether somebody came to stand as they do after the report before."""
        return self._is_later(row.turns[-1])

    def before(self, row: Row) -> str:
        """Return where somebody stood at the report before."""
        return next((turn.state for turn in reversed(row.turns) if not self._is_later(turn)), "")

    def was_complete(self, part: Part) -> bool:
        """Say whether a school had enough people then."""
        return sum(self.before(row) in COUNTED for row in part) >= self.minimum_before

    def _is_later(self, turn: Turn) -> bool:
        return not self.since or turn.at > self.since or (turn.at == self.since and turn.by != "check")


def board(
    witness: Witness, at: datetime, since: datetime | None, deadlines: frozenset[date], minimum_before: int
) -> Board:
    """Return what the witness knows of everybody; `minimum_before` is of the report before."""
    parts = [part for part in witness.parts() if count(part)]
    return Board(witness, at, since, parts, deadlines, minimum_before)


def _group(people: Iterable[tuple[int, Row]]) -> set[str]:
    """Count people and their schools, where there are any."""
    both = list(people)
    return {f"{len({school for school, _ in both})}/{len(both)}"} if both else set()


def _in_state(known: Board, state: str, lately: bool = False) -> set[str]:
    everyone = list(enumerate(known.witness.parts()))
    return _group(
        (n, row) for n, part in everyone for row in part
        if row.state == state and (not lately or known.lately(row))
    )  # fmt: skip


def _foreseen(known: Board, state: str) -> set[str]:
    """Count whom the deadline would bring into a state, and who is in it to stay."""
    rules, closes = known.witness.rules, known.witness.rules.closes
    people = []
    for n, part in enumerate(known.parts):
        fate = {id(row): fate for row, fate in fates(rules, part, known.stands(part), (), closes)}
        people += [(n, row) for row in part if row.state in COUNTED and fate.get(id(row), row.state) == state]
    return _group(people)


def _new(known: Board) -> set[int]:
    return {
        sum(
            row.state != "quarantined" and known.before(row) in ("", "quarantined")
            for row in known.witness.rows.values()
        )
    }


def _turned(known: Board, now: bool) -> set[int]:
    """Count the schools that became complete, or are so no longer."""
    minimum = known.witness.rules.minimum
    parts = [part for part in known.witness.parts() if (count(part) >= minimum) is now]
    return {sum(known.was_complete(part) is not now for part in parts)}


def _since(known: Board) -> set[str]:
    at = known.since and known.since.astimezone(ZONE)
    return {f"{at:%Y-%m-%d} {at.hour}.{at.minute:02}"} if at else set()


TRUE: Mapping[str, Callable[[Board], Iterable[object]]] = {
    "complete": lambda known: {known.stand("complete")},
    "short": lambda known: {known.stand("short")},
    "repair": lambda known: {known.stand("repair")},
    "waived": lambda known: {known.stand("waived")},
    "listed": lambda known: {len(known.parts)},
    "counted": lambda known: {known.states("registered") + known.states("admitted")},
    "received": lambda known: {len(known.witness.rows)},
    "late": lambda known: {known.states("late")},
    "quarantined": lambda known: {known.states("quarantined")},
    "questions": lambda known: {known.asked},
    "days": lambda known: {(known.witness.rules.deadline - known.at.astimezone(ZONE).date()).days},
    "open": lambda known: {"yes" if known.witness.is_open(known.at) else "no"},
    "deadline": lambda known: {known.witness.rules.deadline},
    "was": lambda known: known.deadlines - {known.witness.rules.deadline},
    "minimum": lambda known: {known.witness.rules.minimum},
    "today": lambda known: {known.at.astimezone(ZONE).date()},
    "since": _since,
    "new": _new,
    "off": lambda known: {
        sum(row.state == "cancelled" and known.lately(row) for row in known.witness.rows.values())
    },
    "completed": lambda known: _turned(known, now=True),
    "fell_short": lambda known: _turned(known, now=False),
    "lately_admitted": lambda known: _in_state(known, "admitted", lately=True),
    "lately_held": lambda known: _in_state(known, "held", lately=True),
    "lately_declined": lambda known: _in_state(known, "declined", lately=True),
    "admitted": lambda known: _in_state(known, "admitted"),
    "held": lambda known: _in_state(known, "held"),
    "declined": lambda known: _in_state(known, "declined"),
    "will_admit": lambda known: _foreseen(known, "admitted"),
    "will_hold": lambda known: _foreseen(known, "held"),
    "will_decline": lambda known: _foreseen(known, "declined"),
    "closing_held": lambda known: {"yes" if known.witness.closing_held else "no"},
}
