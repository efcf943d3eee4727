"""Which spellings are worth comparing: of fifty thousand, hardly any two have something in common."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from shared.domain.schools.spelling import Spelling

# A name in more places than this is no reason to ask about each two of them.
_COMMON = 12


def comparable_pairs(spellings: Sequence[Spelling]) -> Iterator[tuple[Spelling, Spelling]]:
    """Yield once each pair that `compare_readings` could call one school, and few others."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    clues = [set() if spelling.reading.is_story else _clues(spelling) for spelling in spellings]
    for number, own in enumerate(clues):
        for clue in own:
            blocks[clue].append(number)
    for block, numbers in sorted(blocks.items()):
        if len(block) > 1 or len(numbers) <= _COMMON:
            for a, b in combinations(numbers, 2):
                # A pair that is in several blocks is taken from the first of them only.
                if min(clues[a] & clues[b]) == block and _is_undecided(spellings[a], spellings[b]):
                    yield spellings[a], spellings[b]


def _is_undecided(a: Spelling, b: Spelling) -> bool:
    """Tell whether a pair needs comparing: not if both mean one vestiging, or two with nothing in common."""
    one, other = a.matched.vestiging, b.matched.vestiging
    if a.code and b.code:
        is_near = one and other and (one.brin == other.brin or one.place == other.place)
        return bool(is_near) and a.code != b.code
    return True


def _clues(spelling: Spelling) -> set[tuple[str, ...]]:
    """Return the clues of which two spellings share at least one: a place with letters, a BRIN, a name."""
    reading, vestiging = spelling.reading, spelling.matched.vestiging
    towns = reading.towns or {reading.place} - {""} or {w for w in reading.names[0].full if len(w) > 2}
    spots = {town[:3] for town in towns} | {f"@{reading.domain}"} - {"@"}
    clues = {(spot, letter) for spot in spots for letter in _letters(reading.towns, spelling)}
    clues |= {("brin", code) for code in (reading.brin, vestiging.brin if vestiging else "") if code}
    return clues | {(name.key,) for name in reading.names}


def _letters(towns: frozenset[str], spelling: Spelling) -> set[str]:
    """Return how own words begin and end, because a typing error changes only one of these, and initials."""
    own = {w for name in spelling.reading.names for w in name.core if w not in towns}
    initials = {letters[:2] for name in spelling.reading.names for letters in name.initials(towns)}
    return {w[:2] for w in own} | {f"{w[0]}-{w[-1]}" for w in own} | initials | (set() if own else {""})
