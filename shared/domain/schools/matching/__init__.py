"""Which school people mean, however they type it."""

from shared.domain.schools.matching.compare import MatchedReading, compare_readings, compare_typings
from shared.domain.schools.matching.locations import SameSchoolVerdict
from shared.domain.schools.matching.match import SchoolMatch, alias_key, match
from shared.domain.schools.matching.register import Register, RegisterError, read_register
from shared.domain.schools.matching.typed import Reading, Typed, brin_of, read
from shared.domain.schools.matching.vestiging import Vestiging

__all__ = [
    "MatchedReading",
    "Reading",
    "Register",
    "RegisterError",
    "SameSchoolVerdict",
    "SchoolMatch",
    "Typed",
    "Vestiging",
    "alias_key",
    "brin_of",
    "compare_readings",
    "compare_typings",
    "match",
    "read",
    "read_register",
]
