"""What two spellings have in common, and what there is to ask about them."""

from dataclasses import replace

from shared.domain.schools.matching import Register, SameSchoolVerdict, compare_readings
from shared.domain.schools.reasons import PairFinding, PairReason
from shared.domain.schools.spelling import Spelling

Verdicts = list[tuple[Spelling, SameSchoolVerdict]]


def is_undecided(a: Spelling, b: Spelling) -> bool:
    """Tell whether a pair needs comparing: not if both mean one vestiging, or two with nothing in common."""
    one, other = a.matched.vestiging, b.matched.vestiging
    if a.code and b.code:
        is_near = one and other and (one.brin == other.brin or one.place == other.place)
        return bool(is_near) and a.code != b.code
    return True


def fits(verdicts: Verdicts) -> bool:
    """Tell whether a spelling is of one school with another of a cluster."""
    return any(verdict.verdict == "same" for _, verdict in verdicts)


def doubt(verdicts: Verdicts, is_sure: bool) -> tuple[Spelling, PairReason | None]:
    """Return a spelling of a cluster with what to ask about it; nothing for one that is too different."""
    if is_sure:
        return verdicts[0][0], PairReason(PairFinding.FITS_TWO_SCHOOLS)
    for other, verdict in verdicts:
        if verdict.verdict == "unsure" and verdict.is_worth_asking:
            return other, verdict.reason
    is_contradicted = fits(verdicts)
    return verdicts[0][0], PairReason(PairFinding.NAMES_ALIKE_BUT_CONFLICTING) if is_contradicted else None


def compare_spellings(a: Spelling, b: Spelling, register: Register | None) -> SameSchoolVerdict:
    """Decide whether two spellings are of one school; one name of one place is, unless that is vague."""
    verdict, is_vague = compare_readings(a.matched, b.matched, register), a.is_vague or b.is_vague
    if is_vague and verdict.reason.finding is PairFinding.SAME_NAME_AND_PLACE:
        # "Gymnasium Amsterdam" is any of several: that two people typed it is one clue, not two.
        return replace(verdict, verdict="unsure", reason=PairReason(PairFinding.SAME_NAME_ONLY))
    is_same_typing = a.id[:2] == b.id[:2] and not (a.code and b.code)
    if is_same_typing and not is_vague and not verdict.must_stay_apart:
        return replace(verdict, verdict="same")
    return verdict
