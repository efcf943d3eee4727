"""What an organiser decides in a season."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tests.seasons.browser import Browser
from tests.seasons.confirming import must_confirm
from tests.seasons.rows import COUNTED, Row, Turn
from tests.seasons.rules import ZONE
from tests.seasons.script import Act
from tests.seasons.stage import Stage
from tests.seasons.witness import Witness

_HOUR = timedelta(hours=1)
_NOTHING: Mapping[str, str] = {}


class Desk:
    """Decides on an organiser's own pages, and tells the witness of it."""

    def __init__(self, stage: Stage, witness: Witness) -> None:
        self._stage, self._witness = stage, witness
        self.browser = Browser(stage, witness)

    def admit(self, act: Act) -> bool:
        """Let somebody take part."""
        return self._person(
            act, "admit", "admitted", {"registered", "held", "declined", "late", "unconfirmed"}
        )

    def hold(self, act: Act) -> bool:
        """Hold somebody."""
        return self._person(act, "hold", "held", {"registered", "admitted"})

    def decline(self, act: Act) -> bool:
        """Decline somebody."""
        return self._person(
            act, "decline", "declined", {"registered", "admitted", "held", "late", "unconfirmed"}
        )

    def release(self, act: Act) -> bool:
        """Say that what looked like spam is real."""
        row = self._witness.of.get(act.person)
        return bool(row) and self._person(act, "release", self._comes_as(row), {"quarantined"})

    def reject(self, act: Act) -> bool:
        """Say that it is spam."""
        row = self._row(act, {"quarantined"})
        if not row or not self.browser.orders(act, f"person/{row.reference}/reject"):
            return False
        row.turns.append(Turn(self._stage.now, "cancelled", "organiser"))
        return True

    def unreject(self, act: Act) -> bool:
        """Put somebody back whom an organiser took off; for a day, then the name has gone."""
        row = self._row(act, {"cancelled"})
        if not row or row.by != "organiser":
            return False
        if not self.browser.orders(act, f"person/{row.reference}/restore", may_fail=True):
            return False
        self._witness.becomes(row, self._stage.now, self._comes_as(row), "organiser")
        return True

    def take_in(self, act: Act) -> bool:
        """Let everybody be in time who was late for an earlier deadline, and would not be for this one."""
        closes = self._witness.rules.closes
        late = [r for r in self._witness.rows.values() if r.state == "late" and not r.erased]
        rows = [row for row in late if row.received < closes]
        if not rows or not self.browser.orders(act, "late/in"):
            return False
        for row in rows:
            self._witness.becomes(row, self._stage.now, "registered", "organiser")
        return True

    def resend(self, act: Act) -> bool:
        """Have somebody mailed again; at most once an hour."""
        row, at = self._row(act, {*COUNTED, "declined", "late"}), self._stage.now
        if not row or (row.resent_at and at - row.resent_at < _HOUR):
            return False
        if not self.browser.orders(act, f"person/{row.reference}/resend"):
            return False
        row.resent_at = at
        self._witness.owes_again(row)
        return True

    def correct_address(self, act: Act) -> bool:
        """Give the right address of somebody whom no mail reaches."""
        row = self._row(act, {*COUNTED, "late", "declined"})
        if not row or not row.person.is_dead:
            return False
        fields = {"email": row.person.right, "step": "do"}
        if not self.browser.orders(act, f"person/{row.reference}/correct_address", fields):
            return False
        self._witness.corrects(row, self._stage.now, "organiser")
        return True

    def waive(self, act: Act) -> bool:
        """Except a school from the rule."""
        row = self._row(act, COUNTED)
        stand = self._stands(row) if row else ""
        if not row or stand not in ("short", "repair"):
            return False
        if not self.browser.orders(act, f"school/{row.reference}/waive", {"why": "dat mag van ons"}):
            return False
        self._witness.waived.append(row)
        return True

    def unwaive(self, act: Act) -> bool:
        """Take that back."""
        row = self._row(act, COUNTED)
        if not row or self._stands(row) != "waived":
            return False
        if not self.browser.orders(act, f"school/{row.reference}/unwaive"):
            return False
        part = self._witness.part(row)
        waived = [reference for reference in self._witness.waived if reference in part]
        assert len(waived) == 1, "a school has two exceptions"
        self._witness.waived.remove(waived[0])
        return True

    def remind(self, act: Act) -> bool:
        """Remind a school now; at most once a day."""
        row = self._row(act, COUNTED)
        if (
            not row
            or not self._witness.is_open(self._stage.now)
            or self._stands(row) not in ("short", "repair")
        ):
            return False
        left = (self._witness.rules.deadline - self._stage.now.astimezone(ZONE).date()).days
        part = [r for r in self._witness.part(row) if r.waits]
        due = [r for r in part if self._witness.may_remind(r, left)]
        if not due or not self.browser.orders(act, f"school/{row.reference}/remind"):
            return False
        # In bad weather the mail goes hours later, and after the deadline no reminder goes.
        may_fail = bool(act.luck) and self._witness.rules.closes - self._stage.now < timedelta(hours=4)
        for one in due:
            self._witness.reminds(one, left, perhaps=may_fail)
        return True

    def hold_closing(self, act: Act) -> bool:
        """Let the deadline decide nothing for now."""
        rows = self._witness.rows.values()
        closes = self._witness.rules.closes
        ahead = any(r.state == "registered" and r.received < closes and not must_confirm(r) for r in rows)
        is_done = not ahead and not self._witness.is_open(self._stage.now)
        if self._witness.closing_held or is_done:
            return False
        if not self.browser.orders(act, "closing/hold", {"why": "we wachten nog"}):
            return False
        self._witness.closing_held = True
        return True

    def release_closing(self, act: Act) -> bool:
        """Let it decide after all."""
        if not self._witness.closing_held or not self.browser.orders(act, "closing/release"):
            return False
        self._witness.closing_held = False
        return True

    def by_hand(self, act: Act) -> bool:
        """Register somebody who phoned."""
        person, typing, now = self._witness.person(act.person), act.typing, self._stage.now
        if act.person in self._witness.of:
            return False
        assert typing
        is_open = self._witness.is_open(now)
        state = "registered" if is_open or act.others[0] % 2 else "admitted"
        fields = {"name": person.name, "email": person.email, "school": typing.name, "place": typing.place}
        fields |= {"step": "do", "state": state, "why": "belde ons"}
        if not self.browser.orders(act, "registration", fields):
            return False
        reference = self._witness.find(person)
        turn = Turn(now, state, "organiser")
        row = self._witness.arrives(person, reference, typing._replace(brin=""), turn)
        row.by_hand, row.asked = True, None
        return True

    def overview(self) -> str:
        """Return the overview as the organiser sees it; nothing if they are signed in no longer."""
        return self.browser.overview()

    def _person(self, act: Act, order: str, state: str, states: set[str]) -> bool:
        row = self._row(act, states)
        if not row or not self.browser.orders(act, f"person/{row.reference}/{order}"):
            return False
        self._witness.becomes(row, self._stage.now, state, "organiser")
        return True

    def _row(self, act: Act, states: Any) -> Row | None:
        row = self._witness.of.get(act.person)
        return row if row and not row.erased and row.state in states else None

    def _comes_as(self, row: Row | None) -> str:
        assert row
        return "registered" if row.received < self._witness.rules.closes else "late"

    def _stands(self, row: Row) -> str:
        return self._witness.stands(self._witness.part(row), self._stage.now)
