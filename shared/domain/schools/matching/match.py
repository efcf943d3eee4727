"""Which vestiging a person means by the school that they typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from shared.domain.schools.matching.brin import is_brin_contradicted
from shared.domain.schools.matching.candidate import Candidate
from shared.domain.schools.matching.likeness import Likeness
from shared.domain.schools.matching.names import words
from shared.domain.schools.matching.places import place_key
from shared.domain.schools.matching.rank import rank_candidates
from shared.domain.schools.matching.register import Register
from shared.domain.schools.matching.typed import Reading, Typed, brin_of, read
from shared.domain.schools.matching.vestiging import Vestiging
from shared.domain.schools.matching.weights import MARGIN, SURE
from shared.domain.schools.reasons import MatchFinding, MatchReason

Sureness = Literal["sure", "unsure", "unknown"]


@dataclass(frozen=True, slots=True)
class SchoolMatch:
    """The vestiging that a typing surely means, or else the candidates for it, with the reason."""

    sureness: Sureness
    vestiging: Vestiging | None
    candidates: tuple[Vestiging, ...]
    reason: MatchReason


def alias_key(typed: Typed) -> str:
    """Return the key under which an organiser's ruling on a typing is stored."""
    return f"{' '.join(words(typed.name))}|{place_key(typed.place)}"


def match(typed: Typed, register: Register, aliases: Mapping[str, str] | None = None) -> SchoolMatch:
    """Find the vestiging that a typing means; `aliases` holds codes of vestigingen by `alias_key`."""
    reading, code = read(typed, register), brin_of(typed)
    index, ranked = register.index, rank_candidates(reading, register)
    rows, by_text = index.by_brin.get(code[:4], []), _match_text(reading, ranked)
    if rows and not is_brin_contradicted(reading, rows, ranked, by_text.vestiging, index):
        return _match_brin(ranked, rows, code, register)
    if ruled := register.by_code.get((aliases or {}).get(alias_key(typed), "")):
        return _sure(ruled, MatchReason(MatchFinding.DECIDED_EARLIER, (ruled.title_in_place,)))
    return _doubt_brin(rows, ranked) if rows else by_text


def _doubt_brin(rows: list[Vestiging], ranked: list[Candidate]) -> SchoolMatch:
    """Leave it open whether a person means the school of the BRIN or that of the other fields."""
    others = [c.vestiging for c in ranked if c.vestiging not in rows]
    schools = tuple(row.title_in_place for row in (rows[0], *others[:1]))
    finding = MatchFinding.FITS_SEVERAL if others else MatchFinding.TOO_FEW_CLUES
    return SchoolMatch("unsure", None, _first_five((*rows[:2], *others)), MatchReason(finding, schools))


def _match_text(reading: Reading, ranked: list[Candidate]) -> SchoolMatch:
    """Find what name, place and e-mail domain mean, whatever BRIN stands beside them."""
    if ranked:
        return _match_best(reading, ranked)
    return SchoolMatch("unknown", None, (), MatchReason(MatchFinding.NOTHING_LIKE_IT))


def _match_brin(
    candidates: list[Candidate], rows: list[Vestiging], code: str, register: Register
) -> SchoolMatch:
    if row := register.by_code.get(code):
        return _sure(row, MatchReason(MatchFinding.CODE_TYPED, (row.title_in_place,), code=code))
    ranked = [c.vestiging for c in candidates if c.vestiging in rows]
    row = (ranked or rows)[0]
    return _sure(row, MatchReason(MatchFinding.BRIN_TYPED, (row.title_in_place,), code=code[:4]))


def _match_best(reading: Reading, ranked: list[Candidate]) -> SchoolMatch:
    best = ranked[0]
    rivals = [c for c in ranked[1:] if best.points - c.points < MARGIN and not best.is_same_school(c)]
    is_group = best.entry.name.is_group and len(reading.names) == 1
    is_doubtful = reading.is_doubtful or is_group
    if best.points >= SURE and best.likeness > Likeness.NONE and not rivals and not is_doubtful:
        reason = MatchReason(MatchFinding.ENOUGH_CLUES, (best.vestiging.title_in_place,), best.clues)
        return _sure(best.vestiging, reason)
    candidates = _first_five(c.vestiging for c in ranked)
    return SchoolMatch("unsure", None, candidates, _why_unsure(best, rivals, is_doubtful))


def _sure(vestiging: Vestiging, reason: MatchReason) -> SchoolMatch:
    return SchoolMatch("sure", vestiging, (vestiging,), reason)


def _first_five(rows: Iterable[Vestiging]) -> tuple[Vestiging, ...]:
    return tuple(dict.fromkeys(rows))[:5]


def _why_unsure(best: Candidate, rivals: list[Candidate], is_doubtful: bool) -> MatchReason:
    schools = tuple(c.vestiging.title_in_place for c in (best, *rivals[:1]))
    if is_doubtful:
        return MatchReason(MatchFinding.NAMES_NO_SINGLE_SCHOOL, schools[:1])
    if rivals:
        return MatchReason(MatchFinding.FITS_SEVERAL, schools)
    return MatchReason(MatchFinding.TOO_FEW_CLUES, schools, best.clues)
