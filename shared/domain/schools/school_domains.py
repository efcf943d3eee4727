"""Which mail domains are of schools: of one that is, the domain is kept when the address is erased.

Two typings may be one school because their people have one domain. That stays so when one of them is gone.
"""

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from shared.domain.registration.registration import Registration

if TYPE_CHECKING:
    from shared.domain.schools.matching import Register


class SchoolDomains:
    """The domains that say nothing of one person: several people of a network have them, or the register."""

    def __init__(self, people: Iterable[Registration], register: "Register | None" = None) -> None:
        self._people, self._register = people, register

    def of(self, person: Registration) -> str:
        """Return what may be kept of a person's address; empty for a domain that may be theirs alone."""
        domain = _domain(person)
        return domain if domain and self._is_of_several(domain) else ""

    def _is_of_several(self, domain: str) -> bool:
        is_in_register = self._register and self._register.index.with_domain(domain)
        return bool(is_in_register) or self._counts[domain] > 1

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(map(_domain, self._people))


def _domain(person: Registration) -> str:
    # Imported here, because whoever erases nobody needs none of the matching.
    from shared.domain.schools.matching.domains import school_domain

    return person.mail_domain or school_domain(person.email)
