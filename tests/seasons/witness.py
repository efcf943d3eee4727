"""Who saw everything: what must be true of everybody, told from the acts alone and by rules of its own.

It knows who is whom and which school each means. It uses none of our counting; only which typings are taken
for one school it asks, and then judges.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from local.mailbox import Sent
from tests.seasons.cast import Person, Typing
from tests.seasons.confirming import Asking, ends, is_asked_now, must_confirm
from tests.seasons.places import waiting
from tests.seasons.rows import COUNTED, Owed, Row, Turn, plain
from tests.seasons.rules import ORGANISER, ZONE, Rules
from tests.seasons.rulings import Rulings
from tests.seasons.standing import Part, fates, repairs, stands

_HOUR = timedelta(hours=1)
_WELCOMES = {"confirmation", "invited"}
_KINDS = {"registered": "confirmation"}


class Stored(Protocol):
    """What the system itself says is there."""

    def people(self) -> Iterable[Any]:
        """Return everybody on the list."""

    def parts(self) -> list[set[str]]:
        """Return the references of whom it takes to be of one school, school by school."""

    def was_mailed(self, reference: str, kind: str, since: datetime) -> bool:
        """Say whether somebody was sent a mail of a kind since an instant."""


class Witness:
    """Everything that must be so in one season."""

    def __init__(self, rules: Rules, people: Sequence[Person], stored: "Stored") -> None:
        self.rules, self._people, self._stored = rules, list(people), stored
        self.asking = Asking()
        self.rows: dict[str, Row] = {}
        self.of: dict[int, Row] = {}
        self.owed: list[Owed] = []
        self.waived: list[Row] = []
        self.rulings = Rulings()
        self.closing_held = False
        self._tried: set[str] = set()  # the dead addresses to which somebody was owed a mail
        self.reports: set[str] = set()
        self.reported_at: datetime | None = None
        self.deadlines = [(datetime.min.replace(tzinfo=ZONE), rules.deadline)]  # since when it was which
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
        alike = (r.reference for r in new if (r.name, r.email) == (person.name, person.email))
        reference = next(alike, "")
        assert reference, f"{person.name} was registered by somebody else, and is not on the list"
        return str(reference)

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
        if row.person.is_dead and not to:
            perhaps = perhaps or row.person.email in self._tried  # also for somebody else on that mailbox
            self._tried.add(row.person.email)
        self.owed.append(Owed(row.reference, kind, to or row.person.email, row.turns[-1], perhaps))

    def owes_again(self, row: Row) -> None:
        """Note that somebody is mailed anew where they stand."""
        self.overtakes(row, row.kind)
        self.overtakes(row, "moved")  # who is told anew that they take part reads the days of now
        self.owe(row, row.kind)

    def overtakes(self, row: Row, kind: str) -> None:
        """Note that a mail of a kind that was still to go to somebody, goes no more."""
        same = (row.reference, kind)
        self.owed = [o._replace(perhaps=o.perhaps or (o.reference, o.kind) == same) for o in self.owed]

    def corrects(self, row: Row, at: datetime, by: str) -> None:
        """Note that somebody is mailed at the right address from now on, where they stand."""
        row.person = row.person._replace(email=row.person.right)
        row.corrector, row.resent_at = by, at
        row.asked, row.proven = row.asked and at, False
        if row.kind in ("admitted", "held"):
            self.owe(row, "invited", perhaps=True)  # where nobody told them yet who brought them
        self.owe(row, row.kind)

    def readdresses(self, row: Row, at: datetime, email: str) -> None:
        """Note that somebody has another address, and both are mailed."""
        former = row.person.email
        # What was still to go to the former address is told at the new one.
        self.owed = [o._replace(perhaps=o.perhaps or self._is_to(o, row)) for o in self.owed]
        row.person = self._people[row.person.number] = row.person._replace(email=email)
        row.wish, row.corrector, row.resent_at = None, "person", at
        row.asked, row.proven = row.asked and at, row.asked is not None
        self.owe(row, "readdressed", former)
        self.owe(row, row.kind)

    @staticmethod
    def _is_to(owed: Owed, row: Row) -> bool:
        return (owed.reference, owed.to) == (row.reference, row.person.email)

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
        row.person, row.corrector = person, ""
        row.typing, row.source, row.received = typing, source, turn.at
        row.posted, row.wish = posted, None
        is_asked = self.rules.confirms and self.is_open(turn.at) and turn.state in COUNTED
        row.asked, row.by_hand = turn.at if is_asked else None, False
        row.by_initial = False
        row.reminded = row.again_at = row.links_at = row.resent_at = None
        self.of[person.number] = row
        row.turns.append(turn)
        row.kind = kind or _KINDS.get(turn.state, turn.state)
        if turn.state != "quarantined":
            self.owe(row, row.kind)
        return row

    def mails_unconfirmed(self, row: Row, at: datetime) -> None:
        """Note that somebody who did not confirm their address registers again, and hears how to; hourly."""
        if not (row.resent_at and at - row.resent_at < _HOUR):
            row.resent_at = at
            self.owe(row, row.kind)

    def swept(self, at: datetime, sent: Sequence[Sent]) -> None:
        """Note what a sweep of an instant did; `sent` are all mails."""
        self.confirming(at)
        self.asking.reads(sent)

    def confirming(self, at: datetime) -> None:
        """Note who must confirm their address from now, and who did not in time; a sweep or a check looks."""
        for row in self.rows.values() if self.rules.confirms else ():
            if is_asked_now(row):
                row.asked = at
            elif must_confirm(row) and ends(row) <= at and self.asking.is_mailed(row):
                self.becomes(row, at, "unconfirmed", "check")

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
        colleagues = [self.rows[r] for r in (*sorted(part - {reference}), reference) if r in self.rows]
        return "registered" if repairs(self.rules, colleagues, at) else "late"

    def stands(self, part: Part, at: datetime) -> str:
        """Return where a school stands under the rule."""
        return stands(self.rules, part, self.waived, at)

    def waits(self, at: datetime, stood: list[tuple[Part, str]] | None = None) -> list[Row]:
        """Return who waits for a place."""
        if not (self.rules.places or self.rules.each):
            return []
        stood = stood or [(part, self.stands(part, at)) for part in self.parts()]
        keys = {r.reference: r.person_key for r in self._stored.people()}
        return waiting(self.rules, stood, self.is_open(at), keys)

    def session_moves(self, days: int) -> None:
        """Note that the session is later; who has it in their agenda must hear so."""
        self.rules = self.rules._replace(moved=days)
        told_now = {owed.reference for owed in self.owed if owed.kind == "admitted"}
        for row in self.rows.values():
            if row.state == "admitted":
                self.owe(row, "moved", perhaps=row.reference in told_now)

    def deadline_moves(self, at: datetime, days: int) -> None:
        """Note that the deadline is so many days later, or earlier."""
        rules = self.rules
        self.rules = rules._replace(deadline=rules.deadline + timedelta(days), later=rules.later + days)
        self.deadlines.append((at, self.rules.deadline))

    def may_forget(self, row: Row | None) -> bool:
        """Say whether somebody left before the deadline moved: by the earlier one they may be forgotten."""
        return row is not None and self.deadlines[-1][0] > row.turns[-1].at

    def deadline_of(self, at: datetime) -> date:
        """Return the deadline as it was at an instant."""
        return next(day for since, day in reversed(self.deadlines) if since <= at)

    def checked(self, at: datetime, parts: Sequence[Part], went_wrong: bool = False) -> None:
        """Note what the check of an instant must have done, of schools as they were.

        One in which something `went_wrong` may have begun again, and may have decided by what it had done.
        """
        today = at.astimezone(ZONE).date()
        if today > self.rules.kept_until:
            self._forgets()
            return
        if at == self.reported_at:
            return  # it comes twice, and is done
        self.confirming(at)
        stood = [(part, self.stands(part, at)) for part in parts]
        if not self.is_open(at) and not self.closing_held:
            self._decides(stood, at)
            if went_wrong:
                self._decides([(part, self.stands(part, at)) for part in parts], at, again=True)
        self._remind(stood, at)
        day = f"{today:%Y-%m-%d}"
        if day not in self.reports and (today <= self.rules.session or self._has_latecomer()):
            self.reports.add(day)
            self.reported_at = at
            self.owed.append(Owed("", "report", ORGANISER))

    def _decides(self, stood: list[tuple[Part, str]], at: datetime, again: bool = False) -> None:
        waits, states = self.waits(at, stood), {r.reference: r.state.value for r in self._stored.people()}
        for part, stand in stood:
            for row, fate in list(fates(self.rules, part, stand, waits, at)):
                if again and states.get(row.reference) != fate:
                    continue
                if row.turns[-1].at == at:
                    self.overtakes(row, row.kind)
                row.decided_with = part  # by some of whom, once erased, it may be a school no longer
                self.becomes(row, at, fate, "check")

    def _has_latecomer(self) -> bool:
        """Say whether somebody came late since the last report: after the session only that makes one."""
        since = self.reported_at
        return since is not None and any(
            row.state == "late" and row.turns[-1].at >= since for row in self.rows.values()
        )

    def _forgets(self) -> None:
        self.forgotten = self.forgotten or Counter(row.state for row in self.rows.values())
        self.rows.clear()
        self.of.clear()
        self.waived.clear()
        self.rulings.of.clear()

    def _remind(self, stood: list[tuple[Part, str]], at: datetime) -> None:
        today = at.astimezone(ZONE).date()
        due = [(day, before) for day, before in self.rules.reminder_days() if day <= today]
        if not due or not self.is_open(at):
            return
        day, before = due[-1]
        if not self.rules.reminds_on(today, day) or day < self.deadlines[-1][0].date():
            return  # whoever is told of another deadline needs no reminder of the days before
        for row in (row for part, stand in stood if stand == "short" for row in part):
            early = row.received.astimezone(ZONE).date() <= day
            if row.waits and early and self.may_remind(row, before):
                self.reminds(row, before)

    def may_remind(self, row: Row, before: int) -> bool:
        """Say whether somebody was not yet reminded of this deadline, so many days before it."""
        return row.reminded is None or row.reminded[0] != self.rules.deadline or row.reminded[1] > before

    def reminds(self, row: Row, before: int, perhaps: bool = False) -> None:
        """Note that somebody is reminded, so many days before the deadline, or `perhaps`."""
        row.reminded = (self.rules.deadline, before)
        since = max(filter(None, (row.turns[-1].at, row.resent_at)))
        # A first mail that goes only after this says the same.
        perhaps = perhaps or (
            row.kind in _WELCOMES and not self._stored.was_mailed(row.reference, row.kind, since)
        )
        self.owe(row, "reminder", perhaps=perhaps)
