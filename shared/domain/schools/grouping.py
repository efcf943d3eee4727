"""Which spellings are one school: those that surely are, and the doubts that remain.

The surest evidence comes first: rulings of organisers, then spellings that mean one vestiging, then
vestigingen of one brand, then spellings that look the same. A spelling that fits two different schools goes
with neither, so the order of people does not matter and no third spelling joins two schools.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from shared.domain.decision import Kind
from shared.domain.schools.clusters import Edge, SpellingCluster, SpellingClusters, neighbours
from shared.domain.schools.knowledge import SchoolKnowledge
from shared.domain.schools.matching import SameSchoolVerdict, compare_readings
from shared.domain.schools.pairing import comparable_pairs
from shared.domain.schools.reasons import PairFinding, PairReason
from shared.domain.schools.spelling import Spelling


class ComparedPair(NamedTuple):
    """Two spellings, and whether they are of one school."""

    a: Spelling
    b: Spelling
    verdict: SameSchoolVerdict


class ClusterDoubt(NamedTuple):
    """Two clusters that may be one school, and why that is not sure."""

    one: SpellingCluster
    other: SpellingCluster
    reason: PairReason


class SpellingGrouping(NamedTuple):
    """The cluster of each spelling by the spelling's id, and the doubts that remain."""

    clusters: Mapping[tuple[str, ...], SpellingCluster]
    doubts: tuple[ClusterDoubt, ...]


def group_spellings(spellings: Iterable[Spelling], knowledge: SchoolKnowledge) -> SpellingGrouping:
    """Group the spellings that are of one school."""
    everyone = sorted({s.id: s for s in spellings}.values(), key=lambda s: s.id)
    compared = [
        ComparedPair(a, b, compare_readings(a.matched, b.matched, knowledge.register))
        for a, b in comparable_pairs(everyone)
    ]
    kept_apart = ((a, b) for a, b, verdict in compared if verdict.must_stay_apart)
    clusters = SpellingClusters(everyone, knowledge, kept_apart)
    for together in _ruled_the_same(everyone, knowledge):
        clusters.merge_all(together, is_certain=True)
    for together in _group_by(everyone, lambda s: (s.code,) if s.code else None):
        clusters.merge_all(together, is_certain=True)
    for together in _spelled_the_same(everyone):
        clusters.merge_all(together)
    for a, b in _of_one_brand(compared):
        clusters.merge(a, b, is_certain=True)
    for a, b in _without_bridges(_looking_the_same(everyone, compared), clusters):
        clusters.merge(a, b)
    return SpellingGrouping(clusters.by_spelling, tuple(_doubts(compared, clusters)))


def _ruled_the_same(everyone: Sequence[Spelling], knowledge: SchoolKnowledge) -> Iterator[list[Spelling]]:
    by_key = defaultdict(list)
    for spelling in everyone:
        by_key[spelling.key].append(spelling)
    for keys, kind in knowledge.pair_rulings.items():
        together = [spelling for key in sorted(keys) for spelling in by_key.get(key, ())]
        if kind is Kind.SAME and together:
            yield together


def _group_by(
    everyone: Sequence[Spelling], feature_of: Callable[[Spelling], tuple[str, ...] | None]
) -> Iterator[list[Spelling]]:
    """Yield the spellings that share a feature; None is shared with no other spelling."""
    groups: dict[tuple[str, ...], list[Spelling]] = defaultdict(list)
    for spelling in everyone:
        if feature := feature_of(spelling):
            groups[feature].append(spelling)
    return (together for together in groups.values() if len(together) > 1)


def _spelled_the_same(everyone: Sequence[Spelling]) -> Iterator[list[Spelling]]:
    """Yield spellings of one name and place: no other evidence in typings alone is as sure."""
    return _group_by(everyone, lambda s: None if s.is_vague or s.code else s.id[:2])


def _of_one_brand(compared: Iterable[ComparedPair]) -> Iterator[Edge]:
    """Yield pairs of different vestigingen that are one school, however people typed them."""
    verdicts: dict[frozenset[str], set[str]] = defaultdict(set)
    edges: dict[frozenset[str], Edge] = {}
    for a, b, same in compared:
        if a.code and b.code:
            verdicts[frozenset((a.code, b.code))].add(same.verdict)
            edges[frozenset((a.code, b.code))] = a, b
    joined = {
        codes: edges[codes]
        for codes, given in verdicts.items()
        if "same" in given and "different" not in given
    }
    near = neighbours((a.code, b.code) for a, b in joined.values())
    complete = {code for code in near if all(y in near[x] for x, y in combinations(near[code], 2))}
    return (edge for codes, edge in joined.items() if codes <= complete)


def _looking_the_same(everyone: Sequence[Spelling], compared: Iterable[ComparedPair]) -> list[Edge]:
    """Return pairs joined by one name and another clue; pairs with a vestiging come first."""
    edges = [(a, b) for a, b, same in compared if same.verdict == "same" and not (a.code and b.code)]
    for first, *others in _group_by(everyone, lambda s: None if s.is_vague else s.id[:2]):
        edges += [(first, other) for other in others]
    return sorted(edges, key=lambda e: (not (e[0].code or e[1].code), e[0].id, e[1].id))


def _without_bridges(edges: Sequence[Edge], clusters: SpellingClusters) -> Iterator[Edge]:
    """Leave out the spellings that fit two clusters which must stay apart."""
    cluster_of = clusters.by_spelling
    near = neighbours((a.id, b.id) for a, b in edges)
    bridges = {
        spelling_id
        for spelling_id, others in near.items()
        if not cluster_of[spelling_id].codes
        and any(clusters.must_stay_apart(cluster_of[x], cluster_of[y]) for x, y in combinations(others, 2))
    }
    return ((a, b) for a, b in edges if bridges.isdisjoint((a.id, b.id)))


def _doubts(compared: Iterable[ComparedPair], clusters: SpellingClusters) -> Iterator[ClusterDoubt]:
    pairs = set()
    for a, b, same in compared:
        one, other = clusters.by_spelling[a.id], clusters.by_spelling[b.id]
        pair = frozenset((id(one), id(other)))
        is_unsure = same.verdict == "unsure"
        is_asked = same.verdict == "same" or (is_unsure and same.is_worth_asking)
        if is_asked and len(pair) == 2 and pair not in pairs and not clusters.is_ruled_different(one, other):
            pairs.add(pair)
            reason = same.reason if is_unsure else PairReason(PairFinding.FITS_TWO_SCHOOLS)
            yield ClusterDoubt(one, other, reason)
