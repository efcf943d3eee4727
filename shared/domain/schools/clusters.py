"""A cluster: the spellings of one school, and what they say of it."""

from collections.abc import Set

from shared.domain.schools.matching.places import is_same_place
from shared.domain.schools.matching.towns import are_neighbours
from shared.domain.schools.spelling import Spelling


class SpellingCluster:
    """Spellings of one school, the people who used them, and the codes, BRINs and places that they mention.

    `keys` are the keys of its typings, with those that an organiser ruled the same; `apart` holds the ids of
    spellings that can be of no school with one of these.
    """

    def __init__(self, spelling: Spelling, ruled_one: Set[str] = frozenset()) -> None:
        reading = spelling.reading
        self.people = 0
        self.ids = {spelling.id}
        self.keys = {spelling.key, *ruled_one}
        self.codes = {spelling.code} - {""}
        self.brins = {reading.brin} - {""}
        self.places = {reading.place} - {""}
        self.apart: set[tuple[str, ...]] = set()

    def absorb(self, other: "SpellingCluster") -> None:
        """Add the spellings and people of another cluster to this one."""
        self.people += other.people
        self.ids |= other.ids
        self.keys |= other.keys
        self.codes |= other.codes
        self.brins |= other.brins
        self.places |= other.places
        self.apart |= other.apart

    def is_apart(self, other: "SpellingCluster") -> bool:
        """Tell whether two clusters hold spellings that cannot be of one school, or contradict each other."""
        return not self.apart.isdisjoint(other.ids) or self._contradicts(other)

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
