"""What an organiser is about to do: shown first, with what comes of it, and carried out only after that."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from shared.domain.decision import Decision
from shared.domain.known import NOTHING, Known
from shared.domain.network import Network
from shared.domain.registration import Registration
from shared.domain.school import Told, tell_apart
from shared.domain.standing import Stand, stand


class Letter(NamedTuple):
    """A mail that will go out: what it says, and to whom."""

    what: str
    to: Registration


class Outcome(NamedTuple):
    """What an order leads to: the mails at once, those of the next check, and the schools that change."""

    letters: tuple[Letter, ...] = ()
    later: tuple[Letter, ...] = ()
    before: tuple[Stand, ...] = ()
    after: tuple[Stand, ...] = ()


class Wish(NamedTuple):
    """What an organiser fills in with an order."""

    why: str = ""
    until: date | None = None


class Order(NamedTuple):
    """One order in words, and what the table will keep of it; `back` is the page it leads to.

    `otherwise` is the order, with its button, that says the opposite; `carries` what was typed on the way.
    """

    title: str
    button: str
    says: tuple[str, ...]
    back: str
    outcome: Outcome = Outcome()
    save: tuple[Registration, ...] = ()
    register: Registration | None = None
    decide: Decision | None = None
    undo: Decision | None = None
    asks_why: bool = True
    needs_why: bool = False
    asks_until: bool = False
    otherwise: tuple[str, str] | None = None
    carries: Mapping[str, str] = {}


@dataclass(frozen=True)
class Scene:
    """What an order is given in: a network as it stands, when, and by which organiser (their address)."""

    network: Network
    everyone: tuple[Registration, ...]
    decisions: tuple[Decision, ...]
    now: datetime
    by: str
    known: Known = NOTHING

    @cached_property
    def told_apart(self) -> Told:
        """The schools, and the doubts about them."""
        return tell_apart(self.everyone, self.known)

    @cached_property
    def stands(self) -> tuple[Stand, ...]:
        """Where every school stands."""
        return tuple(stand(self.network, s, self.decisions, self.now) for s in self.told_apart.schools)

    def who(self, reference: str) -> Registration | None:
        """Return whose reference this is."""
        return next((r for r in self.everyone if r.reference == reference), None)

    def stand(self, person: Registration) -> Stand:
        """Return where the school that counts somebody stands."""
        return next(s for s in self.stands if any(r.person == person.person for r in s.school.registrations))

    def instead(self, *people: Registration) -> "Scene":
        """Return the scene with these people as they will be."""
        changed = {r.person for r in people}
        others = tuple(r for r in self.everyone if r.person not in changed)
        return replace(self, everyone=(*others, *people))
