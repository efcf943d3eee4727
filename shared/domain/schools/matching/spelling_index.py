"""Names of vestigingen, found by their spelling or by one near it."""

from collections.abc import Hashable, Iterable
from typing import NamedTuple, TypeVar

from rapidfuzz import fuzz, process

from shared.domain.schools.matching.names import Name
from shared.domain.schools.matching.vestiging import Vestiging

_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")

_SHORTEST = 5  # letters: shorter spellings are near too many others
_SIMILARITY = 80  # of 100: one letter in ten is wrong


def group_by_key(pairs: Iterable[tuple[_K, _V]]) -> dict[_K, list[_V]]:
    """Gather the values of each key, in their order."""
    groups: dict[_K, list[_V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


class RegisterName(NamedTuple):
    """One of the names that the register has for a vestiging."""

    vestiging: Vestiging
    name: Name


class SpellingIndex:
    """Names from the register by their spelling, which may be a typing error away."""

    def __init__(self, names: Iterable[tuple[str, RegisterName]]) -> None:
        self._by_spelling = group_by_key(names)
        self._long = [spelling for spelling in self._by_spelling if len(spelling) >= _SHORTEST]
        self._near: dict[str, tuple[str, ...]] = {}

    def find(self, spelling: str) -> list[RegisterName]:
        """Return the names with this spelling, or if there are none, those with a spelling near it."""
        if spelling in self._by_spelling:
            return self._by_spelling[spelling]
        if spelling not in self._near:
            self._near[spelling] = self._find_near(spelling)
        return [name for near in self._near[spelling] for name in self._by_spelling[near]]

    def _find_near(self, spelling: str) -> tuple[str, ...]:
        if len(spelling) < _SHORTEST:
            return ()
        near = process.extract(spelling, self._long, scorer=fuzz.ratio, score_cutoff=_SIMILARITY, limit=5)
        return tuple(text for text, *_ in near)
