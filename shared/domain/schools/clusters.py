"""A cluster: the spellings of one school, and what they say of it."""

from collections import Counter
from collections.abc import Set
from typing import NamedTuple

from shared.domain.schools.matching.places import is_same_place
from shared.domain.schools.matching.towns import are_neighbours
from shared.domain.schools.spelling import Spelling

SpellingId = tuple[str, ...]


class _Mention(NamedTuple):
    """What one spelling says of its school, and the ids of spellings that can be of no school with it."""

    keys: Set[str]
    codes: Set[str]
    brins: Set[str]
    places: Set[str]
    apart: set[SpellingId]


class SpellingCluster:
    """Spellings of one school, the people who used each, and the codes, BRINs and places that they mention.

    `keys` are the keys of its typings, with those that an organiser ruled the same; `apart` holds the ids of
    spellings that can be of no school with one of these.
    """

    def __init__(self, spelling: Spelling, ruled_one: Set[str] = frozenset()) -> None:
        reading = spelling.reading
        keys, codes = {spelling.key, *ruled_one}, {spelling.code} - {""}
        brins, places = {reading.brin} - {""}, {reading.place} - {""}
        self._mentions = {spelling.id: _Mention(keys, codes, brins, places, set())}
        self.people: Counter[SpellingId] = Counter()
        self.keys, self.codes, self.brins, self.places = set(keys), set(codes), set(brins), set(places)
        self.apart: set[SpellingId] = set()

    @property
    def ids(self) -> Set[SpellingId]:
        """The ids of its spellings."""
        return self._mentions.keys()

    def absorb(self, other: "SpellingCluster") -> None:
        """Add the spellings and people of another cluster to this one."""
        self.people.update(other.people)
        self._mentions |= other._mentions
        for mention in other._mentions.values():
            self._add(mention)

    def keep_apart(self, own: SpellingId, other: SpellingId) -> None:
        """Note that a spelling of this cluster can be of no school with a spelling of another."""
        self._mentions[own].apart.add(other)
        self.apart.add(other)

    def leave(self, spelling: SpellingId) -> bool:
        """Take away one person by their spelling; return whether the spelling is gone too."""
        self.people[spelling] -= 1
        if self.people[spelling]:
            return False
        del self._mentions[spelling]
        for mentioned in (self.keys, self.codes, self.brins, self.places, self.apart):
            mentioned.clear()
        for mention in self._mentions.values():
            self._add(mention)
        return True

    def is_apart(self, other: "SpellingCluster") -> bool:
        """Tell whether two clusters hold spellings that cannot be of one school, or contradict each other."""
        small, large = sorted((self.apart, other.ids), key=len)
        return any(id_ in large for id_ in small) or self._contradicts(other)

    def _add(self, mention: _Mention) -> None:
        self.keys |= mention.keys
        self.codes |= mention.codes
        self.brins |= mention.brins
        self.places |= mention.places
        self.apart |= mention.apart

    def _contradicts(self, other: "SpellingCluster") -> bool:
        if self.codes and other.codes:
            return not self.codes & other.codes
        if self.brins and other.brins and not self.brins & other.brins:
            return True
        # A school in the register may be in several places, and its people name a town near it.
        is_one_place = _is_in_or_near if self.codes or other.codes else is_same_place
        are_placed = self.places and other.places
        return bool(are_placed) and not any(is_one_place(a, b) for a in self.places for b in other.places)


def _is_in_or_near(a: str, b: str) -> bool:
    return is_same_place(a, b) or are_neighbours(a, b)
