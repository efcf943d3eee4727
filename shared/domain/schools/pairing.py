"""Which earlier spellings a new one is compared with: those that share its rarest clues, and never many.

So a school of fifty thousand costs as much as one of fifty, however alike strangers make theirs. Of a clue
that many schools share, the oldest come first: nobody pushes a school out by posting after it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from shared.domain.schools.clusters import SpellingCluster, SpellingId
from shared.domain.schools.spelling import Spelling

Clue = tuple[str, ...]
# A name in more places than this is no reason to ask about each two of them.
_COMMON = 12
_MOST_CLUSTERS = 16  # that one spelling is compared with
_MOST_EACH = 3  # spellings of each of them, by different clues
_MOST_SPELLINGS = 20  # of all of them together
_MOST_SPOTS = 8  # words that may be a place; a name of many words has no more clues than another


class ClueIndex:
    """Spellings by the clues that they have, those that came first in front."""

    def __init__(self) -> None:
        self._blocks: dict[Clue, dict[SpellingCluster, list[Spelling]]] = defaultdict(dict)
        self._added_to: dict[SpellingId, SpellingCluster] = {}

    def add(self, spelling: Spelling, own: Iterable[Clue], cluster: SpellingCluster) -> None:
        """Let later spellings find this one, of a cluster, by its own clues."""
        self._added_to[spelling.id] = cluster
        for clue in own:
            self._blocks[clue].setdefault(cluster, []).append(spelling)

    def remove(self, spelling: Spelling) -> None:
        """Let no later spelling find this one any more: those that came after it take its place."""
        cluster = self._added_to.pop(spelling.id)
        for clue in clues(spelling):
            block = self._blocks[clue]
            block[cluster].remove(spelling)
            if not block[cluster]:
                del block[cluster]
            if not block:
                del self._blocks[clue]

    def find(self, own: Iterable[Clue]) -> list[Spelling]:
        """Return the spellings to compare with one that has these clues, the rarest clue first."""
        blocks = [(len(self._blocks[clue]), clue) for clue in own if clue in self._blocks]
        near: dict[SpellingCluster, list[Spelling]] = {}
        for size, clue in sorted(blocks):
            if len(clue) == 1 and size > _COMMON:
                continue
            for cluster, alike in islice(self._blocks[clue].items(), _MOST_CLUSTERS):
                if cluster in near or len(near) < _MOST_CLUSTERS:
                    shown = near.setdefault(cluster, [])
                    first = islice(alike, _MOST_EACH)
                    shown += [other for other in first if other not in shown][: _MOST_EACH - len(shown)]
            if sum(map(len, near.values())) >= _MOST_SPELLINGS or _has_all(near):
                break
        return [other for shown in near.values() for other in shown][:_MOST_SPELLINGS]


def _has_all(near: Mapping[SpellingCluster, Sequence[Spelling]]) -> bool:
    """Say whether no other clue can add a cluster, or a spelling of these clusters."""
    return len(near) == _MOST_CLUSTERS and all(
        len(shown) == min(_MOST_EACH, len(cluster.ids)) for cluster, shown in near.items()
    )


def clues(spelling: Spelling) -> set[Clue]:
    """Return the clues of which two spellings share at least one: a place with letters, a BRIN, a name."""
    reading, vestiging = spelling.reading, spelling.matched.vestiging
    if reading.is_story:
        return set()
    towns = reading.towns or {reading.place} - {""} or {w for w in reading.names[0].full if len(w) > 2}
    spots = {*sorted({town[:3] for town in towns})[:_MOST_SPOTS], f"@{reading.domain}"} - {"@"}
    keys = {name.key for name in reading.names}
    several: set[Clue] = {(spot, letter) for spot in spots for letter in _letters(reading.towns, spelling)}
    several |= {("whole", spot, key) for spot in spots for key in keys}
    several |= {("brin", code) for code in (reading.brin, vestiging.brin if vestiging else "") if code}
    return several | {(key,) for key in keys} | {("typed", *spelling.id[:2])}


def _letters(towns: frozenset[str], spelling: Spelling) -> set[str]:
    """Return how own words begin and end, because a typing error changes only one of these, and initials."""
    own = {w for name in spelling.reading.names for w in name.core if w not in towns}
    initials = {letters[:2] for name in spelling.reading.names for letters in name.initials(towns)}
    return {w[:2] for w in own} | {f"{w[0]}-{w[-1]}" for w in own} | initials | (set() if own else {""})
