"""Ranks every vestiging that a typing could mean, clue by clue."""

from dataclasses import replace

from shared.domain.schools.matching.candidate import Candidate
from shared.domain.schools.matching.index import RegisterIndex
from shared.domain.schools.matching.likeness import Likeness, have_different_kinds, likeness
from shared.domain.schools.matching.places import is_same_place, place_key, place_words
from shared.domain.schools.matching.register import Register
from shared.domain.schools.matching.spelling_index import RegisterName
from shared.domain.schools.matching.towns import are_neighbours
from shared.domain.schools.matching.typed import Reading
from shared.domain.schools.matching.vestiging import Vestiging
from shared.domain.schools.matching.weights import (
    ELSEWHERE,
    GROUP_MAIL,
    HERE,
    NOWHERE,
    OTHERS_MAIL,
    OWN_MAIL,
    WORTH_SHOWING,
)


def rank_candidates(reading: Reading, register: Register) -> list[Candidate]:
    """Return the vestigingen that fit, best first; of equals, the first one of its BRIN comes first."""
    index = register.index
    mailed = index.with_domain(reading.domain) if reading.domain else []
    names = {row.code: dict.fromkeys(index.names_of[row.code]) for row in mailed}
    for name in reading.names:
        for entry in index.candidates(name, reading.place):
            names.setdefault(entry.vestiging.code, {})[entry] = None
    _add_siblings(names, reading, index)
    weighed = (_weigh(reading, list(entries), mailed, index) for entries in names.values())
    ranked = sorted(
        (candidate for candidate in weighed if _is_worth_showing(candidate)),
        key=lambda c: (
            -c.points,
            -c.likeness,
            -_count_shared_words(reading, c, index),
            c.entry_index,
            c.vestiging.code,
        ),
    )
    return _favour_only_one(ranked)


def _add_siblings(names: dict[str, dict[RegisterName, None]], reading: Reading, index: RegisterIndex) -> None:
    """Let a vestiging in the typed place have the whole name that the register gives another of its BRIN."""
    if not reading.has_typed_place or not (key := reading.names[0].key):
        return
    whole = [entry for entries in names.values() for entry in entries if entry.name.key == key]
    for entry in whole:
        if _is_here(reading, entry.vestiging, index):
            continue
        for row in index.by_brin[entry.vestiging.brin]:
            if row != entry.vestiging and _is_here(reading, row, index):
                names.setdefault(row.code, {})[RegisterName(row, entry.name)] = None


def _is_worth_showing(candidate: Candidate) -> bool:
    has_clue = bool(candidate.likeness) or candidate.mail_points > 0
    return candidate.likeness == Likeness.SAME or (candidate.points >= WORTH_SHOWING and has_clue)


def _count_shared_words(reading: Reading, candidate: Candidate, index: RegisterIndex) -> int:
    """Count the typed words that any name of this vestiging has: within a BRIN, the most words win."""
    own = {w for entry in index.names_of[candidate.vestiging.code] for w in entry.name.full}
    return len(own & {w for name in reading.names for w in name.full})


def _weigh(
    reading: Reading, entries: list[RegisterName], mailed: list[Vestiging], index: RegisterIndex
) -> Candidate:
    row = entries[0].vestiging
    like, fits_kind, entry_index, entry = _find_best_name(reading, entries, index)
    place, mail = _weigh_place(reading, row, entry, index), _weigh_mail(reading, row, mailed, index)
    return Candidate(row, like, entry, not fits_kind, place, mail, entry_index, index.is_chain(row.brin))


def _find_best_name(
    reading: Reading, entries: list[RegisterName], index: RegisterIndex
) -> tuple[Likeness, bool, int, RegisterName]:
    row = entries[0].vestiging
    towns, is_here = reading.towns | place_words(place_key(row.place)), _is_here(reading, row, index)
    compared = (
        (
            likeness(name, entry.name, towns | index.places_in(entry.name) if is_here else towns),
            not have_different_kinds(reading.names[0], entry.name),
            i,
            entry,
        )
        for i, entry in enumerate(entries)
        for name in reading.names
    )
    return max(compared, key=lambda c: (c[0], c[1], -c[2]))


def _weigh_mail(reading: Reading, row: Vestiging, mailed: list[Vestiging], index: RegisterIndex) -> float:
    """Weigh the e-mail domain; for a location without a site of its own, that of its school counts."""
    if not mailed:
        return 0.0
    is_own = index.is_own_domain(reading.domain)
    if row in mailed or (not row.domain and any(row.brin == other.brin for other in mailed)):
        return OWN_MAIL if is_own else GROUP_MAIL
    return OTHERS_MAIL if is_own else 0.0


def _weigh_place(reading: Reading, row: Vestiging, entry: RegisterName, index: RegisterIndex) -> float:
    """Weigh the place; one that only the name has does not rule out a school of that name elsewhere."""
    if not reading.place:
        return 0.0
    if _is_here(reading, row, index):
        return HERE
    if not reading.has_typed_place and reading.towns & set(entry.name.full):
        return 0.0
    if are_neighbours(reading.place, place_key(row.place)):
        return 0.0
    return ELSEWHERE if index.is_place(reading.place) else NOWHERE


def _is_here(reading: Reading, row: Vestiging, index: RegisterIndex) -> bool:
    return any(is_same_place(reading.place, place) for place in index.places_of[row.code])


def _favour_only_one(ranked: list[Candidate]) -> list[Candidate]:
    """Give a whole name more points when the register has it once and no place was typed."""
    if not ranked or ranked[0].place_points or ranked[0].likeness < Likeness.SAME:
        return ranked
    best, *others = ranked
    if not best.entry.name.core or any(_has_same_name(best, other) for other in others):
        return ranked
    return [replace(best, is_only_one=True), *others]


def _has_same_name(best: Candidate, other: Candidate) -> bool:
    """Tell whether another school also has the whole name that was typed."""
    has_name = other.likeness >= Likeness.TYPO or set(best.entry.name.core) <= set(other.entry.name.core)
    return has_name and not best.is_same_school(other)
