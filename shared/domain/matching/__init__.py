"""Which school people mean, however they type it."""

from shared.domain.matching.match import Match, alias_key, match
from shared.domain.matching.register import Register, RegisterError, Vestiging, read_register
from shared.domain.matching.same import Same, same_school
from shared.domain.matching.typed import Typed

__all__ = [
    "Match",
    "Register",
    "RegisterError",
    "Same",
    "Typed",
    "Vestiging",
    "alias_key",
    "match",
    "read_register",
    "same_school",
]
