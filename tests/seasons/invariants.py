"""What must be so at the end of each day of a season, whatever went wrong; by our own count of everything."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from local.mailbox import Sent
from shared.domain.outbox import MailState
from tests.seasons.cast import DEAD
from tests.seasons.deadlines import Deadlines
from tests.seasons.forgotten import left
from tests.seasons.letters import TO_OTHERS, ids, kind_of, reference_of
from tests.seasons.places import Places
from tests.seasons.reach import Reach
from tests.seasons.reader import Reader
from tests.seasons.rows import COUNTED, Owed, Row, steps
from tests.seasons.rules import ID
from tests.seasons.stage import Stage
from tests.seasons.standing import Part, count
from tests.seasons.witness import Witness

# The mails that answer what somebody was told before of something else.
_ANSWERS = {"deadline", "unreachable", "waiting", "place", "confirm"}
_SCHOOL = {"complete", "changed"}  # the mails that answer what somebody was told of their school before
_COUNTING = {"confirmation", "invited", "reminder", "deadline"}  # the others that say how many are missing
_DAY = timedelta(days=1)
_Letter = tuple[str, str, str]  # whose it is, its kind, and its mailbox
_TOTALS = {
    "Tellen mee": "counted", "Op de wachtlijst": "waiting", "Wacht op besluit": "held", "Dubbel": "double",
    "Afgemeld": "cancelled", "Afgewezen": "declined", "Te laat": "late", "Wacht op controle": "quarantined",
    "Ontvangen": "received", "Niet bevestigd": "unconfirmed",
}  # fmt: skip


class BrokenError(AssertionError):
    """What must always be so is not; says what."""


class Day:
    """Looks at everything at the end of each day; raises `BrokenError`."""

    def __init__(self, stage: Stage, witness: Witness, reader: Reader) -> None:
        self._stage, self._witness, self._reader = stage, witness, reader
        self._checked = 0  # mails that were looked at on earlier days
        self._reported = 0  # mails that were looked at for a report: a second check makes none
        self._tags: Counter[str] = Counter()
        self._sent: defaultdict[str, list[datetime]] = defaultdict(list)  # to each address
        self._waiting: Counter[_Letter] = Counter()  # was too much for a day, and may yet come
        self._places = Places()
        self._reach = Reach(witness)
        self._deadlines = Deadlines(witness)
        self._missing: dict[str, int] = {}  # how many people their school needed, the last time
        self._last_said: dict[str, bool | None] = {}  # whether their school is complete, the last time

    def ends(self) -> None:
        """Look whether all is as it must be."""
        stored = {r.reference: r for r in self._stage.people()}
        parts = self._witness.parts()
        wrong = [
            *_lost(self._witness.rows, stored),
            *_decisions(self._witness.rows.values(), stored),
            *_schools(parts, self._witness.rulings.mistaken()),
            *self._witness.rulings.wrong(parts),
            *self._mails(parts),
            *left(self._stage, self._witness),
            *self._reader.wrong(),
        ]
        if wrong:
            raise BrokenError("\n".join(wrong))

    def reports(self) -> Iterator[str]:
        """Yield what is wrong with a report that was made this very moment."""
        reports = [m for m in self._stage.mailbox.sent[self._reported :] if m.tags["kind"] == "report"]
        self._reported = len(self._stage.mailbox.sent)
        if reports and reports[-1].at == self._stage.now:
            yield from _totals(reports[-1], self._witness)

    def _mails(self, parts: Sequence[Part]) -> Iterator[str]:
        new = self._stage.mailbox.sent[self._checked :]
        self._checked = len(self._stage.mailbox.sent)
        once = []
        for mail in new:
            self._tags.update(ids(mail))
            self._sent[mail.to[0]].append(mail.at)
            if self._tags[mail.tags["mail"]] == 1:
                once.append(mail)
            for id_ in ids(mail):
                if self._tags[id_] > 1 and mail.tags["mail"] not in self._stage.weather.unheard:
                    yield f"{id_} was mailed twice to {mail.to[0]}"
        yield from _owed(once, self._witness, self._is_crowded, self._waiting)
        yield from self._standing(once, parts)
        yield from self._reach.wrong(once, self._stage.weather.unheard, self._is_crowded)
        yield from self._places_read(once)
        yield from self._confirming(once)
        yield from self._deadlines.wrong(once, self._stage.now, self._unanswered())
        self._witness.owed.clear()

    def _places_read(self, new: Sequence[Sent]) -> Iterator[str]:
        at = self._stage.now
        unanswered = self._unanswered()
        ahead = [
            row
            for row in self._witness.rows.values()
            if row.state == "registered" and not row.person.is_dead and row.reference not in unanswered
        ]
        is_open = self._witness.is_open(at)
        waits = self._witness.waits(at)
        yield from self._places.wrong(new, ahead if is_open else (), waits, self._is_crowded)

    def _confirming(self, new: Sequence[Sent]) -> Iterator[str]:
        witness = self._witness
        witness.asking.reads(self._stage.mailbox.sent)
        yield from witness.asking.wrong(new, witness.rows, self._stage.now, self._is_crowded)

    def _is_crowded(self, address: str) -> bool:
        """Say whether an address had so many mails that more may be withheld: three a day, ten in all."""
        sent = self._sent[address]
        return len(sent) >= 10 or any(later - at < _DAY for at, later in zip(sent, sent[2:], strict=False))

    def _says_more_are_missing(self, mail: Sent, reference: str, kind: str) -> bool:
        """Say whether one more has left a short school, so that more must be replaced than was said."""
        if kind not in _SCHOOL | _COUNTING:
            return False
        before, self._missing[reference] = self._missing.get(reference, 0), _missing(mail)
        return kind == "changed" and self._missing[reference] > before

    def _unanswered(self) -> set[str]:
        """Return the references of whom a mail may have reached, of which SES never said a word."""
        return {mail.reference for mail in self._stage.table.mails(ID) if mail.state is MailState.UNKNOWN}

    def _is_in_doubt(self, reference: str, says: bool | None) -> bool:
        """Say whether somebody may have been told otherwise by a mail of which SES never said a word."""
        mails = [m for m in self._stage.table.mails(ID, f"{reference}-") if m.state is MailState.UNKNOWN]
        return any(mail.kind in _SCHOOL | _COUNTING and bool(mail.missing) is says for mail in mails)

    def _standing(self, new: Iterable[Sent], parts: Sequence[Part]) -> Iterator[str]:
        """Yield who was told something of their school that is not so, or was told it twice."""
        arrived = (mail for mail in new if not mail.to[0].startswith(DEAD))
        for mail, id_ in ((each, id_) for each in arrived for id_ in ids(each)):
            reference, kind, says = reference_of(id_), kind_of(mail, id_), _says(mail, id_)
            twice = kind in _SCHOOL and self._last_said.get(reference, not says) is says
            is_more = self._says_more_are_missing(mail, reference, kind)
            if twice and not is_more and not self._is_in_doubt(reference, says):
                yield f"{reference} was told twice that the school is {'complete' if says else 'short'}"
            if says is not None or kind == "admitted":
                self._last_said[reference] = says
        for part in parts:
            complete = count(part) >= self._witness.rules.minimum
            for row in part:
                last_said = self._last_said.get(row.reference)
                crowded = self._is_crowded(row.person.email)  # what they hear may come another day
                silent = last_said is None or row.person.is_dead or crowded
                if row.state in COUNTED and not silent and last_said is not complete:
                    name = f"{row.reference} {row.person.name}"
                    yield f"{name} last heard complete={last_said}, it is {complete}"
                was_admitted = last_said is None and row.reference in self._last_said
                if row.state in COUNTED and was_admitted and not crowded:
                    self._last_said[row.reference] = complete


def _says(mail: Sent, id_: str) -> bool | None:
    """Return whether a mail says that the school is complete; None for one that says nothing of it."""
    kind = kind_of(mail, id_)
    if kind in ("complete", "changed", "reminder"):
        return kind == "complete"
    if kind not in ("confirmation", "invited", "waiting", "place", "deadline"):
        return None
    if len(ids(mail)) > 1:
        return None  # several schools may be in it
    text = " ".join(mail.body("Text").split())
    is_said = re.search(r"\d+ van \d+ aangemeld", text)
    if kind in ("waiting", "place") or (kind == "confirmation" and "wachtlijst" in text):
        is_open = not is_said and "Is je school compleet" in text  # a question, and no claim
        return None if is_open else not is_said  # they count only what is still needed
    is_said = is_said or re.search(r"\d+ aangemeld, \d+ nodig", text)
    return ("school is compleet" in text) if is_said else None


def _missing(mail: Sent) -> int:
    """Return how many people a mail says that the school needs; of several schools nobody can tell."""
    found = re.search(r"(\d+) van (\d+) aangemeld", " ".join(mail.body("Text").split()))
    return int(found[2]) - int(found[1]) if found and len(ids(mail)) == 1 else 0


def _lost(rows: Mapping[str, Row], stored: Mapping[str, Any]) -> Iterator[str]:
    for reference in rows.keys() - stored.keys():
        yield f"{rows[reference].person.name} ({reference}) registered, and is not on the list"
    for reference in stored.keys() - rows.keys():
        yield f"{stored[reference].name} ({reference}) is on the list, and is nobody who registered"


def _decisions(rows: Iterable[Row], stored: Mapping[str, Any]) -> Iterator[str]:
    """Yield who stands, or once stood, otherwise than by what they and others did."""
    for row in rows:
        if row.reference not in stored:
            continue
        stored_steps = steps((c.state.value, _by(c.by)) for c in stored[row.reference].history)
        must = steps((turn.state, turn.by) for turn in row.turns)
        if stored_steps != must or stored[row.reference].state.value != row.state:
            yield f"{row.person.name} ({row.reference}) must have become {must}, and became {stored_steps}"


def _by(by: str) -> str:
    return by if by in ("person", "check") else "organiser"


def _schools(parts: Sequence[Part], mistaken: set[str]) -> Iterator[str]:
    """Yield schools that were taken for one, and a school that was taken for two though it was typed well."""
    surely: dict[str, Part] = {}
    for part in parts:
        meant = {row.root.school for row in part}
        if len(meant) > 1:
            yield f"these are taken for one school: {sorted({row.root[1:3] for row in part})}"
        # Who was never anything but put aside is compared with nobody, and stands wherever they fit.
        compared = (row for row in part if {turn.state for turn in row.turns} != {"quarantined"})
        for school in {row.root.school for row in compared if row.root.sure} - mistaken:
            if school in surely:
                both = [row.root[1:] for row in (*surely[school], *part)]
                yield f"{school} was typed well and taken for two: {both}"
            surely[school] = part


def _owed(
    new: Sequence[Sent], witness: Witness, is_crowded: Callable[[str], bool], waiting: Counter[_Letter]
) -> Iterator[str]:
    """Yield every mail that must have come and did not, and every one that nobody was owed.

    `waiting` are letters that were too much for an earlier day.
    """
    came: Counter[_Letter] = Counter(
        (reference_of(id_) if m.tags["kind"] not in ("report", "code") else "", kind_of(m, id_), m.to[0])
        for m in new
        for id_ in ids(m)
        if kind_of(m, id_) not in _SCHOOL | _ANSWERS
    )
    # Of a dead address one mail is enough to know it: what is still to go there goes no more.
    given_back = {m.to[0] for m in new if m.to[0].startswith(DEAD) and m.tags["kind"] not in TO_OTHERS}
    least: Counter[_Letter] = Counter()
    most = Counter(waiting)
    for owed in witness.owed:
        key = owed[:3]
        most[key] += 1
        may_be_silent = owed.to in given_back or is_crowded(owed.to)
        least[key] += not (may_be_silent or _overtaken(owed, witness))
    for key in came.keys() | most.keys():
        if not least[key] <= came[key] <= most[key]:
            wanted = f"{least[key]}" if least[key] == most[key] else f"{least[key]} to {most[key]}"
            yield f"{key} came {came[key]} times, and must come {wanted} times"
        waiting[key] = max(most[key] - came[key], 0) if is_crowded(key[2]) else 0


def _overtaken(owed: Owed, witness: Witness) -> bool:
    """Say whether something else came first on the same day, after which a mail would say what is not so."""
    row = witness.rows.get(owed.reference)
    if row is None:
        return False
    if owed.kind == "reminder" and not _may_remind(row, witness):
        return True
    return owed.perhaps or row.erased or (owed.turn is not None and owed.turn is not row.turns[-1])


def _may_remind(row: Row, witness: Witness) -> bool:
    """Say whether a reminder that had to wait still says what is so this evening."""
    is_of_this = row.reminded is not None and row.reminded[0] == witness.rules.deadline
    return row.waits and is_of_this and count(witness.part(row)) < witness.rules.minimum


def _totals(report: Sent, witness: Witness) -> Iterator[str]:
    """Yield what the report counts otherwise than we do."""
    text = report.body("Text")
    matches = {name: re.search(rf"^ *(\d+)  {name}$", text, re.MULTILINE) for name in _TOTALS}
    says = {"waiting": 0, "unconfirmed": 0} | {
        _TOTALS[name]: int(number[1]) for name, number in matches.items() if number
    }
    states: defaultdict[str, int] = defaultdict(int)
    waits = witness.waits(report.at)
    for row in witness.rows.values():
        counts = "waiting" if row in waits else "counted"
        states[counts if row.state in COUNTED - {"held"} else row.state] += 1
    must = {name: states[name] for name in _TOTALS.values()} | {"received": len(witness.rows)}
    if says != must:
        yield f"the report says {says}, and it is {must}"
