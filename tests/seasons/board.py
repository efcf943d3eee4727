"""What is true of all schools and people at an instant, told from what the witness knows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from tests.seasons.confirming import must_confirm
from tests.seasons.rows import COUNTED, Row, Turn
from tests.seasons.rules import ZONE
from tests.seasons.standing import Part, count, fates, stands
from tests.seasons.witness import Witness

CHECK = time(7)  # when each day's check runs


class Before(NamedTuple):
    """When the report before was made, and whom each school had that was complete then, by reference."""

    at: datetime
    complete: Sequence[frozenset[str]]


class Board(NamedTuple):
    """Everything at an instant, and at the report before."""

    witness: Witness
    at: datetime
    earlier: Before | None
    everyone: Sequence[Part]  # school by school
    parts: Sequence[Part]  # of whom somebody counts
    deadlines: frozenset[date]
    waits: Sequence[Row]  # for a place
    asked: int = 0  # decisions that are listed

    def stand(self, name: str) -> int:
        """Count the schools that are shown to stand so."""
        return sum(self.shown(part) == name for part in self.parts)

    def shown(self, part: Part) -> str:
        """Return where a school is shown to stand: one with enough people and no place waits."""
        stand = self.stands(part)
        return "waiting" if stand in ("complete", "waived") and self.waits_whole(part) else stand

    def waits_whole(self, part: Part) -> bool:
        """Say whether all people of a school wait for a place."""
        return all(row in self.waits for row in part if row.state in COUNTED)

    def fates(self, at: datetime, stood: list[tuple[Part, str]]) -> list[tuple[int, Row, str]]:
        """Return what a check of an instant after the deadline makes of whom, school by school."""
        rules, waits = self.witness.rules, self.witness.waits(max(at, self.witness.rules.closes), stood)
        return [
            (number, *fate) for number, (part, stand) in enumerate(stood)
            for fate in fates(rules, part, stand, waits, at)
        ]  # fmt: skip

    def coming(self) -> list[tuple[int, Row, str]]:
        """Return what the next check will make of whom, if nobody holds the decision."""
        local = self.at.astimezone(ZONE)
        check = datetime.combine(local.date() + timedelta(local.hour >= CHECK.hour), CHECK, ZONE)
        stood = [(part, self.stands(part, check)) for part in self.parts]
        return self.fates(check, stood)

    @property
    def stood(self) -> list[tuple[Part, str]]:
        """Each school, and where it stands."""
        return [(part, self.stands(part)) for part in self.parts]

    def stands(self, part: Part, at: datetime | None = None) -> str:
        """Return where a school stands, now or at an instant."""
        return stands(self.witness.rules, part, self.witness.waived, at or self.at)

    def states(self, state: str) -> int:
        """Count the people who stand so."""
        return sum(row.state == state for row in self.witness.rows.values())

    def lately(self, row: Row) -> bool:
        """Say whether somebody came to stand as they do after the report before."""
        now = next((turn for turn in reversed(row.turns) if not is_later(turn, self.at)), None)
        return now is not None and (self.since is None or is_later(now, self.since))

    def before(self, row: Row) -> str:
        """Return where somebody stood at the report before."""
        return state_at(row, self.since) if self.since else ""

    def has_enough(self, part: Part) -> bool:
        """Say whether a school has enough people, without whoever comes at this very instant."""
        return sum(state_at(row, self.at) in COUNTED for row in part) >= self.witness.rules.minimum

    @property
    def since(self) -> datetime | None:
        """When the report before was made."""
        return self.earlier and self.earlier.at

    @property
    def were_complete(self) -> list[frozenset[str]]:
        """Who is left of each school that was complete then."""
        complete = self.earlier.complete if self.earlier else ()
        return [left for people in complete if (left := people & self.witness.rows.keys())]

    def was_complete(self, part: Part) -> bool:
        """Say whether a school has all that are left of one that had enough people then."""
        here = {row.reference for row in part}
        return any(left <= here for left in self.were_complete)

    @property
    def split(self) -> list[frozenset[str]]:
        """Who is left of each school that was complete then, and whose people are now of several."""
        parts = [{row.reference for row in part} for part in self.everyone]
        return [left for left in self.were_complete if not any(left <= part for part in parts)]


def before(witness: Witness, at: datetime) -> Before:
    """Return what a later report goes back to."""
    people = [
        frozenset(row.reference for row in part if state_at(row, at) in COUNTED) for part in witness.parts()
    ]
    return Before(at, [each for each in people if len(each) >= witness.rules.minimum])


def board(witness: Witness, at: datetime, earlier: Before | None, deadlines: frozenset[date]) -> Board:
    """Return what the witness knows of everybody; `earlier` is of the report before."""
    everyone = witness.parts()
    parts = [part for part in everyone if count(part)]
    return Board(witness, at, earlier, everyone, parts, deadlines, witness.waits(at))


def is_later(turn: Turn, at: datetime) -> bool:
    """Say whether the report of an instant leaves a turn to the next one; it has all that its check did."""
    return turn.at > at or (turn.at == at and turn.by != "check")


def state_at(row: Row, at: datetime) -> str:
    """Return where somebody stood at the report of an instant; nowhere if they came later."""
    return next((turn.state for turn in reversed(row.turns) if not is_later(turn, at)), "")


def _group(people: Iterable[tuple[int, Row]]) -> set[str]:
    """Count people and their schools, where there are any."""
    both = list(people)
    return {f"{len({school for school, _ in both})}/{len(both)}"} if both else set()


def _in_state(known: Board, state: str, lately: bool = False) -> set[str]:
    everyone = list(enumerate(known.everyone))
    return _group(
        (n, row) for n, part in everyone for row in part
        if (state_at(row, known.at) == state and known.lately(row) if lately else row.state == state)
    )  # fmt: skip


def _foreseen(known: Board, state: str) -> set[str]:
    """Count whom the deadline would bring into a state, and who is in it to stay."""
    become = {id(row): fate for _, row, fate in known.fates(known.witness.rules.closes, known.stood)}
    return _group(
        (n, row) for n, part in enumerate(known.parts) for row in part
        if row.state in COUNTED and become.get(id(row), row.state) == state
    )  # fmt: skip


def _new(known: Board) -> set[int]:
    return {
        sum(
            state_at(row, known.at) not in ("", "quarantined") and known.before(row) in ("", "quarantined")
            for row in known.witness.rows.values()
        )
    }


def _turned(known: Board, now: bool, waits: bool = False) -> set[int]:
    """Count the schools that became complete, with a place or without one, or are so no longer."""
    parts = [part for part in known.everyone if known.has_enough(part) is now]
    if now:
        parts = [part for part in parts if known.waits_whole(part) is waits]
    turned = [part for part in parts if known.was_complete(part) is not now]
    # A school that is split may go on as one of these: whoever corrected theirs left it.
    goes_on = sum(any(row.reference in left for row in part for left in known.split) for part in turned)
    least = len(turned) - (min(goes_on, len(known.split)) if now else 0)
    return set(range(least, len(turned) + len(known.split) + 1))


def _free(known: Board) -> set[int]:
    """Count the places that are left once the next check has admitted whom it will."""
    admitted = sum(fate == "admitted" for *_, fate in known.coming())
    return {max(0, known.witness.rules.places - known.states("admitted") - admitted)}


def _since(known: Board) -> set[str]:
    at = known.since and known.since.astimezone(ZONE)
    return {f"{at:%Y-%m-%d} {at.hour}.{at.minute:02}"} if at else set()


TRUE: Mapping[str, Callable[[Board], Iterable[object]]] = {
    "complete": lambda known: {known.stand("complete")},
    "short": lambda known: {known.stand("short")},
    "waiting": lambda known: {known.stand("waiting")},
    "people_waiting": lambda known: {len(known.waits)},
    "without": lambda known: {len(known.witness.waits(known.witness.rules.closes, known.stood))},
    "free": _free,
    "repair": lambda known: {known.stand("repair")},
    "waived": lambda known: {known.stand("waived")},
    "listed": lambda known: {len(known.parts)},
    "counted": lambda known: {
        known.states("registered")
        + known.states("admitted")
        - sum(row.state != "held" for row in known.waits)
    },
    "received": lambda known: {len(known.witness.rows)},
    "late": lambda known: {known.states("late")},
    "quarantined": lambda known: {known.states("quarantined")},
    "unconfirmed": lambda known: {
        sum(row.state == "unconfirmed" or must_confirm(row) for row in known.witness.rows.values())
    },
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
        sum(
            state_at(row, known.at) == "cancelled" and known.lately(row)
            for row in known.witness.rows.values()
        )
    },
    "places": lambda known: {known.witness.rules.places},
    "come": lambda known: {known.states("admitted")},
    "returned": lambda known: {
        sum(
            known.before(row) == "cancelled" and row.state in COUNTED | {"late", "unconfirmed"}
            for row in known.witness.rows.values()
        )
    },
    "completed": lambda known: _turned(known, now=True),
    "completed_waiting": lambda known: _turned(known, now=True, waits=True),
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
