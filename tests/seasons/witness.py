"""Who saw everything: what must be true of everybody, told from the acts alone and by rules of its own.

It knows who is whom and which school each means. It uses none of our counting; only which typings are taken
for one school it asks, and then judges.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from tests.seasons.cast import Person, Typing
from tests.seasons.rows import COUNTED, Owed, Row, Turn, plain
from tests.seasons.rules import ORGANISER, ZONE, Rules, end_of

_KINDS = {"registered": "confirmation"}


class Stored(Protocol):
    """What the system itself says is there."""

    def people(self) -> Iterable[Any]:
        """Return everybody on the list."""

    def parts(self) -> list[set[str]]:
        """Return the references of whom it takes to be of one school, school by school."""


Part = list[Row]  # everybody whom the system takes to be of one school


class Witness:
    """Everything that must be so in one season."""

    def __init__(self, rules: Rules, people: Sequence[Person], stored: "Stored") -> None:
        self.rules, self._people, self._stored = rules, people, stored
        self.rows: dict[str, Row] = {}
        self.of: dict[int, Row] = {}
        self.owed: list[Owed] = []
        self.waived: list[Row] = []
        self.closing_held = False
        self.reports: set[str] = set()
        self.forgotten: Counter[str] | None = None  # how many stood where, once nobody is known any longer

    @property
    def people(self) -> Sequence[Person]:
        """Everybody who may come."""
        return self._people

    def person(self, number: int) -> Person:
        """Return somebody by their number."""
        return self._people[number]

    def find(self, person: Person) -> str:
        """Return the reference of somebody who did not register themselves."""
        new = (r for r in self._stored.people() if r.reference not in self.rows)
        return str(next(r.reference for r in new if (r.name, r.email) == (person.name, person.email)))

    def parts(self) -> list[Part]:
        """Return who is taken to be of one school."""
        return [[self.rows[r] for r in sorted(part) if r in self.rows] for part in self._stored.parts()]

    def part(self, row: Row) -> Part:
        """Return who is taken to be of somebody's school."""
        return next(part for part in self.parts() if row in part)

    def is_open(self, at: datetime) -> bool:
        """Say whether one is in time."""
        return at < self.rules.closes

    def owe(self, row: Row, kind: str, to: str = "", perhaps: bool = False) -> None:
        """Note that somebody must be mailed."""
        self.owed.append(Owed(row.reference, kind, to or row.person.email, row.turns[-1], perhaps))

    def becomes(self, row: Row, at: datetime, state: str, by: str, kind: str = "") -> None:
        """Note that somebody stands otherwise, and must be told."""
        row.turns.append(Turn(at, state, by))
        row.kind = kind or _KINDS.get(state, state)
        self.owe(row, row.kind)

    def arrives(
        self,
        person: Person,
        reference: str,
        typing: Typing,
        turn: Turn,
        source: Row | None = None,
        kind: str = "",
        posted: bool = False,
    ) -> Row:
        """Note that somebody is new on the list, or came back as if they were."""
        row = self.rows.get(reference)
        if row is None:
            row = Row(person, reference, typing, turn.at, [])
            self.rows[reference] = row
        row.typing, row.source, row.received = typing, source, turn.at
        row.posted = posted
        row.reminded = row.again_at = row.links_at = row.resent_at = None
        self.of[person.number] = row
        row.turns.append(turn)
        row.kind = kind or _KINDS.get(turn.state, turn.state)
        if turn.state != "quarantined":
            self.owe(row, row.kind)
        return row

    def moves(self, row: Row, typing: Typing) -> None:
        """Note that somebody says another school; whom they brought comes along, who is on the list."""
        for other in self.rows.values():
            if other.source is row and other.posted:
                along = other.state in COUNTED and plain(other.typing) == plain(row.typing)
                other.typing, other.source = (typing, row) if along else (other.typing, None)
        row.source = None

    def arrival(self, at: datetime, reference: str) -> str:
        """Return as what somebody comes whom the list now has under this reference."""
        if self.is_open(at):
            return "registered"
        part = next(part for part in self._stored.parts() if reference in part)
        there = [self.rows[r] for r in (*sorted(part - {reference}), reference) if r in self.rows]
        return "registered" if self._repairs(there, at) else "late"

    def count(self, part: Part) -> int:
        """Count the people of a school."""
        return sum(row.state in COUNTED for row in part)

    def stands(self, part: Part, at: datetime) -> str:
        """Return where a school stands under the rule."""
        if not self.count(part):
            return "empty"
        if self.count(part) >= self.rules.minimum:
            return "complete"
        if any(row in self.waived for row in part):
            return "waived"
        return "repair" if self._repairs(part, at) else "short"

    def _repairs(self, part: Part, at: datetime) -> bool:
        """Say whether a school may replace whom it lost; an exception to the rule takes that from nobody."""
        until = self.repairable(part)
        return bool(until and at < until and 0 < self.count(part) < self.rules.minimum)

    def repairable(self, part: Part) -> datetime | None:
        """Return until when a school may replace whom it lost after the deadline while it was complete."""
        losses = {
            turn.at for row in part for turn in row.turns
            if turn.state not in COUNTED and turn.at >= self.rules.closes
        }  # fmt: skip
        broke = [at for at in losses if sum(r.was(at) in COUNTED for r in part) >= self.rules.minimum]
        if not broke or not self.rules.repair_days:
            return None
        return end_of(max(broke).astimezone(ZONE).date() + timedelta(self.rules.repair_days))

    def checked(self, at: datetime, parts: Iterable[Part]) -> None:
        """Note what the check of an instant must have done, of schools as they were."""
        today = at.astimezone(ZONE).date()
        if today > self.rules.kept_until:
            self._forgets()
            return
        stands = [(part, self.stands(part, at)) for part in parts]
        if not self.is_open(at) and not self.closing_held:
            fates = [(row, fate) for part, stand in stands for row, fate in self._fates(part, stand, at)]
            for row, fate in fates:
                self.becomes(row, at, fate, "check")
        self._remind(stands, at)
        day = f"{today:%Y-%m-%d}"
        if day not in self.reports and today <= self.rules.session:
            self.reports.add(day)
            self.owed.append(Owed("", "report", ORGANISER))

    def _forgets(self) -> None:
        self.forgotten = self.forgotten or Counter(row.state for row in self.rows.values())
        self.rows.clear()
        self.of.clear()
        self.waived.clear()

    def _fates(self, part: Part, stand: str, at: datetime) -> Iterator[tuple[Row, str]]:
        is_in = stand in ("complete", "waived")
        short = {"hold": "held", "decline": "declined", "admit": "admitted"}[self.rules.when_short]
        fate = "admitted" if is_in else short
        until = self.repairable(part)
        for row in (row for row in part if row.state in COUNTED and row.state != fate):
            over = stand == "short" and until is not None and until <= at
            decides = {"registered": stand != "repair", "held": is_in, "admitted": over}[row.state]
            if decides and (row.state == "registered" or row.by != "organiser"):
                yield row, fate

    def _remind(self, stands: list[tuple[Part, str]], at: datetime) -> None:
        today = at.astimezone(ZONE).date()
        due = [(day, before) for day, before in self.rules.reminder_days() if day <= today]
        if not due or not self.is_open(at):
            return
        day, before = due[-1]
        for row in (row for part, stand in stands if stand == "short" for row in part):
            early = row.received.astimezone(ZONE).date() <= day
            if row.state == "registered" and early and (row.reminded is None or row.reminded > before):
                self.reminds(row, before)

    def reminds(self, row: Row, before: int) -> None:
        """Note that somebody is reminded, so many days before the deadline."""
        row.reminded = before
        self.owe(row, "reminder")
