"""Whether the other fields of a typing speak against its BRIN, which a browser may have filled in."""

from collections.abc import Sequence

from shared.domain.schools.matching.candidate import Candidate
from shared.domain.schools.matching.index import RegisterIndex
from shared.domain.schools.matching.places import is_same_place
from shared.domain.schools.matching.towns import are_neighbours
from shared.domain.schools.matching.typed import Reading
from shared.domain.schools.matching.vestiging import Vestiging


def is_brin_contradicted(
    reading: Reading,
    rows: Sequence[Vestiging],
    ranked: Sequence[Candidate],
    by_text: Vestiging | None,
    index: RegisterIndex,
) -> bool:
    """Tell whether name, place or e-mail domain speaks against a BRIN; `by_text` is what they surely mean."""
    own = [c for c in ranked if c.vestiging in rows]
    if by_text:
        return by_text not in rows and not any(ranked[0].is_same_school(c) for c in own)
    mailed = index.with_domain(reading.domain) if index.is_own_domain(reading.domain) else []
    is_mailed = any(row in mailed for row in rows)
    if mailed and not is_mailed:
        return True
    return _is_elsewhere(reading, rows, index) or not (own or is_mailed or _has_no_name(reading))


def _is_elsewhere(reading: Reading, rows: Sequence[Vestiging], index: RegisterIndex) -> bool:
    """Tell whether the typed place is a town where the BRIN has no vestiging, nor in a town beside it."""
    if not reading.has_typed_place or not index.is_place(reading.place):
        return False
    places = [place for row in rows for place in index.places_of[row.code]]
    return not any(is_same_place(reading.place, p) or are_neighbours(reading.place, p) for p in places)


def _has_no_name(reading: Reading) -> bool:
    """Tell whether the name is the BRIN itself, or says nothing of any school."""
    return reading.is_doubtful or reading.brin in reading.names[0].key.upper()
