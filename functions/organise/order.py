"""What an organiser is about to do: shown first, with whom it mails, and carried out only after that."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from shared.domain.decision import Decision
from shared.domain.known import NOTHING, Known
from shared.domain.network import Network
from shared.domain.registration import Registration
from shared.domain.school import School, school_of
from shared.domain.standing import Stand, stand


class Letter(NamedTuple):
    """A mail that will go out: what it says, and to whom."""

    what: str
    to: Registration


class Wish(NamedTuple):
    """What an organiser fills in with an order."""

    why: str = ""
    until: date | None = None


class Order(NamedTuple):
    """One order in words, and what the table will keep of it; `back` is the page it leads to."""

    title: str
    button: str
    says: tuple[str, ...]
    back: str
    letters: tuple[Letter, ...] = ()
    save: tuple[Registration, ...] = ()
    decide: Decision | None = None
    undo: Decision | None = None
    asks_why: bool = True
    needs_why: bool = False
    asks_until: bool = False


class Scene(NamedTuple):
    """What an order is given in: a network as it stands, when, and by which organiser (their address)."""

    network: Network
    everyone: Sequence[Registration]
    decisions: Sequence[Decision]
    now: datetime
    by: str
    known: Known = NOTHING

    def who(self, reference: str) -> Registration | None:
        """Return whose reference this is."""
        return next((r for r in self.everyone if r.reference == reference), None)

    def school(self, person: Registration) -> School:
        """Return the school that counts somebody."""
        return school_of(person.person, self.everyone, self.known)

    def stand(self, person: Registration) -> Stand:
        """Return where somebody's school stands."""
        return stand(self.network, self.school(person), self.decisions, self.now)

    def instead(self, person: Registration) -> "Scene":
        """Return the scene with somebody as they will be."""
        others = [r for r in self.everyone if r.person != person.person]
        return self._replace(everyone=(*others, person))
