"""Which vestiging a person means by the school that they typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

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
    if rows := register.index.by_brin.get(code[:4], []):
        return _match_brin(reading, rows, code, register)
    if ruled := register.by_code.get((aliases or {}).get(alias_key(typed), "")):
        return _sure(ruled, MatchReason(MatchFinding.DECIDED_EARLIER, (ruled.title_in_place,)))
    if ranked := rank_candidates(reading, register):
        return _match_best(reading, ranked)
    return SchoolMatch("unknown", None, (), MatchReason(MatchFinding.NOTHING_LIKE_IT))


def _match_brin(reading: Reading, rows: list[Vestiging], code: str, register: Register) -> SchoolMatch:
    if row := register.by_code.get(code):
        return _sure(row, MatchReason(MatchFinding.CODE_TYPED, (row.title_in_place,), code=code))
    ranked = [c.vestiging for c in rank_candidates(reading, register) if c.vestiging in rows]
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
