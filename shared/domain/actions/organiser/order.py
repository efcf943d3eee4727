"""What an organiser is about to do: shown first, with what comes of it, and carried out only after that."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from shared.domain.decision import SCHOOL_RULINGS, Decision
from shared.domain.network.network import Network
from shared.domain.registration.registration import Registration
from shared.domain.rule.standing import SchoolStanding, standing_of
from shared.domain.schools.knowledge import NOTHING, SchoolKnowledge
from shared.domain.schools.school import SchoolGrouping, group_by_school


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
class OrderContext:
    """What an order is given in: a network as it stands, when, and by which organiser (their address)."""

    network: Network
    everyone: tuple[Registration, ...]
    decisions: tuple[Decision, ...]
    now: datetime
    by: str
    known: SchoolKnowledge = NOTHING

    @cached_property
    def grouping(self) -> SchoolGrouping:
        """The schools, and the doubts about them."""
        return group_by_school(self.everyone, self.known)

    @cached_property
    def standings(self) -> tuple[SchoolStanding, ...]:
        """Where every school stands."""
        return tuple(standing_of(self.network, s, self.decisions, self.now) for s in self.grouping.schools)

    def who(self, reference: str) -> Registration | None:
        """Return whose reference this is."""
        return next((r for r in self.everyone if r.reference == reference), None)

    def stand(self, person: Registration) -> SchoolStanding:
        """Return where the school that counts somebody stands."""
        return next(
            s
            for s in self.standings
            if any(r.person_key == person.person_key for r in s.school.registrations)
        )

    def after(self, order: Order) -> "OrderContext":
        """Return the scene as an order leaves it."""
        decision = order.decide or order.undo
        if decision and decision.kind in SCHOOL_RULINGS:
            words = self._said(self.known.rulings, order)
            return replace(self, known=SchoolKnowledge(self.known.register, words, self.now))
        return replace(self.with_registrations(*order.save), decisions=self._said(self.decisions, order))

    def with_registrations(self, *people: Registration) -> "OrderContext":
        """Return the scene with these people as they will be; where one is there twice, the last is."""
        changed = {r.person_key: r for r in people}
        others = (r for r in self.everyone if r.person_key not in changed)
        return replace(self, everyone=(*changed.values(), *others))

    def _said(self, before: Iterable[Decision], order: Order) -> tuple[Decision, ...]:
        undone = order.undo and replace(order.undo, undone_at=self.now)
        said = {d.id: d for d in (*before, undone, order.decide) if d}
        return tuple(said.values())
