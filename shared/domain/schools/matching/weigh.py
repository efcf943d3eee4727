"""Weigh every vestiging that a typing could mean, clue by clue."""

from dataclasses import replace

from shared.domain.schools.matching.candidate import (
    ELSEWHERE,
    GROUP_MAIL,
    HERE,
    NOWHERE,
    OTHERS_MAIL,
    OWN_MAIL,
    Candidate,
)
from shared.domain.schools.matching.index import Index
from shared.domain.schools.matching.likeness import Likeness, have_different_kinds, likeness
from shared.domain.schools.matching.lookup import Entry
from shared.domain.schools.matching.places import is_same_place, place_key, place_words
from shared.domain.schools.matching.register import Register, Vestiging
from shared.domain.schools.matching.typed import Reading

# Less than this is not worth showing to anyone, unless the whole name is the same.
_LEAST = 2.0


def weigh(reading: Reading, register: Register) -> list[Candidate]:
    """Return the vestigingen that fit, the best first and of equals the first of its BRIN."""
    index = register.index
    mailed = index.of_domain(reading.domain) if reading.domain else []
    found = {row.code: dict.fromkeys(index.entries[row.code]) for row in mailed}
    for name in reading.names:
        for entry in index.candidates(name, reading.place):
            found.setdefault(entry.row.code, {})[entry] = None
    weighed = (_candidate(reading, list(entries), mailed, index) for entries in found.values())
    worth = (c for c in weighed if c.like == Likeness.SAME or (c.points >= _LEAST and (c.like or c.mail > 0)))
    ranked = sorted(worth, key=lambda c: (-c.points, -_said(reading, c, index), c.order, c.row.code))
    return _alone(ranked)


def _said(reading: Reading, candidate: Candidate, index: Index) -> int:
    """Count the typed words that this vestiging has in any of its names: of one BRIN, the most is meant."""
    own = {w for entry in index.entries[candidate.row.code] for w in entry.name.full}
    return len(own & {w for name in reading.names for w in name.full})


def _candidate(reading: Reading, entries: list[Entry], mailed: list[Vestiging], index: Index) -> Candidate:
    row = entries[0].row
    like, fits, at, entry = _best_name(reading, entries)
    place, mail = _place(reading, row, entry, index), _mail(reading, row, mailed, index)
    return Candidate(row, like, entry, not fits, place, mail, -at, index.is_chain(row.brin))


def _best_name(reading: Reading, entries: list[Entry]) -> tuple[Likeness, bool, int, Entry]:
    towns = reading.towns | place_words(place_key(entries[0].row.place))
    compared = (
        (
            likeness(name, entry.name, towns),
            not have_different_kinds(reading.names[0], entry.name),
            -at,
            entry,
        )
        for at, entry in enumerate(entries)
        for name in reading.names
    )
    return max(compared, key=lambda c: c[:3])


def _mail(reading: Reading, row: Vestiging, mailed: list[Vestiging], index: Index) -> float:
    """Weigh the e-mail domain; a location without a site of its own goes by that of its school."""
    if not mailed:
        return 0.0
    own = index.is_own(reading.domain)
    if row in mailed or (not row.domain and any(row.brin == m.brin for m in mailed)):
        return OWN_MAIL if own else GROUP_MAIL
    return OTHERS_MAIL if own else 0.0


def _place(reading: Reading, row: Vestiging, entry: Entry, index: Index) -> float:
    """Weigh the place; one that only the name says is no objection to a school of that name elsewhere."""
    if not reading.place:
        return 0.0
    if any(is_same_place(reading.place, place) for place in index.places_of[row.code]):
        return HERE
    if not reading.said and reading.towns & set(entry.name.full):
        return 0.0
    return ELSEWHERE if index.is_place(reading.place) else NOWHERE


def _alone(ranked: list[Candidate]) -> list[Candidate]:
    """Let a whole name count for more when the register has it once and no place was typed."""
    if not ranked or ranked[0].place or ranked[0].like < Likeness.SAME:
        return ranked
    best, *others = ranked
    if not best.entry.name.core or any(_also(best, other) for other in others):
        return ranked
    return [replace(best, alone=True), *others]


def _also(best: Candidate, other: Candidate) -> bool:
    """Tell whether the whole name that was typed is in the name of another school too."""
    named = other.like >= Likeness.TYPO or set(best.entry.name.core) <= set(other.entry.name.core)
    return named and not best.is_same_school(other)
