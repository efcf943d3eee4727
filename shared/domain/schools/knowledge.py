"""What is known of schools besides what people type: the register, and what organisers said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from shared.domain.decision import SCHOOL_RULINGS, Decision, Kind

if TYPE_CHECKING:
    # Only where typings are really compared: a function that groups nobody does not pay for the import.
    from shared.domain.schools.matching import Register, Typed, Vestiging


class SchoolKnowledge:
    """The register, and what organisers of all networks said that holds at a moment; by default nothing."""

    def __init__(
        self,
        register: Register | None = None,
        rulings: Sequence[Decision] = (),
        moment: datetime | None = None,
    ) -> None:
        self.register = register
        self.rulings = tuple(rulings)
        self._hold = _hold(rulings, moment) if moment else self.rulings
        self._meant: dict[Typed, Vestiging | None] = {}

    def as_of(self, moment: datetime) -> SchoolKnowledge:
        """Return what was known at a moment: words are given and undone, the register is as it is now."""
        unchanged = _hold(self.rulings, moment) == self._hold
        return self if unchanged else SchoolKnowledge(self.register, self.rulings, moment)

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """The code of the school that a typing is, by `alias_key`; the latest word counts."""
        return {word.about: word.value for word in self._hold if word.kind is Kind.IS}

    @cached_property
    def pairs(self) -> Mapping[frozenset[str], Kind]:
        """What was said of two typings, by both their `alias_key`s; the latest word counts."""
        said = (word for word in self._hold if word.kind in SCHOOL_RULINGS - {Kind.IS})
        return {frozenset((word.about, word.value)): word.kind for word in said}

    def meant(self, typed: Typed) -> Vestiging | None:
        """Return the vestiging that a typing surely means, if any."""
        if self.register is None:
            return None
        if typed not in self._meant:
            from shared.domain.schools.matching import match

            self._meant[typed] = match(typed, self.register, self.aliases).vestiging
        return self._meant[typed]


def _hold(words: Sequence[Decision], moment: datetime) -> tuple[Decision, ...]:
    return tuple(sorted((w for w in words if w.holds(moment)), key=lambda word: (word.at, word.id)))


NOTHING = SchoolKnowledge()
