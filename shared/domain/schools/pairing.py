"""Which spellings are worth comparing: of fifty thousand, nearly no two have anything in common."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from shared.domain.schools.spelling import Spelling

# The same name in so many places is no reason to ask about each two of them.
_COMMON = 12


def pairs(spellings: Sequence[Spelling]) -> Iterator[tuple[Spelling, Spelling]]:
    """Yield each pair once that could be one school by the rules of `same_school`, and few others."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    clues = [_clues(spelling) for spelling in spellings]
    for number, own in enumerate(clues):
        for clue in own:
            blocks[clue].append(number)
    for block, numbers in sorted(blocks.items()):
        if len(block) > 1 or len(numbers) <= _COMMON:
            for a, b in combinations(numbers, 2):
                # A pair that meets in several blocks is looked at in the first of them only.
                if min(clues[a] & clues[b]) == block and _open(spellings[a], spellings[b]):
                    yield spellings[a], spellings[b]


def _open(a: Spelling, b: Spelling) -> bool:
    """Leave out what is known: two that surely mean one vestiging, or vestigingen with nothing in common."""
    one, other = a.side.row, b.side.row
    if a.code and b.code:
        near = one and other and (one.brin == other.brin or one.place == other.place)
        return bool(near) and a.code != b.code
    return True


def _clues(spelling: Spelling) -> set[tuple[str, ...]]:
    """Return what two spellings must share one of: a place or domain with some letters, a BRIN, a name."""
    reading, row = spelling.reading, spelling.side.row
    towns = reading.towns or {reading.place} - {""} or {w for w in reading.names[0].full if len(w) > 2}
    where = {town[:3] for town in towns} | {f"@{reading.domain}"} - {"@"}
    clues = {(spot, letter) for spot in where for letter in _letters(reading.towns, spelling)}
    clues |= {("brin", code) for code in (reading.brin, row.brin if row else "") if code}
    return clues | {(name.key,) for name in reading.names}


def _letters(towns: frozenset[str], spelling: Spelling) -> set[str]:
    """Return how a name's own words begin and end, which one typing error leaves one of, and its initials."""
    own = {w for name in spelling.reading.names for w in name.core if w not in towns}
    initials = {form[:2] for name in spelling.reading.names for form in name.shortened(towns)}
    return {w[:2] for w in own} | {f"{w[0]}-{w[-1]}" for w in own} | initials | (set() if own else {""})
