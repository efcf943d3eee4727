"""What an organiser is about to do: shown first, with what comes of it, and carried out only after that."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from shared.domain.decision import WORDS, Decision
from shared.domain.network.network import Network
from shared.domain.registration.registration import Registration
from shared.domain.rule.standing import Stand, stand
from shared.domain.schools.knowledge import NOTHING, Known
from shared.domain.schools.school import Told, tell_apart


class Wish(NamedTuple):
    """What an organiser fills in with an order."""

    why: str = ""
    until: date | None = None


class Order(NamedTuple):
    """One order in words, and what the table will keep of it; `back` is the page it leads to.

    `save` is everybody whom it changes, as they will be; who is registered by hand is stored as a form's are.
    `otherwise` is the order, with its button, that says the opposite; `carries` what was typed on the way.
    """

    title: str
    button: str
    says: tuple[str, ...]
    back: str
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

    def after(self, order: Order) -> "Scene":
        """Return the scene as an order leaves it."""
        decision = order.decide or order.undo
        if decision and decision.kind in WORDS:
            words = self._said(self.known.words, order)
            return replace(self, known=Known(self.known.register, words, self.now))
        return replace(self.instead(*order.save), decisions=self._said(self.decisions, order))

    def instead(self, *people: Registration) -> "Scene":
        """Return the scene with these people as they will be; where one is there twice, the last is."""
        changed = {r.person: r for r in people}
        others = (r for r in self.everyone if r.person not in changed)
        return replace(self, everyone=(*changed.values(), *others))

    def _said(self, before: Iterable[Decision], order: Order) -> tuple[Decision, ...]:
        undone = order.undo and replace(order.undo, undone_at=self.now)
        said = {d.id: d for d in (*before, undone, order.decide) if d}
        return tuple(said.values())
