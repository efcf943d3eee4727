"""A cluster: the spellings of one school, and what they say of it."""

from collections import Counter
from collections.abc import Iterable, Set
from typing import TypeVar

from shared.domain.schools.matching.places import is_same_place
from shared.domain.schools.matching.towns import are_neighbours
from shared.domain.schools.spelling import Spelling

SpellingId = tuple[str, ...]
K = TypeVar("K")


class SpellingCluster:
    """Spellings of one school, the people who used each, and the codes, BRINs and places that they mention.

    Each is counted, so that a spelling can be taken away. `keys` are the keys of its typings, with those that
    organisers ruled the same; `apart` holds the ids of spellings that can be of no school with one of these.
    """

    def __init__(self, spelling: Spelling, ruled_one: Set[str] = frozenset()) -> None:
        reading = spelling.reading
        self.people = 0
        self.keys = Counter({spelling.key, *ruled_one})
        self.codes = Counter({spelling.code} - {""})
        self.brins = Counter({reading.brin} - {""})
        self.places = Counter({reading.place} - {""})
        self.apart: Counter[SpellingId] = Counter()
        self._mentions = {spelling.id: [tuple(counts) for counts in self._counts()]}
        self._users: Counter[SpellingId] = Counter()
        self._apart_of: dict[SpellingId, set[SpellingId]] = {}

    @property
    def ids(self) -> Set[SpellingId]:
        """The ids of its spellings."""
        return self._mentions.keys()

    def absorb(self, other: "SpellingCluster") -> None:
        """Add the spellings and people of another cluster to this one."""
        for mine, added in zip(self._counts(), other._counts(), strict=True):
            mine.update(added)
        self.people += other.people
        self._users.update(other._users)
        self.apart.update(other.apart)
        self._mentions |= other._mentions
        self._apart_of |= other._apart_of

    def keep_apart(self, own: SpellingId, other: SpellingId) -> None:
        """Note that a spelling of this cluster can be of no school with a spelling of another."""
        near = self._apart_of.setdefault(own, set())
        if other not in near:
            near.add(other)
            self.apart[other] += 1

    def enter(self, spelling: SpellingId) -> None:
        """Add a person by their spelling, which is one of this cluster."""
        self.people += 1
        self._users[spelling] += 1

    def leave(self, spelling: SpellingId) -> bool:
        """Take away one person by their spelling; return whether the spelling is gone too."""
        self.people -= 1
        _take(self._users, [spelling])
        if spelling in self._users:
            return False
        for mine, gone in zip(self._counts(), self._mentions.pop(spelling), strict=True):
            _take(mine, gone)
        _take(self.apart, self._apart_of.pop(spelling, ()))
        return True

    def is_apart(self, other: "SpellingCluster") -> bool:
        """Tell whether two clusters hold spellings that cannot be of one school, or contradict each other."""
        small, large = sorted((self.apart.keys(), other.ids), key=len)
        return any(id_ in large for id_ in small) or self._contradicts(other)

    def _counts(self) -> tuple[Counter[str], ...]:
        return self.keys, self.codes, self.brins, self.places

    def _contradicts(self, other: "SpellingCluster") -> bool:
        if self.codes and other.codes:
            return self.codes.keys().isdisjoint(other.codes)
        if self.brins and other.brins and self.brins.keys().isdisjoint(other.brins):
            return True
        # A school in the register may be in several places, and its people name a town near it.
        is_one_place = _is_in_or_near if self.codes or other.codes else is_same_place
        are_placed = self.places and other.places
        return bool(are_placed) and not any(is_one_place(a, b) for a in self.places for b in other.places)


def _is_in_or_near(a: str, b: str) -> bool:
    return is_same_place(a, b) or are_neighbours(a, b)


def _take(counts: Counter[K], gone: Iterable[K]) -> None:
    """Count each of these once less, and forget what is left of none."""
    for key in gone:
        counts[key] -= 1
        if not counts[key]:
            del counts[key]
