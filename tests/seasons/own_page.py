"""What people do on their own page, by the latest link in their mails."""

import re
from collections.abc import Mapping
from datetime import UTC, timedelta
from typing import Any
from urllib.parse import urlencode

from tests.seasons.confirming import must_confirm
from tests.seasons.rows import COUNTED, Row, Turn, plain
from tests.seasons.rules import ID
from tests.seasons.script import Act
from tests.seasons.stage import Stage
from tests.seasons.visitor import FORM, asks
from tests.seasons.witness import Witness

_HOUR = timedelta(hours=1)
_WEEK = timedelta(days=7)
_SURE = {"sure": "yes"}


class OwnPage:
    """Does what people do for themselves, and tells the witness of it."""

    def __init__(self, stage: Stage, witness: Witness) -> None:
        self._stage, self._witness = stage, witness

    def cancel(self, act: Act) -> bool:
        """Take oneself off the list."""
        row = self._able(act, {*COUNTED, "late"})
        if not row or row.person.shares or not self._acts(row, "cancel", _SURE):
            return False
        self._witness.becomes(row, self._stage.now, "cancelled", "person")
        return True

    def erase(self, act: Act) -> bool:
        """Have everything erased."""
        row = self._able(act, {*COUNTED, "late", "cancelled"})
        if not row or row.person.shares:
            return False
        # Of who left long ago nothing is left to erase, and the page has gone.
        if not self._acts(row, "erase", _SURE, may_fail=row.state == "cancelled"):
            return False
        if row.state != "cancelled":
            row.turns.append(Turn(self._stage.now, "cancelled", "person"))
        row.erased = True
        return True

    def restore(self, act: Act) -> bool:
        """Come back."""
        row, at = self._able(act, {"cancelled"}), self._stage.now
        if not row or row.by != "person":
            return False
        fields = {**_SURE, "name": row.person.name}
        may_fail = self._witness.may_forget(row) or not self._witness.is_open(at)
        if not self._acts(row, "restore", fields, may_fail=may_fail):
            return False
        state = self._witness.arrival(at, row.reference)
        row.reminded, row.received = None, at
        self._witness.becomes(row, at, state, "person")
        return True

    def replace(self, act: Act) -> bool:
        """Let a colleague go instead."""
        row, other = self._able(act, {*COUNTED, "late"}), self._witness.person(act.others[0])
        if not row or row.person.shares or other.shares or other.number in self._witness.of:
            return False
        typed = {"colleague_name": other.name, "colleague_email": other.email}
        state, at = row.state, self._stage.now
        if not self._acts(row, "replace", typed):
            return False
        self._witness.becomes(row, at, "cancelled", "person")
        kind = "invited" if state == "registered" else state
        came = self._witness.arrives(
            other, self._witness.find(other), row.typing, Turn(at, state, "person"), row, kind
        )
        came.asked = at if self._witness.rules.confirms and state in COUNTED else None
        came.bringer, came.by_link = row, False
        if state in ("admitted", "held"):
            self._witness.owe(came, "invited")
        return True

    def correct(self, act: Act) -> bool:
        """Give the right address of a colleague whom no mail reached."""
        row = self._witness.of.get(act.person)
        if not row or not row.person.is_dead or row.erased or row.state not in {*COUNTED, "late"}:
            return False
        bringer = row.bringer
        if not bringer or row.by_link or bringer.erased or bringer.person.is_dead or not self._bounced(row):
            return False
        if bringer.state not in {*COUNTED, "late"} or bringer not in self._witness.part(row):
            return False
        typed = {"colleague": row.reference, "colleague_email": row.person.right}
        if not self._acts(bringer, "correct", typed):
            return False
        self._witness.corrects(row, self._stage.now, "colleague")
        return True

    def address(self, act: Act) -> bool:
        """Say that one has another address; nothing changes until somebody confirms it from there."""
        row = self._able(act, {*COUNTED, "late"})
        if not row or row.person.shares:
            return False
        email = f"nieuw{row.person.number}@post{act.others[0]}.example"
        if email == row.person.email or not self._acts(row, "address", {"email": email}):
            return False
        row.wish = (email, self._stage.now)
        self._witness.overtakes(row, "address")
        self._witness.owe(row, "address", email)
        return True

    def confirm(self, act: Act) -> bool:
        """Confirm that address, by the link that was mailed there; for a week."""
        row, at = self._able(act, {*COUNTED, "late"}), self._stage.now
        if not row or not row.wish:
            return False
        email, since = row.wish
        link = _link_to(self._stage, row, email)
        if not link:
            return False
        failed = len(self._stage.failures)
        answer = asks(self._stage, "POST", f"/me/{link}", FORM, urlencode(_SURE))
        # Of the clock, a week can have an hour less or more than seven days.
        is_late, is_done = at.astimezone(UTC) >= since.astimezone(UTC) + _WEEK, answer.status == 303
        is_done |= not is_late and len(self._stage.failures) > failed
        assert is_done is not is_late, f"{row.person.name}: an address was confirmed, answer {answer.status}"
        if is_done:
            self._witness.readdresses(row, at, email)
        return is_done

    def confirm_own(self, act: Act) -> bool:
        """Confirm that the address with which one registered is one's own."""
        row, at = self._able(act, {*COUNTED, "unconfirmed"}), self._stage.now
        if not row or not (row.state == "unconfirmed" or must_confirm(row)):
            return False
        if not self._acts(row, "confirm", _SURE):
            return False
        if row.state == "unconfirmed":
            row.reminded, row.received = None, at
            self._witness.becomes(row, at, "registered", "person")
        return True

    def _bounced(self, row: Row) -> bool:
        """Say whether we heard that no mail reaches somebody."""
        mails = [m for m in self._stage.mailbox.sent if m.to == [row.person.email]]
        return any(m.tags["mail"] not in self._stage.weather.unheard for m in mails)

    def invite(self, act: Act) -> bool:
        """Have a colleague invited."""
        row, other = self._able(act, COUNTED), self._witness.person(act.others[0])
        if not row or other.email in row.invited or len(row.invited) >= 5:
            return False
        if not self._witness.is_open(self._stage.now):
            return False
        if not self._acts(row, "invite", {"colleague_email": other.email}):
            return False
        row.invited.append(other.email)
        self._witness.owe(row, "invitation", other.email)
        return True

    def change(self, act: Act) -> bool:
        """Correct the school."""
        row, typing = self._able(act, COUNTED), act.typing
        if not row or not self._witness.is_open(self._stage.now):
            return False
        assert typing
        fields = {"school": typing.name, "place": typing.place, "brin": typing.brin}
        if not self._acts(row, "change", {"name": row.person.name, **fields}):
            return False
        if plain(typing) != plain(row.typing):
            self._witness.moves(row, typing)
        row.typing = typing
        return True

    def links(self, act: Act) -> bool:
        """Ask for a lost link, with nothing but an address."""
        known = self._witness.of.get(act.person)
        email = known.person.email if known else self._witness.person(act.person).email
        at = self._stage.now
        body = urlencode({"email": email})
        answer = asks(self._stage, "POST", f"/links/{ID}", FORM, body)
        assert answer.status == 200
        for row in self._witness.rows.values():
            lately = row.links_at and at - row.links_at < _HOUR
            if row.person.email == email and not row.erased and row.state != "quarantined" and not lately:
                row.links_at = at
                self._witness.owe(row, "links", perhaps=row.state == "cancelled")
        return True

    def revoke(self, act: Act) -> bool:
        """Make all links void."""
        row = self._able(act, COUNTED)
        if not row or not self._acts(row, "revoke", _SURE):
            return False
        row.links_at = self._stage.now
        # A mail with links that are void now, and that was still to go, is overtaken: one mail is enough.
        overtakes = any((o.reference, o.kind) == (row.reference, "links") for o in self._witness.owed)
        self._witness.owe(row, "links", perhaps=overtakes)
        return True

    def _able(self, act: Act, states: Any) -> Row | None:
        row = self._witness.of.get(act.person)
        can = row and not row.erased and not row.person.is_dead
        return row if row and can and row.state in states else None

    def _acts(self, row: Row, action: str, typed: Mapping[str, str], may_fail: bool = False) -> bool:
        link = link_of(self._stage, row, "me")
        if not link:
            return False
        failed = len(self._stage.failures)
        answer = asks(self._stage, "POST", f"/me/{link}", FORM, urlencode({"action": action, **typed}))
        # Whoever tries again what was done, though they were told otherwise, may hear that it cannot be done.
        done = answer.status in (200, 303) or (len(self._stage.failures) > failed and not may_fail)
        assert done or may_fail, f"{row.person.name}: {action} was answered {answer.status}"
        row.proven = row.proven or (done and row.asked is not None)
        return done


def link_of(stage: Stage, row: Row, of: str) -> str:
    """Return the latest link that somebody was mailed."""
    for mail in reversed(stage.mailbox.sent):
        mine = mail.tags["mail"].startswith(row.reference) and mail.to == [row.person.email]
        if mine and mail.tags["kind"] not in ("invitation", "address"):
            link = re.search(rf"/{of}/(\S+)", mail.body("Text"))
            if link:
                return link[1]
    return ""


def _link_to(stage: Stage, row: Row, email: str) -> str:
    """Return the latest link that was mailed to an address that somebody says they have."""
    mails = [m for m in stage.mailbox.sent if m.tags["kind"] == "address" and m.to == [email]]
    mine = [m for m in mails if m.tags["mail"].startswith(row.reference)]
    link = re.search(r"/me/(\S+)", mine[-1].body("Text")) if mine else None
    return link[1] if link else ""
