"""Which school people mean, however they type it."""

from shared.domain.schools.matching.match import Match, alias_key, match
from shared.domain.schools.matching.register import Register, RegisterError, Vestiging, read_register
from shared.domain.schools.matching.same import (
    MatchedReading,
    SameSchoolVerdict,
    compare_readings,
    compare_typings,
)
from shared.domain.schools.matching.typed import Reading, Typed, brin_of, read

__all__ = [
    "Match",
    "MatchedReading",
    "Reading",
    "Register",
    "RegisterError",
    "SameSchoolVerdict",
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
