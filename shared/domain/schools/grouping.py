"""Which spellings are one school: those that surely are, and the doubts that remain.

Spellings are read in the order in which people came, and a cluster is never broken up: what people were told
stays so. A new spelling goes where an organiser ruled that it belongs, to its vestiging in the register, to
who typed the same, or else to the one cluster that it surely fits. One that fits two clusters which must stay
apart, or that contradicts the one it fits, is a cluster of its own and a doubt.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import combinations
from typing import NamedTuple
from weakref import WeakKeyDictionary

from shared.domain.schools.clusters import SpellingCluster
from shared.domain.schools.comparing import Verdicts, compare_spellings, doubt, fits, is_undecided
from shared.domain.schools.knowledge import SchoolKnowledge
from shared.domain.schools.pairing import ClueIndex, clues
from shared.domain.schools.reasons import PairFinding, PairReason
from shared.domain.schools.rulings import PairRulings
from shared.domain.schools.spelling import Spelling

# When somebody came with a spelling, their person key, and the spelling.
Arrival = tuple[datetime, str, Spelling]
_ASKED = 5  # doubts about one spelling: who fits more schools fits any


class ClusterDoubt(NamedTuple):
    """Two clusters that may be one school, and why that is not sure."""

    one: SpellingCluster
    other: SpellingCluster
    reason: PairReason


class SpellingGroups:
    """The clusters of the spellings that were added, by the spelling's id; adding breaks up none of them."""

    def __init__(self, knowledge: SchoolKnowledge) -> None:
        self._clusters: dict[tuple[str, ...], SpellingCluster] = {}
        self._register, self._rulings = knowledge.register, PairRulings(knowledge.pair_rulings)
        self._clues = ClueIndex()
        self._certain: dict[tuple[str, ...], dict[tuple[str, ...], Spelling]] = defaultdict(dict)
        self._spelling_of: dict[str, Spelling] = {}
        self._doubts: list[tuple[Spelling, Spelling, PairReason]] = []

    @property
    def clusters(self) -> Mapping[tuple[str, ...], SpellingCluster]:
        """The cluster of each spelling."""
        return self._clusters

    def add(self, spelling: Spelling, person: str) -> None:
        """Add a person by their spelling, in the order in which people came.

        Of a person who comes again only the new spelling counts; whom the old one linked stays together.
        """
        if person in self._spelling_of:
            self._withdraw(self._spelling_of[person])
        self._spelling_of[person] = spelling
        if spelling.id not in self._clusters:
            own = SpellingCluster(spelling, self._rulings.ruled_one(spelling.key))
            self._clusters[spelling.id] = own
            self._join_certain(spelling)
            own_clues = clues(spelling)
            near = self._clues.find(own_clues)
            self._join_compared(spelling, near, is_new=self._clusters[spelling.id] is own)
            self._clues.add(spelling, own_clues, self._clusters[spelling.id])
        self._clusters[spelling.id].enter(spelling.id)

    def doubts(self) -> Iterable[ClusterDoubt]:
        """Yield once each two clusters that may be one school."""
        pairs = set()
        left = (doubt for doubt in self._doubts if {doubt[0].id, doubt[1].id} <= self._clusters.keys())
        for a, b, reason in left:
            one, other = self._clusters[a.id], self._clusters[b.id]
            pair = frozenset((one, other))
            if one is not other and pair not in pairs and not self._is_ruled_different(one, other):
                pairs.add(pair)
                yield ClusterDoubt(one, other, reason)

    def _withdraw(self, spelling: Spelling) -> None:
        if self._clusters[spelling.id].leave(spelling.id):
            del self._clusters[spelling.id]
            self._clues.remove(spelling)
            for sure in _certainties(spelling, self._rulings):
                del self._certain[sure][spelling.id]

    def _join_certain(self, spelling: Spelling) -> None:
        """Join what an organiser ruled the same, what means the vestiging and what is typed the same."""
        for sure in _certainties(spelling, self._rulings):
            own, refused = self._clusters[spelling.id], set[SpellingCluster]()
            for home in (self._clusters[other] for other in self._certain[sure]):
                if home not in refused and not self._is_ruled_different(own, home):
                    self._merge(own, home)
                    break
                refused.add(home)
            self._certain[sure][spelling.id] = spelling

    def _join_compared(self, spelling: Spelling, near: Iterable[Spelling], is_new: bool) -> None:
        """Join the clusters near by that a spelling surely fits, if it may, and remember the doubts."""
        compared: dict[SpellingCluster, Verdicts] = defaultdict(list)
        for other in near:
            cluster = self._clusters.get(other.id)
            if cluster and cluster is not self._clusters[spelling.id] and is_undecided(spelling, other):
                compared[cluster].append((other, compare_spellings(spelling, other, self._register)))
        for cluster, verdicts in compared.items():
            self._keep_apart(spelling, cluster, verdicts)
        if is_new:
            self._join_brand(spelling, compared)
        fitting = [
            c for c, verdicts in compared.items() if fits(verdicts) and not self._is_apart_from(spelling, c)
        ]
        for cluster in self._may_join(spelling, fitting):
            if not self._is_apart_from(spelling, cluster):
                self._merge(self._clusters[spelling.id], cluster)
        doubts = [(spelling, *doubt(verdicts, cluster in fitting)) for cluster, verdicts in compared.items()]
        doubts.sort(key=lambda each: each[2] != PairReason(PairFinding.FITS_TWO_SCHOOLS))
        self._doubts += [(a, b, reason) for a, b, reason in doubts if reason][:_ASKED]

    def _keep_apart(self, spelling: Spelling, cluster: SpellingCluster, verdicts: Verdicts) -> None:
        for other, verdict in verdicts:
            if verdict.must_stay_apart:
                self._clusters[spelling.id].keep_apart(spelling.id, other.id)
                cluster.keep_apart(other.id, spelling.id)

    def _join_brand(self, spelling: Spelling, compared: Mapping[SpellingCluster, Verdicts]) -> None:
        """Join another vestiging of one brand, if the first of its people types that it is one school."""
        own = self._clusters[spelling.id]
        brands = [
            c for c, verdicts in compared.items() if spelling.code and self._is_brand(spelling, c, verdicts)
        ]
        if len(brands) == 1 and not self._is_ruled_different(own, brands[0]):
            self._merge(own, brands[0])

    def _is_brand(self, spelling: Spelling, cluster: SpellingCluster, verdicts: Verdicts) -> bool:
        """Tell whether a vestiging is one school with each of a cluster, however people typed these."""
        given = [(other.code, verdict.verdict) for other, verdict in verdicts if other.code]
        others = cluster.codes.keys() - {code for code, _ in given} if given else ()
        meant = (self._certain["code", code].values() for code in others)
        unseen = (next(o for o in spellings if o.id in cluster.ids) for spellings in meant)
        given += ((o.code, compare_spellings(spelling, o, self._register).verdict) for o in unseen)
        same = {code for code, verdict in given if verdict == "same"}
        return (
            bool(same)
            and same == cluster.codes.keys()
            and all(verdict != "different" for _, verdict in given)
        )

    def _may_join(self, spelling: Spelling, fitting: Sequence[SpellingCluster]) -> Iterable[SpellingCluster]:
        """Return the clusters that a spelling may join: none if it fits several that must stay apart.

        Only a certain vestiging, or a BRIN that nothing contradicts, joins two clusters of several people.
        """
        pairs = combinations(fitting, 2)
        rivals = {c for a, b in pairs if self._must_stay_apart(a, b) for c in (a, b)}
        if spelling.code or (spelling.reading.brin and not spelling.is_vague):
            return [cluster for cluster in fitting if cluster not in rivals]
        together = sum(c.people > 1 for c in {self._clusters[spelling.id], *fitting})
        return [] if rivals or together > 1 else fitting

    def _is_apart_from(self, spelling: Spelling, cluster: SpellingCluster) -> bool:
        return self._must_stay_apart(self._clusters[spelling.id], cluster)

    def _must_stay_apart(self, a: SpellingCluster, b: SpellingCluster) -> bool:
        return a is not b and (a.is_apart(b) or self._is_ruled_different(a, b))

    def _is_ruled_different(self, a: SpellingCluster, b: SpellingCluster) -> bool:
        return self._rulings.are_different(a.keys.keys(), b.keys.keys())

    def _merge(self, one: SpellingCluster, other: SpellingCluster) -> None:
        if one is not other:
            small, large = sorted((one, other), key=lambda cluster: len(cluster.ids))
            large.absorb(small)
            self._clusters |= dict.fromkeys(small.ids, large)


def group_spellings(arrivals: Sequence[Arrival], knowledge: SchoolKnowledge) -> SpellingGroups:
    """Group the spellings with which people came, in any order; those of last time are not grouped again."""
    ordered = sorted(arrivals, key=lambda each: each[:2])
    last = _LAST.get(knowledge)
    if last and last[0] == ordered:
        return last[1]
    groups = SpellingGroups(knowledge)
    for _, person_key, spelling in ordered:
        groups.add(spelling, person_key)
    _LAST[knowledge] = ordered, groups
    return groups


_LAST: WeakKeyDictionary[SchoolKnowledge, tuple[list[Arrival], SpellingGroups]] = WeakKeyDictionary()


def _certainties(spelling: Spelling, rulings: PairRulings) -> Iterable[tuple[str, ...]]:
    """Yield what two spellings may share that makes them surely one school."""
    if ruled := rulings.ruled_one(spelling.key):
        yield "ruled", min(ruled)
    if spelling.code:
        yield "code", spelling.code
    if not spelling.is_vague:
        yield "typed", *spelling.id[:2], spelling.reading.brin, spelling.code
