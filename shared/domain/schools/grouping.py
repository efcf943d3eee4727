"""Which spellings are one school: those that surely are together, and the doubts beside them.

From the surest on: what an organiser said, what means one vestiging, vestigingen of one brand, and then what
looks the same. What fits two schools that are not one goes with neither: so the order of people does not
matter, and no two schools are joined through a third.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from shared.domain.decision import Kind
from shared.domain.schools.clusters import Edge, SpellingCluster, SpellingClusters, neighbours
from shared.domain.schools.knowledge import SchoolKnowledge
from shared.domain.schools.matching import SameSchoolVerdict, compare_readings
from shared.domain.schools.pairing import pairs
from shared.domain.schools.spelling import Spelling

_FITS_TWO = "Dit past bij twee scholen die niet dezelfde zijn."


class Compared(NamedTuple):
    """Two spellings, and whether they are of one school."""

    a: Spelling
    b: Spelling
    same: SameSchoolVerdict


class Grouping(NamedTuple):
    """The group of each spelling by its id, and pairs of groups that may yet be one school, with why."""

    of: Mapping[tuple[str, ...], SpellingCluster]
    doubts: tuple[tuple[SpellingCluster, SpellingCluster, str], ...]


def grouping(spellings: Iterable[Spelling], known: SchoolKnowledge) -> Grouping:
    """Group spellings."""
    everyone = sorted({s.id: s for s in spellings}.values(), key=lambda s: s.id)
    compared = [Compared(a, b, compare_readings(a.side, b.side, known.register)) for a, b in pairs(everyone)]
    groups = SpellingClusters(everyone, known, ((a, b) for a, b, same in compared if same.against))
    for together in _said_the_same(everyone, known):
        groups.join_all(together, certain=True)
    for together in _alike(everyone, lambda s: (s.code,) if s.code else None):
        groups.join_all(together, certain=True)
    for together in _spelled_the_same(everyone):
        groups.join_all(together)
    for a, b in _of_one_brand(compared):
        groups.join(a, b, certain=True)
    for a, b in _without_bridges(_look_the_same(everyone, compared), groups):
        groups.join(a, b)
    return Grouping(groups.of, tuple(_doubts(compared, groups)))


def _said_the_same(everyone: Sequence[Spelling], known: SchoolKnowledge) -> Iterator[list[Spelling]]:
    by_key = defaultdict(list)
    for spelling in everyone:
        by_key[spelling.key].append(spelling)
    for keys, kind in known.pairs.items():
        together = [spelling for key in sorted(keys) for spelling in by_key.get(key, ())]
        if kind is Kind.SAME and together:
            yield together


def _alike(
    everyone: Sequence[Spelling], what: Callable[[Spelling], tuple[str, ...] | None]
) -> Iterator[list[Spelling]]:
    """Yield those who have something in common; None is nothing in common with anybody."""
    found: dict[tuple[str, ...], list[Spelling]] = defaultdict(list)
    for spelling in everyone:
        if common := what(spelling):
            found[common].append(spelling)
    return (together for together in found.values() if len(together) > 1)


def _spelled_the_same(everyone: Sequence[Spelling]) -> Iterator[list[Spelling]]:
    """Yield those who typed one name and place, which is the surest that typings alone can be."""
    return _alike(everyone, lambda s: None if s.vague or s.code else s.id[:2])


def _of_one_brand(compared: Iterable[Compared]) -> Iterator[Edge]:
    """Yield pairs of different vestigingen that are one school, however people typed them."""
    verdicts: dict[frozenset[str], set[str]] = defaultdict(set)
    edges: dict[frozenset[str], Edge] = {}
    for a, b, same in compared:
        if a.code and b.code:
            verdicts[frozenset((a.code, b.code))].add(same.verdict)
            edges[frozenset((a.code, b.code))] = a, b
    one = {
        codes: edges[codes] for codes, said in verdicts.items() if "same" in said and "different" not in said
    }
    near = neighbours((a.code, b.code) for a, b in one.values())
    whole = {code for code in near if all(y in near[x] for x, y in combinations(near[code], 2))}
    return (edge for codes, edge in one.items() if codes <= whole)


def _look_the_same(everyone: Sequence[Spelling], compared: Iterable[Compared]) -> list[Edge]:
    """Return what one name and another clue join; those that mean a vestiging first."""
    edges = [(a, b) for a, b, same in compared if same.verdict == "same" and not (a.code and b.code)]
    for first, *others in _alike(everyone, lambda s: None if s.vague else s.id[:2]):
        edges += [(first, other) for other in others]
    return sorted(edges, key=lambda e: (not (e[0].code or e[1].code), e[0].id, e[1].id))


def _without_bridges(edges: Sequence[Edge], groups: SpellingClusters) -> Iterator[Edge]:
    """Leave out who fits two that cannot be one."""
    near = neighbours((a.id, b.id) for a, b in edges)
    bridges = {
        at
        for at, others in near.items()
        if not groups.of[at].codes
        and any(groups.cannot_be_one(groups.of[x], groups.of[y]) for x, y in combinations(others, 2))
    }
    return ((a, b) for a, b in edges if bridges.isdisjoint((a.id, b.id)))


def _doubts(
    compared: Iterable[Compared], groups: SpellingClusters
) -> Iterator[tuple[SpellingCluster, SpellingCluster, str]]:
    seen = set()
    for a, b, same in compared:
        one, other = groups.of[a.id], groups.of[b.id]
        pair = frozenset((id(one), id(other)))
        asks = same.verdict == "same" or (same.verdict == "unsure" and same.alike)
        if asks and len(pair) == 2 and pair not in seen and not groups.said_different(one, other):
            seen.add(pair)
            yield one, other, same.why if same.verdict == "unsure" else _FITS_TWO
