"""What we know about schools besides what people type: the register, and the rulings of organisers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from shared.domain.decision import SCHOOL_RULINGS, Decision, Kind

if TYPE_CHECKING:
    # Imported only where typings are compared: other functions do not pay for the import.
    from shared.domain.schools.matching import Register, Typed, Vestiging


class SchoolKnowledge:
    """The register, and the rulings of the organisers of all networks at a moment; by default nothing."""

    def __init__(
        self,
        register: Register | None = None,
        rulings: Sequence[Decision] = (),
        moment: datetime | None = None,
    ) -> None:
        self.register = register
        self.rulings = tuple(rulings)
        self._in_force = _in_force(rulings, moment) if moment else self.rulings
        self._vestigingen: dict[Typed, Vestiging | None] = {}

    def as_of(self, moment: datetime) -> SchoolKnowledge:
        """Return the rulings that were in force at a moment; the register is always the present one."""
        is_unchanged = _in_force(self.rulings, moment) == self._in_force
        return self if is_unchanged else SchoolKnowledge(self.register, self.rulings, moment)

    @cached_property
    def name(self) -> str:
        """What tells this knowledge from any other: which register was imported, and what is ruled."""
        imported = self.register and (self.register.imported, len(self.register))
        ruled = [(ruling.id, ruling.about, ruling.value, ruling.at) for ruling in self._in_force]
        return sha256(repr((imported, ruled)).encode()).hexdigest()[:16]

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """The code of the school that a typing is, by `alias_key`; the latest ruling counts."""
        return {ruling.about: ruling.value for ruling in self._in_force if ruling.kind is Kind.IS}

    @cached_property
    def pair_rulings(self) -> Mapping[frozenset[str], Kind]:
        """What was ruled on two typings, by the `alias_key` of both; the latest ruling counts."""
        rulings = (ruling for ruling in self._in_force if ruling.kind in SCHOOL_RULINGS - {Kind.IS})
        return {frozenset((ruling.about, ruling.value)): ruling.kind for ruling in rulings}

    def find_vestiging(self, typed: Typed) -> Vestiging | None:
        """Return the vestiging that a typing surely means, if any."""
        if self.register is None:
            return None
        if typed not in self._vestigingen:
            from shared.domain.schools.matching import match

            self._vestigingen[typed] = match(typed, self.register, self.aliases).vestiging
        return self._vestigingen[typed]


def _in_force(rulings: Sequence[Decision], moment: datetime) -> tuple[Decision, ...]:
    in_force = (ruling for ruling in rulings if ruling.holds(moment))
    return tuple(sorted(in_force, key=lambda ruling: (ruling.at, ruling.id)))


NOTHING = SchoolKnowledge()
