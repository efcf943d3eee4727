"""Whether the vestigingen that two typings surely mean are one school."""

from dataclasses import dataclass
from typing import Literal

from shared.domain.schools.matching.domains import registered_domain
from shared.domain.schools.matching.index import RegisterIndex
from shared.domain.schools.matching.likeness import Likeness, have_different_kinds, is_same_word, likeness
from shared.domain.schools.matching.places import place_key, place_words
from shared.domain.schools.matching.typed import Reading, towns_of
from shared.domain.schools.matching.vestiging import Vestiging
from shared.domain.schools.reasons import PairFinding, PairReason

Verdict = Literal["same", "different", "unsure"]


@dataclass(frozen=True, slots=True)
class SameSchoolVerdict:
    """The verdict on two typings, with the reason.

    Only a pair that `is_worth_asking` is put to an organiser; no third typing joins a pair that
    `must_stay_apart`.
    """

    verdict: Verdict
    reason: PairReason
    is_worth_asking: bool = True
    must_stay_apart: bool = False


def make_verdict(verdict: Verdict, finding: PairFinding, *vestigingen: Vestiging) -> SameSchoolVerdict:
    """Make a verdict whose reason names these vestigingen."""
    return SameSchoolVerdict(verdict, PairReason(finding, tuple(v.title_in_place for v in vestigingen)))


def compare_vestigingen(
    a: Vestiging, b: Vestiging, one: Reading, other: Reading, index: RegisterIndex
) -> SameSchoolVerdict:
    """Decide about two typings, `one` and `other`, that surely mean the vestigingen `a` and `b`."""
    if a == b:
        return make_verdict("same", PairFinding.ONE_VESTIGING, a)
    brand, is_one_place = _compare_brands(one, other, index), place_key(a.place) == place_key(b.place)
    if a.brin == b.brin:
        is_one_site = registered_domain(a.domain) == registered_domain(b.domain) != ""
        if is_one_place and not is_one_site and _have_own_names(a, b, one, other, index):
            return make_verdict("different", PairFinding.LOCATIONS_WITH_OWN_NAMES, a, b)
        if brand > Likeness.NONE and (is_one_place or not index.is_chain(a.brin)):
            return make_verdict("same", PairFinding.LOCATIONS_OF_ONE_SCHOOL, a, b)
        return make_verdict("different", PairFinding.LOCATIONS_WITH_OWN_NAMES, a, b)
    is_one_brand = is_one_place and brand >= Likeness.PART
    if not is_one_brand or not (_share_own_domain(a, b, index) or _share_register_name(a, b, index)):
        return make_verdict("different", PairFinding.TWO_VESTIGINGEN, a, b)
    has_other_kind = index.is_separate_kind(a) != index.is_separate_kind(b)
    if has_other_kind or one.separate_kinds != other.separate_kinds:
        return make_verdict("unsure", PairFinding.SCHOOL_AND_PRAKTIJKSCHOOL, a, b)
    return make_verdict("same", PairFinding.ONE_SCHOOL_WITH_TWO_BRINS, a)


def _have_own_names(a: Vestiging, b: Vestiging, one: Reading, other: Reading, index: RegisterIndex) -> bool:
    """Tell whether each typing has a word of its vestiging's name that the other vestiging has not."""
    sides = ((one, index.own_words(a, b)), (other, index.own_words(b, a)))
    return all(
        any(is_same_word(w, own) for name in reading.names for w in name.core for own in owns)
        for reading, owns in sides
    )


def _share_own_domain(a: Vestiging, b: Vestiging, index: RegisterIndex) -> bool:
    return registered_domain(a.domain) == registered_domain(b.domain) and index.is_own_domain(a.domain)


def _share_register_name(a: Vestiging, b: Vestiging, index: RegisterIndex) -> bool:
    """Tell whether the register has one name for two vestigingen, such as a location that schools share."""
    towns = place_words(place_key(a.place))
    pairs = ((x.name, y.name) for x in index.names_of[a.code] for y in index.names_of[b.code])
    return any(
        set(x.core) - towns and likeness(x, y, towns) == Likeness.SAME and not have_different_kinds(x, y)
        for x, y in pairs
    )


def _compare_brands(a: Reading, b: Reading, index: RegisterIndex) -> Likeness:
    """Compare the names of two typings whose vestigingen are certain."""
    if share_only_group_name(a, b, index):
        return Likeness.NONE
    pairs = [(x, y) for x in a.names for y in b.names]
    whole = max(likeness(x, y) for x, y in pairs)
    towns = towns_of(a, b)
    return max([likeness(x, y, towns) for x, y in pairs] + [whole] * (whole >= Likeness.TYPO))


def share_only_group_name(a: Reading, b: Reading, index: RegisterIndex) -> bool:
    """Tell whether two names share only the name of their group, and each has words of its own."""
    one, other = (set(reading.names[0].core) - a.towns - b.towns for reading in (a, b))
    shared = one & other
    return bool(shared and one - shared and other - shared) and all(map(index.is_group_name, shared))
