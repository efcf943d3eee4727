"""What is known of schools, as the functions see it: the register, remembered for a while, and every word."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from shared.aws.table import Table
from shared.domain.schools.knowledge import SchoolKnowledge

if TYPE_CHECKING:
    from shared.domain.schools.matching import Register

# DUO's list changes once a month; an operator who imports one waits this long.
_FRESH = timedelta(minutes=10)


class Schools:
    """The register and the organisers' words; what was worked out of them stays until one of them changes."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._register: Register | None = None
        self._read_at: datetime | None = None
        self._known = SchoolKnowledge()

    def at(self, now: datetime) -> SchoolKnowledge:
        """Return what is known at an instant: words at once, the register at most ten minutes old."""
        register, words = self.register(now), self._table.school_rulings()
        if register is not self._known.register or words != self._known.rulings:
            self._known = SchoolKnowledge(register, words, now)
        self._known = self._known.as_of(now)
        return self._known

    def register(self, now: datetime) -> "Register | None":
        """Return the register, at most ten minutes older than now; None when none was imported."""
        if self._read_at is None or not timedelta() <= now - self._read_at < _FRESH:
            self._register = self._table.register_of_schools()
            self._read_at = now
        return self._register
