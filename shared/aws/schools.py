"""What the functions know about schools: the register, cached for ten minutes, and every ruling."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from shared.aws.table import Table
from shared.domain.network.network import Network
from shared.domain.registration.put_aside import without_aside
from shared.domain.registration.registration import Registration
from shared.domain.rule.waiting_list import standings_of
from shared.domain.schools.knowledge import SchoolKnowledge
from shared.domain.schools.school import School, schools

if TYPE_CHECKING:
    from shared.domain.schools.matching import Register

# DUO's list changes once a month; after an import, the functions use the old one at most this long.
_CACHED_FOR = timedelta(minutes=10)


class Schools:
    """The register and the rulings of organisers; matches are kept until one of these changes."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._register: Register | None = None
        self._read_at: datetime | None = None
        self._knowledge = SchoolKnowledge()

    def at(self, now: datetime) -> SchoolKnowledge:
        """Return the knowledge at an instant: current rulings, and a register of at most ten minutes old."""
        register, rulings = self.register(now), self._table.school_rulings()
        if register is not self._knowledge.register or rulings != self._knowledge.rulings:
            self._knowledge = SchoolKnowledge(register, rulings, now)
        self._knowledge = self._knowledge.as_of(now)
        return self._knowledge

    def of(
        self, network: Network, registrations: Iterable[Registration], now: datetime
    ) -> tuple[School, ...]:
        """Return the schools of everybody in a network who is not aside; nobody knows a school of who is.

        They know who waits for a place, and whether an exception holds for a school that is short.
        """
        grouped, minimum = schools(without_aside(registrations), self.at(now)), network.rule.min_per_school
        is_decided = network.is_limited or any(each.counted and each.missing(minimum) for each in grouped)
        return self.as_decided(network, grouped, now) if is_decided else grouped

    def as_decided(self, network: Network, grouped: Iterable[School], now: datetime) -> tuple[School, ...]:
        """Return schools that know who waits for a place, and whether an exception to the rule holds.

        Places are shared by all schools of a network: where they are limited, these must be all.
        """
        standings = standings_of(network, grouped, self._table.decisions(network.id), now)
        return tuple(standing.school for standing in standings)

    def register(self, now: datetime) -> "Register | None":
        """Return the register, at most ten minutes older than now; None when none was imported."""
        if self._read_at is None or not timedelta() <= now - self._read_at < _CACHED_FOR:
            self._register = self._table.register_of_schools()
            self._read_at = now
        return self._register
