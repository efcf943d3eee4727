"""Whether two people who typed their school mean the same one."""

from typing import NamedTuple

from shared.domain.schools.matching.index import RegisterIndex
from shared.domain.schools.matching.likeness import Likeness, have_different_kinds, likeness
from shared.domain.schools.matching.locations import (
    SameSchoolVerdict,
    compare_vestigingen,
    make_verdict,
    share_only_group_name,
)
from shared.domain.schools.matching.match import match
from shared.domain.schools.matching.places import is_near_place, is_same_place
from shared.domain.schools.matching.register import Register
from shared.domain.schools.matching.towns import are_neighbours
from shared.domain.schools.matching.typed import Reading, Typed, read, towns_of
from shared.domain.schools.matching.vestiging import Vestiging
from shared.domain.schools.reasons import PairFinding, PairReason


class MatchedReading(NamedTuple):
    """One of two typings to compare: how it reads, and the vestiging that it surely means."""

    reading: Reading
    vestiging: Vestiging | None

    def has_contradicted_brin(self, register: Register) -> bool:
        """Tell whether its BRIN is a school's, but its name, place or e-mail domain is another's."""
        return not self.vestiging and self.reading.brin in register.index.by_brin

    @property
    def brins(self) -> set[str]:
        """The BRIN that was typed, and that of its vestiging."""
        return {self.reading.brin, self.vestiging.brin if self.vestiging else ""} - {""}


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
    if register and (a.has_contradicted_brin(register) or b.has_contradicted_brin(register)):
        return _compare_contradicted(a, b)
    if _have_same_name_and_place(one, other):
        return SameSchoolVerdict("same", PairReason(PairFinding.SAME_NAME_AND_PLACE))
    if register and a.vestiging and b.vestiging:
        return compare_vestigingen(a.vestiging, b.vestiging, one, other, register.index)
    return _compare_names(one, other, _find_clue(one, other, register), register)


def _compare_contradicted(a: MatchedReading, b: MatchedReading) -> SameSchoolVerdict:
    """Leave a typing whose BRIN is contradicted to an organiser: it fits the school of either."""
    step, _ = _compare_whole_names(a.reading, b.reading)
    is_worth_asking = step >= Likeness.PART or not a.brins.isdisjoint(b.brins)
    reason = PairReason(PairFinding.FITS_TWO_SCHOOLS)
    return SameSchoolVerdict("unsure", reason, is_worth_asking, must_stay_apart=True)


def _have_same_name_and_place(a: Reading, b: Reading) -> bool:
    """Tell whether both people typed one name and one place: then the register has nothing to add."""
    is_one_name = likeness(a.names[0], b.names[0], towns_of(a, b)) == Likeness.SAME
    is_one_place = a.has_typed_place and b.has_typed_place and a.place == b.place
    is_contradicted = _have_different_brins(a, b) or have_different_kinds(a.names[0], b.names[0])
    return is_one_name and is_one_place and not (is_contradicted or a.is_doubtful or b.is_doubtful)


def _have_different_brins(a: Reading, b: Reading) -> bool:
    return bool(a.brin and b.brin and a.brin != b.brin)


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
    is_beside = step >= Likeness.TYPO and are_neighbours(a.place, b.place)
    is_elsewhere = _is_one_place(a, b, register) is False and not is_beside
    is_group = register is not None and share_only_group_name(a, b, register.index)
    must_stay_apart = have_other_kinds or one != other or is_group
    is_doubtful = clue != PairFinding.SAME_NAME_AND_BRIN and (a.is_doubtful or b.is_doubtful)
    if is_doubtful or is_elsewhere or _have_different_brins(a, b) or must_stay_apart:
        reason = PairReason(PairFinding.NAMES_ALIKE_BUT_CONFLICTING)
        return SameSchoolVerdict("unsure", reason, must_stay_apart=must_stay_apart)
    return make_verdict("same", clue) if clue else make_verdict("unsure", PairFinding.SAME_NAME_ONLY)


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
    towns, whole = towns_of(a, b), (a.names[0], b.names[0])
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
        return make_verdict("different", PairFinding.ALL_DIFFERENT)
    reason = PairReason(PairFinding.NAMES_TOO_DIFFERENT)
    return SameSchoolVerdict("unsure", reason, is_worth_asking=False)
