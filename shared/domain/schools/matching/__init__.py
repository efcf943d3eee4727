"""Which school people mean, however they type it."""

from shared.domain.schools.matching.match import Match, alias_key, match
from shared.domain.schools.matching.register import Register, RegisterError, Vestiging, read_register
from shared.domain.schools.matching.same import Same, Side, same_school, same_side
from shared.domain.schools.matching.typed import Reading, Typed, brin_of, read

__all__ = [
    "Match",
    "Reading",
    "Register",
    "RegisterError",
    "Same",
    "Side",
    "Typed",
    "Vestiging",
    "alias_key",
    "brin_of",
    "match",
    "read",
    "read_register",
    "same_school",
    "same_side",
]
