"""Reads the report's list of schools: how many people each has, who they are, and who does not count."""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from tests.seasons.board import Board
from tests.seasons.rows import COUNTED, Row
from tests.seasons.standing import Part, count

TALLY = re.compile(r"\b(\d+) (?:van (\d+)|mensen)")
_MORE = "e. nog "  # "en nog 2", as a name is kept
# Why somebody does not count, and where they then stand.
_NOT_COUNTED = {
    "heeft zich afgemeld": "cancelled", "is afgemeld door de organisatie": "cancelled",
    "laat een collega in de plaats gaan": "cancelled", "heeft de gegevens laten wissen": "cancelled",
    "nagekeken: hoort er niet bij": "cancelled", "is afgewezen": "declined", "is te laat aangemeld": "late",
    "wacht op controle": "quarantined", "heeft het e-mailadres niet bevestigd": "unconfirmed",
}  # fmt: skip


def schools_wrong(lines: Sequence[str], known: Board, *, is_cut: bool) -> Iterator[tuple[int, str]]:
    """Yield schools that are listed otherwise than they are, and who is not counted for another reason.

    A list that is cut has the first schools alone, each without its people.
    """
    minimum = known.witness.rules.minimum
    rows: defaultdict[str, list[Row]] = defaultdict(list)  # some are alike
    for row in known.witness.rows.values():
        rows[_short(row.person.name)].append(row)
    for line in lines:
        yield 1, _why_wrong(line.removeprefix(">> "), rows)
    people = {id(part): () if is_cut else sorted(_counted(part)) for part in known.parts}
    must = Counter((tally(part, minimum), *people[id(part)]) for part in known.parts)
    said = Counter(_whole(school, must) for school in _listed(lines, rows))
    for school in said - must:
        yield 0, f"{', '.join(school)} is listed, and is not so"
    for school in Counter() if is_cut else must - said:
        yield 0, f"{', '.join(school)} is so, and is not listed"


def _listed(lines: Sequence[str], rows: Container[str]) -> Iterator[tuple[str, ...]]:
    """Yield how many people each school of the list has, and who they are."""
    school: tuple[str, ...] = ()
    for line in lines:
        if match := TALLY.match(line):
            yield from filter(None, [school])
            school = (match[0],)
            continue
        names = [_short(name.removesuffix(" (onbereikbaar)")) for name in line[3:].split(", ")]
        if all(name in rows or name.startswith(_MORE) for name in names):
            school = (school[0], *sorted(names))
    yield from filter(None, [school])


def _whole(school: tuple[str, ...], must: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return a school with all its people, of whom the first are listed, with how many more there are."""
    named = Counter(name for name in school if not name.startswith(_MORE))
    more = sum(int(name.removeprefix(_MORE)) for name in school if name.startswith(_MORE))
    alike = (s for s in must if named <= Counter(s) and len(s) == named.total() + more)
    return next(alike, school) if more else school


def _why_wrong(note: str, rows: Mapping[str, Sequence[Row]]) -> str:
    name, _, why = note.partition(" telt niet mee: ")
    states = {row.state for row in rows.get(_short(name), ())}
    if not why or not states:
        return ""
    known = why if "nagekeken" in why else why.partition(": ")[0]
    return "" if _NOT_COUNTED.get(known) in states else f"{note!r}: {name} is {' or '.join(sorted(states))}"


def _counted(part: Part) -> list[str]:
    return [_short(row.person.name) for row in part if row.state in COUNTED]


def tally(part: Part, minimum: int) -> str:
    """Write how many people a school has, as an organiser reads it."""
    people = count(part)
    return f"{people} van {minimum}" if people <= minimum else f"{people} mensen"


def _short(name: str) -> str:
    """Return a name as it is the same however it was typed: an initial and the rest."""
    first, _, rest = name.partition(" ")
    return f"{first[:1]}. {rest}".casefold()
