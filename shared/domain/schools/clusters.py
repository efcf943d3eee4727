"""Clusters of spellings that merge, and never come to hold spellings that contradict each other."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import TypeVar

from shared.domain.decision import Kind
from shared.domain.schools.knowledge import SchoolKnowledge
from shared.domain.schools.matching.places import is_same_place
from shared.domain.schools.spelling import Spelling

K = TypeVar("K", bound=Hashable)
Edge = tuple[Spelling, Spelling]


class SpellingCluster:
    """Spellings of one school, and the codes, BRINs and places that they mention."""

    def __init__(self, spelling: Spelling) -> None:
        self.members = [spelling]
        self.keys = {spelling.key}
        self.codes = {spelling.code} - {""}
        self.brins = {spelling.reading.brin} - {""}
        self.places = {spelling.reading.place} - {""}

    def absorb(self, other: "SpellingCluster") -> None:
        """Add the spellings of another cluster to this one."""
        self.members += other.members
        self.keys |= other.keys
        self.codes |= other.codes
        self.brins |= other.brins
        self.places |= other.places

    def contradicts(self, other: "SpellingCluster") -> bool:
        """Tell whether two clusters mention what one school cannot have."""
        if self.codes and other.codes:
            return not self.codes & other.codes
        if self.brins and other.brins and not self.brins & other.brins:
            return True
        # A school in the register may have locations in several places.
        may_differ = self.codes or other.codes or not self.places or not other.places
        return not may_differ and not any(is_same_place(a, b) for a in self.places for b in other.places)


class SpellingClusters:
    """The cluster of each spelling, by the spelling's id; each spelling starts alone."""

    def __init__(
        self, spellings: Iterable[Spelling], knowledge: SchoolKnowledge, kept_apart: Iterable[Edge]
    ) -> None:
        self.by_spelling = {spelling.id: SpellingCluster(spelling) for spelling in spellings}
        self._kept_apart = neighbours((a.id, b.id) for a, b in kept_apart)
        pairs = (tuple(pair) for pair, kind in knowledge.pair_rulings.items() if kind is Kind.DIFFERENT)
        self._ruled_different = neighbours((pair[0], pair[-1]) for pair in pairs)

    def is_ruled_different(self, a: SpellingCluster, b: SpellingCluster) -> bool:
        """Tell whether an organiser ruled that these are two schools."""
        rulings = (self._ruled_different[key] for key in a.keys if key in self._ruled_different)
        return any(not b.keys.isdisjoint(others) for others in rulings)

    def must_stay_apart(self, a: SpellingCluster, b: SpellingCluster) -> bool:
        """Tell whether two clusters can never be one school, as far as the machine may decide."""
        if a is b:
            return False
        small, large = sorted((a, b), key=lambda cluster: len(cluster.members))
        kept_apart = (self._kept_apart[m.id] for m in small.members if m.id in self._kept_apart)
        ids = {m.id for m in large.members}
        return (
            a.contradicts(b)
            or self.is_ruled_different(a, b)
            or any(not ids.isdisjoint(others) for others in kept_apart)
        )

    def merge(self, a: Spelling, b: Spelling, is_certain: bool = False) -> None:
        """Merge the clusters of two spellings if they can be one; only a ruling stops what is certain."""
        one, other = self.by_spelling[a.id], self.by_spelling[b.id]
        is_stopped = self.is_ruled_different(one, other) if is_certain else self.must_stay_apart(one, other)
        if one is not other and not is_stopped:
            if len(one.members) < len(other.members):
                one, other = other, one
            one.absorb(other)
            self.by_spelling |= {member.id: one for member in other.members}

    def merge_all(self, spellings: Iterable[Spelling], is_certain: bool = False) -> None:
        """Merge the clusters of several spellings with that of the first."""
        first, *others = spellings
        for other in others:
            self.merge(first, other, is_certain)


def neighbours(edges: Iterable[tuple[K, K]]) -> dict[K, set[K]]:
    """Return for each end of an edge the ends that it is joined to."""
    near: dict[K, set[K]] = defaultdict(set)
    for a, b in edges:
        near[a].add(b)
        near[b].add(a)
    return dict(near)
