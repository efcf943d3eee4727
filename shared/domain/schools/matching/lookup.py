"""Names of vestigingen, found by a spelling or by one near it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from rapidfuzz import fuzz, process

from shared.domain.schools.matching.names import Name

if TYPE_CHECKING:
    from shared.domain.schools.matching.register import Vestiging

_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")


def grouped(pairs: Iterable[tuple[_K, _V]]) -> dict[_K, list[_V]]:
    """Gather pairs by their first half, in order."""
    groups: dict[_K, list[_V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


class Entry(NamedTuple):
    """One name under which one vestiging is known."""

    row: Vestiging
    name: Name


class Lookup:
    """Entries by a spelling, or by one a typing error away from it."""

    def __init__(self, entries: Iterable[tuple[str, Entry]]) -> None:
        self._found = grouped(entries)
        self._long = [spelling for spelling in self._found if len(spelling) > 4]
        self._near: dict[str, tuple[str, ...]] = {}

    def near(self, spelling: str) -> list[Entry]:
        """Return the entries of this spelling, or else of the spellings near it."""
        if spelling in self._found:
            return self._found[spelling]
        if spelling not in self._near:
            self._near[spelling] = self._search(spelling)
        return [entry for near in self._near[spelling] for entry in self._found[near]]

    def _search(self, spelling: str) -> tuple[str, ...]:
        if len(spelling) < 5:
            return ()
        return tuple(
            m[0] for m in process.extract(spelling, self._long, scorer=fuzz.ratio, score_cutoff=80, limit=5)
        )
