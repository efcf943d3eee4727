"""Schools that may be one and the same: for the organiser to look at, never joined by the machine."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import combinations

from shared.domain.school import School
from shared.domain.text import fold

_ALIKE = 0.85  # one letter in seven differs: "Lyceum Oost" and "Lyceum Oots", but not "Lyceum Noord"


def alike(schools: Iterable[School]) -> Iterator[tuple[School, School]]:
    """Pair schools with the same name in two places, or nearly the same name in one place."""
    named = [(fold(s.name), fold(s.place), s) for s in schools if s.counted]
    for (name, place, a), (other_name, other_place, b) in combinations(named, 2):
        if name == other_name or (place == other_place and _nearly(name, other_name)):
            yield a, b


def _nearly(a: str, b: str) -> bool:
    if re.findall(r"\d+", a) != re.findall(r"\d+", b):
        return False  # "CSG 1" and "CSG 2" are two
    match = SequenceMatcher(None, a, b)
    # The cheap upper bounds first: 300 schools are 45,000 pairs.
    return all(ratio() >= _ALIKE for ratio in (match.real_quick_ratio, match.quick_ratio, match.ratio))
