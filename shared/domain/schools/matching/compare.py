"""Whether two people who typed their school mean the same one."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from shared.domain.schools.matching.domains import registered_domain
from shared.domain.schools.matching.index import RegisterIndex
from shared.domain.schools.matching.likeness import Likeness, have_different_kinds, likeness
from shared.domain.schools.matching.match import match
from shared.domain.schools.matching.places import is_near_place, is_same_place, place_key, place_words
from shared.domain.schools.matching.register import Register
from shared.domain.schools.matching.typed import Reading, Typed, read
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


class MatchedReading(NamedTuple):
    """One of two typings to compare: how it reads, and the vestiging that it surely means."""

    reading: Reading
    vestiging: Vestiging | None


def compare_typings(a: Typed, b: Typed, register: Register | None = None) -> SameSchoolVerdict:
    """Decide whether two typings are of one school; that takes two independent clues."""
    one, other = (
        MatchedReading(read(t, register), match(t, register).vestiging if register else None) for t in (a, b)
    )
    return compare_readings(one, other, register)


def compare_readings(
    a: MatchedReading, b: MatchedReading, register: Register | None = None
) -> SameSchoolVerdict:
    """Decide the same about two typings that are already read and matched."""
    one, other = a.reading, b.reading
    if _have_same_name_and_place(one, other):
        return SameSchoolVerdict("same", PairReason(PairFinding.SAME_NAME_AND_PLACE))
    if register and a.vestiging and b.vestiging:
        return _compare_vestigingen(a.vestiging, b.vestiging, one, other, register.index)
    return _compare_names(one, other, _find_clue(one, other, register), register)


def _have_same_name_and_place(a: Reading, b: Reading) -> bool:
    """Tell whether both people typed one name and one place: then the register has nothing to add."""
    is_one_name = likeness(a.names[0], b.names[0], a.towns | b.towns) == Likeness.SAME
    is_one_place = a.has_typed_place and b.has_typed_place and a.place == b.place
    is_contradicted = _have_different_brins(a, b) or have_different_kinds(a.names[0], b.names[0])
    return is_one_name and is_one_place and not (is_contradicted or a.is_doubtful or b.is_doubtful)


def _have_different_brins(a: Reading, b: Reading) -> bool:
    return bool(a.brin and b.brin and a.brin != b.brin)


def _verdict(verdict: Verdict, finding: PairFinding, *vestigingen: Vestiging) -> SameSchoolVerdict:
    return SameSchoolVerdict(verdict, PairReason(finding, tuple(v.title_in_place for v in vestigingen)))


def _compare_vestigingen(
    a: Vestiging, b: Vestiging, one: Reading, other: Reading, index: RegisterIndex
) -> SameSchoolVerdict:
    if a == b:
        return _verdict("same", PairFinding.ONE_VESTIGING, a)
    brand, is_one_place = _compare_brands(one, other, index), place_key(a.place) == place_key(b.place)
    if a.brin == b.brin:
        if brand > Likeness.NONE and (is_one_place or not index.is_chain(a.brin)):
            return _verdict("same", PairFinding.LOCATIONS_OF_ONE_SCHOOL, a, b)
        return _verdict("different", PairFinding.LOCATIONS_WITH_OWN_NAMES, a, b)
    is_one_brand = is_one_place and brand >= Likeness.PART
    if not is_one_brand or not (_share_own_domain(a, b, index) or _share_register_name(a, b, index)):
        return _verdict("different", PairFinding.TWO_VESTIGINGEN, a, b)
    has_other_kind = index.is_separate_kind(a) != index.is_separate_kind(b)
    if has_other_kind or one.separate_kinds != other.separate_kinds:
        return _verdict("unsure", PairFinding.SCHOOL_AND_PRAKTIJKSCHOOL, a, b)
    return _verdict("same", PairFinding.ONE_SCHOOL_WITH_TWO_BRINS, a)


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
    if _share_only_group_name(a, b, index):
        return Likeness.NONE
    pairs = [(x, y) for x in a.names for y in b.names]
    whole = max(likeness(x, y) for x, y in pairs)
    towns = a.towns | b.towns
    return max([likeness(x, y, towns) for x, y in pairs] + [whole] * (whole >= Likeness.TYPO))


def _share_only_group_name(a: Reading, b: Reading, index: RegisterIndex) -> bool:
    """Tell whether two names share only the name of their group, and each has words of its own."""
    one, other = (set(reading.names[0].core) - a.towns - b.towns for reading in (a, b))
    shared = one & other
    return bool(shared and one - shared and other - shared) and all(map(index.is_group_name, shared))


def _compare_names(
    a: Reading, b: Reading, clue: PairFinding | None, register: Register | None
) -> SameSchoolVerdict:
    one, other = _numbers_in(a), _numbers_in(b)
    if one and other and one != other:
        reason = PairReason(PairFinding.NAMES_HAVE_OTHER_NUMBERS)
        return SameSchoolVerdict("different", reason, is_worth_asking=False, must_stay_apart=True)
    step, have_other_kinds = _compare_whole_names(a, b)
    if step < Likeness.PART:
        return _reject(a, b, step)
    is_elsewhere = _is_one_place(a, b, register) is False or _have_different_brins(a, b)
    is_group = register is not None and _share_only_group_name(a, b, register.index)
    must_stay_apart = have_other_kinds or one != other or is_group
    if a.is_doubtful or b.is_doubtful or is_elsewhere or must_stay_apart:
        reason = PairReason(PairFinding.NAMES_ALIKE_BUT_CONFLICTING)
        return SameSchoolVerdict("unsure", reason, must_stay_apart=must_stay_apart)
    return _verdict("same", clue) if clue else _verdict("unsure", PairFinding.SAME_NAME_ONLY)


def _numbers_in(reading: Reading) -> set[str]:
    """Return the numbers in a name: "Lyceum 1" and "Lyceum 2" are two schools, however alike."""
    return set(filter(str.isdigit, reading.names[0].full))


def _find_clue(a: Reading, b: Reading, register: Register | None) -> PairFinding | None:
    """Return what two typings would have in common besides their names; None when that is nothing."""
    if a.brin and a.brin == b.brin:
        return PairFinding.SAME_NAME_AND_BRIN
    if _is_one_place(a, b, register):
        return PairFinding.SAME_NAME_AND_PLACE
    is_one_domain = a.domain and a.domain == b.domain
    if is_one_domain and not (register and _is_board_domain(a.domain, register.index)):
        return PairFinding.SAME_NAME_AND_DOMAIN
    return None


def _compare_whole_names(a: Reading, b: Reading) -> tuple[Likeness, bool]:
    """Compare whole names, or a whole name with parts of the other; parts of both prove nothing.

    The second value tells whether the kinds of school differ.
    """
    towns, whole = a.towns | b.towns, (a.names[0], b.names[0])
    pairs = [whole, *((a.names[0], y) for y in b.names[1:]), *((x, b.names[0]) for x in a.names[1:])]
    steps = [(likeness(x, y, towns), not have_different_kinds(x, y), (x, y)) for x, y in pairs]
    step, fits = max((step, fits) for step, fits, pair in steps if step != Likeness.PART or pair == whole)
    return step, not fits


def _is_one_place(a: Reading, b: Reading, register: Register | None) -> bool | None:
    """Compare two places; when one is missing, see whether that name has the other's place. None: unclear."""
    if a.place and b.place:
        return is_same_place(a.place, b.place) or (not register and is_near_place(a.place, b.place))
    is_in_name = any(
        r.towns and not other.place and r.towns & set(other.names[0].full) for r, other in ((a, b), (b, a))
    )
    return True if is_in_name else None


def _is_board_domain(domain: str, index: RegisterIndex) -> bool:
    return bool(index.with_domain(domain)) and not index.is_own_domain(domain)


def _reject(a: Reading, b: Reading, step: Likeness) -> SameSchoolVerdict:
    """Decide about two names that are not alike enough."""
    is_elsewhere = a.place and b.place and not is_same_place(a.place, b.place)
    has_other_domain = a.domain and b.domain and a.domain != b.domain
    if step == Likeness.NONE and (is_elsewhere or has_other_domain):
        return _verdict("different", PairFinding.ALL_DIFFERENT)
    reason = PairReason(PairFinding.NAMES_TOO_DIFFERENT)
    return SameSchoolVerdict("unsure", reason, is_worth_asking=False)
