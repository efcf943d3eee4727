"""Groups of spellings that grow, and never come to hold what contradicts each other."""

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
    """Spellings of one school, and what they say of it."""

    def __init__(self, spelling: Spelling) -> None:
        self.members = [spelling]
        self.keys = {spelling.key}
        self.codes = {spelling.code} - {""}
        self.brins = {spelling.reading.brin} - {""}
        self.places = {spelling.reading.place} - {""}

    def take(self, other: "SpellingCluster") -> None:
        """Add another group to this one."""
        self.members += other.members
        self.keys |= other.keys
        self.codes |= other.codes
        self.brins |= other.brins
        self.places |= other.places

    def contradicts(self, other: "SpellingCluster") -> bool:
        """Tell whether two groups say what cannot be of one school."""
        if self.codes and other.codes:
            return not self.codes & other.codes
        if self.brins and other.brins and not self.brins & other.brins:
            return True
        # A school of the register may have locations in several places.
        known = self.codes or other.codes or not self.places or not other.places
        return not known and not any(is_same_place(a, b) for a in self.places for b in other.places)


class SpellingClusters:
    """The group of each spelling; at first each is on its own."""

    def __init__(
        self, spellings: Iterable[Spelling], known: SchoolKnowledge, against: Iterable[Edge]
    ) -> None:
        self.of = {spelling.id: SpellingCluster(spelling) for spelling in spellings}
        self._against = neighbours((a.id, b.id) for a, b in against)
        different = (tuple(pair) for pair, kind in known.pairs.items() if kind is Kind.DIFFERENT)
        self._other = neighbours((pair[0], pair[-1]) for pair in different)

    def said_different(self, a: SpellingCluster, b: SpellingCluster) -> bool:
        """Tell whether an organiser said that these are two schools."""
        return any(not b.keys.isdisjoint(self._other[key]) for key in a.keys if key in self._other)

    def cannot_be_one(self, a: SpellingCluster, b: SpellingCluster) -> bool:
        """Tell whether two groups can never be one school, as far as the machine may judge."""
        if a is b:
            return False
        small, large = sorted((a, b), key=lambda group: len(group.members))
        against = (self._against[m.id] for m in small.members if m.id in self._against)
        ids = {m.id for m in large.members}
        return a.contradicts(b) or self.said_different(a, b) or any(not ids.isdisjoint(o) for o in against)

    def join(self, a: Spelling, b: Spelling, certain: bool = False) -> None:
        """Join the groups of two spellings where they can be one; what is certain overrules what is read."""
        one, other = self.of[a.id], self.of[b.id]
        stop = self.said_different(one, other) if certain else self.cannot_be_one(one, other)
        if one is not other and not stop:
            if len(one.members) < len(other.members):
                one, other = other, one
            one.take(other)
            self.of |= {member.id: one for member in other.members}

    def join_all(self, spellings: Iterable[Spelling], certain: bool = False) -> None:
        """Join the groups of several spellings to that of the first."""
        first, *others = spellings
        for other in others:
            self.join(first, other, certain)


def neighbours(edges: Iterable[tuple[K, K]]) -> dict[K, set[K]]:
    """Return for each end of an edge the other ends."""
    near: dict[K, set[K]] = defaultdict(set)
    for a, b in edges:
        near[a].add(b)
        near[b].add(a)
    return dict(near)
