"""What people do with the form: register, twice or with colleagues, by a forwarded link, or as a robot."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from local.web import Response
from tests.seasons.cast import Person, Typing
from tests.seasons.own_page import link_of
from tests.seasons.rows import Row, Turn, plain
from tests.seasons.rules import FORM as SITE
from tests.seasons.rules import ID, RENAMED
from tests.seasons.script import Act
from tests.seasons.stage import Stage
from tests.seasons.visitor import FORM, asks
from tests.seasons.witness import Witness

_HOUR = timedelta(hours=1)
_JSON = {"content-type": "application/json"}


class Kept(NamedTuple):
    """A post of a form that somebody changed: who is in it as they typed it, when, and what they said."""

    at: datetime
    people: tuple[Person, ...]  # who posted it, and then whom they bring
    typing: Typing
    robot: bool


class Form:
    """Posts what people fill in, and tells the witness of it."""

    def __init__(self, stage: Stage, witness: Witness) -> None:
        self._stage, self._witness = stage, witness
        self._roles = 0
        self.is_changed = False  # it calls a field otherwise than the network's file knows
        self.kept: list[Kept] = []

    def register(self, act: Act) -> bool:
        """Register somebody, and the colleagues whom they bring."""
        person, typing = self._witness.person(act.person), act.typing
        assert typing
        brought = [p for p in map(self._witness.person, act.others) if p.number not in self._witness.of]
        answer = self._posts(person, typing, brought=brought)
        return self._came(answer, person, typing, brought=brought)

    def double(self, act: Act) -> bool:
        """Register somebody who presses the button twice."""
        done = self.register(act)
        assert act.typing
        self._posts(self._witness.person(act.person), act.typing)
        return done

    def join(self, act: Act) -> bool:
        """Register somebody who follows a colleague's forward link."""
        person, source = self._witness.person(act.person), self._witness.of.get(act.others[0])
        if source is None or source.erased or act.person in _line(source):
            return False
        link = "" if source.person.is_dead else link_of(self._stage, source, "join")
        page = self._stage.http("GET", f"/join/{link}") if link else None
        if page is None or page.status != 200:
            return False
        assert act.typing
        answer = self._posts(person, act.typing, forward=link)
        return self._came(answer, person, act.typing, source)

    def again(self, act: Act) -> bool:
        """Register somebody once more, with another role."""
        row = self._witness.of.get(act.person)
        if row is None or row.erased:
            return False
        person = row.person
        typed = person if person.shares else person._replace(name=person.again)
        self._roles += 1
        answer = self._posts(typed, row.typing, functie=f"docent {self._roles}")
        if self._keeps(answer, [typed], row.typing):
            return True
        return self._came(answer, person, row.typing, other=True)

    def robot(self, act: Act) -> bool:
        """Fill in the field that nobody sees."""
        person = self._witness.person(act.person)
        if act.person in self._witness.of or person.shares:
            return False
        assert act.typing
        answer = self._posts(person, act.typing, website="https://casino.example")
        if self._keeps(answer, [person], act.typing, robot=True):
            return True
        if answer.status != 201:
            return self._refused(answer, None)
        reference = json.loads(answer.body)["reference"]
        turn = Turn(self._stage.now, "quarantined", "person")
        self._witness.arrives(person, reference, act.typing, turn)
        return True

    def _came(
        self,
        answer: Response,
        person: Person,
        typing: Typing,
        source: Row | None = None,
        brought: list[Person] | None = None,
        other: bool = False,
    ) -> bool:
        """Tell the witness of a post that was answered."""
        if not source and self._keeps(answer, [person, *(brought or ())], typing):
            return True
        if answer.status != 201:
            return self._refused(answer, source)
        at, witness = self._stage.now, self._witness
        reference = json.loads(answer.body)["reference"]
        row = witness.of.get(person.number)
        new = row is None or row.state in ("cancelled", "quarantined")
        if row and not new:
            assert reference == row.reference, f"{person.name} had {row.reference}, and got {reference}"
            differs = other or row.by_initial or typing != row.typing
            self._was_there(row, at, differs=differs, perhaps=not other)
        state = witness.arrival(at, reference) if new or brought else ""
        if new:
            _same_reference(row, reference, witness.is_open(at) and not witness.may_forget(row))
            row = witness.arrives(person, reference, typing, Turn(at, state, "person"), source)
            row.bringer, row.by_link = source, True
        assert row
        for colleague in brought or ():
            earlier = self._witness.find(colleague)
            kind = "late" if state == "late" else "invited"
            turn = Turn(at, state, "person")
            source = row if plain(typing) == plain(row.typing) else None
            came = witness.arrives(colleague, earlier, typing, turn, source, kind, posted=True)
            came.bringer, came.by_link = row, False
        return True

    def _was_there(self, row: Row, at: datetime, *, differs: bool, perhaps: bool) -> None:
        """Tell the witness of a post of somebody who is on the list."""
        if row.state == "unconfirmed":
            self._witness.mails_unconfirmed(row, at)
            return
        lately = row.again_at is not None and at - row.again_at < _HOUR
        if differs:
            row.again_at = row.again_at if lately else at
            self._witness.owe(row, "already", perhaps=lately or perhaps)
        if row.state == "late" and self._witness.is_open(at):
            self._witness.becomes(row, at, "registered", "person")

    def _keeps(self, answer: Response, people: Sequence[Person], typing: Typing, robot: bool = False) -> bool:
        """Note a post that did not fit, and was kept until the network's file is mended."""
        if answer.status != 422:
            return False
        changed = self.is_changed and not self._witness.rules.mended
        assert changed, "a post did not fit a form that nobody changed"
        self.kept.append(Kept(self._stage.now, tuple(people), typing, robot))
        return True

    def _refused(self, answer: Response, source: Row | None) -> bool:
        rules, at = self._witness.rules, self._stage.now
        assert answer.status == 403, f"a post was answered {answer.status}: {answer.body[:300]!r}"
        assert rules.late == "refuse", "a post was refused that could have been kept"
        assert not self._witness.is_open(at), "a post in time was refused"
        if source:
            stand = self._witness.stands(self._witness.part(source), at)
            assert stand != "repair", (
                "a colleague by a forward link was refused, though the school may repair"
            )
        return False

    def _posts(
        self, person: Person, typing: Typing, brought: list[Person] | None = None, **more: str
    ) -> Response:
        # The page behind a forward link is our own.
        address = RENAMED if self.is_changed and "forward" not in more else "email"
        fields: dict[str, Any] = {
            "naam": person.name, address: person.email, "school": typing.name, "plaats": typing.place,
            "brin": typing.brin, **more,
        }  # fmt: skip
        headers = {"accept": "application/json", "origin": SITE}
        path = f"/networks/{ID}/registrations"
        if brought:
            fields["participants"] = [{"name": p.name, "email": p.email} for p in brought]
            return asks(self._stage, "POST", path, headers | _JSON, json.dumps(fields), person)
        return asks(self._stage, "POST", path, headers | FORM, urlencode(fields), person)


def _same_reference(row: Row | None, reference: str, is_kept: bool) -> None:
    """Who comes back keeps their reference, unless too little was left to know them by."""
    if row and row.reference != reference:
        assert row.erased or not is_kept or row.by == "organiser", f"{row.reference} came back as {reference}"


def _line(row: Row | None) -> set[int]:
    """Return everybody through whom somebody came."""
    return {row.person.number} | _line(row.source) if row else set()
