"""What an organiser reads of all schools and people, held against what the witness knows."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from tests.seasons.claims import claims
from tests.seasons.rows import COUNTED, Row, Turn
from tests.seasons.rules import ZONE
from tests.seasons.standing import Part, count, fates, stands
from tests.seasons.truth import facts, untrue
from tests.seasons.witness import Witness

_SENTENCES = "desk_sentences.txt"
_ASKED, _SCHOOLS, _ROWS = "Wat vraagt een besluit? | ", "Alle scholen (", "Scholen | "
_COMING = re.compile(r": (?:doet|gaat|wordt) (vandaag|morgen) om 7\.00 uur (mee|wachten op besluit|afgewezen)$")
_BECOMES = {"mee": "admitted", "wachten op besluit": "held", "afgewezen": "declined"}
_TALLY = re.compile(r"\b(\d+) (?:van (\d+)|mensen)")
_REFERENCE = re.compile(r"[A-Z]+-[0-9A-Z]{8}")
# Why somebody does not count, and where they then stand.
_NOT_COUNTED = {
    "heeft zich afgemeld": "cancelled", "is afgemeld door de organisatie": "cancelled",
    "laat een collega in de plaats gaan": "cancelled", "heeft de gegevens laten wissen": "cancelled",
    "nagekeken: hoort er niet bij": "cancelled", "is afgewezen": "declined", "is te laat aangemeld": "late",
    "wacht op controle": "quarantined",
}  # fmt: skip


class Board(NamedTuple):
    """Everything at an instant, and when the report before was made."""

    witness: Witness
    at: datetime
    since: datetime | None
    parts: Sequence[Part]
    deadlines: frozenset[date]
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
        return sum(self.before(row) in COUNTED for row in part) >= self.witness.rules.minimum

    def _is_later(self, turn: Turn) -> bool:
        return not self.since or turn.at > self.since or (turn.at == self.since and turn.by != "check")


def board(witness: Witness, at: datetime, since: datetime | None, deadlines: frozenset[date]) -> Board:
    """Return what the witness knows of everybody."""
    return Board(witness, at, since, [part for part in witness.parts() if count(part)], deadlines)


def wrong(lines: Iterable[str], known: Board) -> Iterator[tuple[int, str]]:
    """Yield what an organiser reads that is not so or cannot be read, each with how much was read before."""
    lines = list(lines)
    known = known._replace(asked=sum(map(_count_asked, lines)))
    others: list[str] = []
    schools: list[str] = []
    for line in lines:
        if line.startswith(_ASKED):
            yield from _asked(line.removeprefix(_ASKED), known)
        elif line.startswith(_ROWS):
            yield from _row(line.removeprefix(_ROWS), known)
        elif line.startswith(_SCHOOLS) and (_TALLY.match(_item(line)) or _item(line).startswith(">>")):
            schools.append(_item(line))
        else:
            others.append(line.strip())
    read, unread = claims(others, _SENTENCES)
    yield len(read), ""
    for each in read:
        true = set(map(str, _TRUE[each.what](known)))
        if str(each.value) not in true:
            yield 0, f"“{each.words}”: {each.what} is {' or '.join(sorted(true)) or 'nothing'}"
    yield from ((0, f"cannot be read: {each!r}") for each in unread)
    if schools:
        yield from _schools(schools, known)
    yield from _coming([match for line in lines if (match := _COMING.search(line))], known)


def _count_asked(line: str) -> int:
    """Count the decisions that a line asks for."""
    if not line.startswith(_ASKED) or line.startswith(f"{_ASKED}>>"):
        return 0
    more = re.match(r"Dit zijn er 60 van (\d+)\.", _item(line))
    return int(more[1]) - 60 if more else bool(_REFERENCE.search(line) or line.endswith("?"))


def _item(line: str) -> str:
    return line.partition(" | ")[2]


def _coming(said: Sequence[re.Match[str]], known: Board) -> Iterator[tuple[int, str]]:
    """Yield a step that the next check is said to take and does not, or the other way round."""
    local, witness = known.at.astimezone(ZONE), known.witness
    day = local.date() if local.hour < 7 else local.date() + timedelta(1)
    check = datetime.combine(day, time(7), ZONE)
    must = Counter(
        fate
        for part in known.parts
        for fate in {
            fate
            for row, fate in fates(witness.rules, part, known.stands(part, check), check)
            if row.state != "registered"
        }
    )
    if witness.is_open(known.at) or witness.closing_held:
        must.clear()
    says = Counter(_BECOMES[match[2]] for match in said)
    yield len(said), ""
    if says != must or any((match[1] == "vandaag") is not (local.hour < 7) for match in said):
        yield 0, f"the next check is said to make {dict(says)}, and makes {dict(must)}"


def _row(line: str, known: Board) -> Iterator[tuple[int, str]]:
    """Yield what is wrong with a school in the overview's table."""
    reference, tally = _REFERENCE.match(line), _TALLY.search(line)
    if reference and tally:
        part = next((part for part in known.parts if any(r.reference == reference[0] for r in part)), [])
        must = _tally(part, known.witness.rules.minimum)
        yield 1, "" if tally[0] == must else f"{line!r}: it is {must}"


def _asked(line: str, known: Board) -> Iterator[tuple[int, str]]:
    """Yield what is wrong with a decision that is asked for."""
    reference = _REFERENCE.search(line)
    if not reference or "Is dit één school?" in line:
        return  # nobody but the organiser knows
    row = known.witness.rows.get(reference[0])
    if not row:
        yield 1, f"nobody has the reference of {line!r}"
        return
    name = row.person.name.rpartition(" ")[2]
    read, unread = claims([line[line.find(name) if name in line else 0 :]])
    yield len(read), ""
    yield from ((0, each) for each in untrue(read, facts(known.witness, row, known.at, known.deadlines)))
    yield from ((0, f"cannot be read: {each!r}") for each in unread)


def _schools(lines: Sequence[str], known: Board) -> Iterator[tuple[int, str]]:
    """Yield schools that are listed otherwise than they are."""
    rows = {_short(row.person.name): row for row in known.witness.rows.values()}
    read: Counter[tuple[str, ...]] = Counter()
    tally, people, notes = "", [], []
    for line in [*lines, "0 van 0 "]:
        if match := _TALLY.match(line):
            if tally:
                read[(tally, *sorted(people))] += 1
            tally, people, notes = match[0], [], []
            continue
        note = line.removeprefix(">> ")
        name, _, why = note.partition(" telt niet mee: ")
        if why:
            row = rows.get(_short(name))
            if row and _NOT_COUNTED.get(why.partition(": ")[0] if "nagekeken" not in why else why) != row.state:
                yield 1, f"{note!r}: {name} is {row.state}"
            continue
        names = [_short(each.removesuffix(" (onbereikbaar)")) for each in note.split(", ")]
        if all(each in rows for each in names):
            people = names
    must = Counter(
        (_tally(part, known.witness.rules.minimum), *sorted(_short(r.person.name) for r in part if r.state in COUNTED))
        for part in known.parts
    )
    yield read.total(), ""
    for school in (read - must) + (must - read):
        side = "is listed, and is not so" if school in read - must else "is so, and is not listed"
        yield 0, f"{', '.join(school)} {side}"


def _tally(part: Part, minimum: int) -> str:
    people = count(part)
    return f"{people} van {minimum}" if people <= minimum else f"{people} mensen"


def _short(name: str) -> str:
    """Return a name as it is the same however it was typed: an initial and the rest."""
    first, _, rest = name.partition(" ")
    return f"{first[:1]}. {rest}".casefold()


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
        fate = dict((id(row), fate) for row, fate in fates(rules, part, known.stands(part), closes))
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


_TRUE: Mapping[str, Callable[[Board], Iterable[object]]] = {
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
