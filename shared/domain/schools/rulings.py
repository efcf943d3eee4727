"""What organisers ruled on pairs of typings: which keys go together, and which never do."""

from collections import defaultdict
from collections.abc import Mapping, Set

from shared.domain.decision import Kind


class PairRulings:
    """The keys that were ruled one school, and those that were ruled to be different schools."""

    def __init__(self, rulings: Mapping[frozenset[str], Kind]) -> None:
        self._different: dict[str, set[str]] = defaultdict(set)
        self._together: dict[str, set[str]] = {}
        for pair in (sorted(pair) for pair, kind in rulings.items() if kind is Kind.DIFFERENT):
            self._different[pair[0]].add(pair[-1])
            self._different[pair[-1]].add(pair[0])
        for pair in (sorted(pair) for pair, kind in rulings.items() if kind is Kind.SAME):
            self._unite(pair[0], pair[-1])

    def ruled_one(self, key: str) -> Set[str]:
        """Return the keys that were ruled one school with a key, itself included; none without a ruling."""
        return self._together.get(key, frozenset())

    def are_different(self, one: Set[str], other: Set[str]) -> bool:
        """Tell whether a key of each were ruled two schools."""
        small, large = sorted((one, self._different.keys()), key=len)
        return any(not other.isdisjoint(self._different[key]) for key in small if key in large)

    def _unite(self, a: str, b: str) -> None:
        one, other = self._together.get(a, {a}), self._together.get(b, {b})
        if not self.are_different(one, other):
            united = one | other
            self._together |= dict.fromkeys(united, united)
