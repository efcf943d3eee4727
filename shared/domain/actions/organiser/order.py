"""An organiser's order: shown first with what it leads to, and carried out only after that."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from shared.domain.decision import SCHOOL_RULINGS, Decision
from shared.domain.form.kept_post import KeptPost
from shared.domain.network.network import Network
from shared.domain.registration.registration import Registration
from shared.domain.rule.standing import SchoolStanding
from shared.domain.rule.waiting_list import standings_of
from shared.domain.schools.knowledge import NOTHING, SchoolKnowledge
from shared.domain.schools.school import SchoolGrouping, group_by_school, with_changed


class OrganiserAction(StrEnum):
    """Everything that an organiser can order; the pages word each of them."""

    # about a person
    ADMIT = "admit"
    HOLD = "hold"
    DECLINE = "decline"
    RELEASE = "release"  # from quarantine
    REJECT = "reject"  # as spam
    RESTORE = "restore"
    RESEND = "resend"
    CORRECT_ADDRESS = "correct_address"
    REGISTER = "register"  # by hand
    # about a kept post
    COMPLETE = "complete"
    DROP = "drop"
    # about a school
    WAIVE = "waive"
    UNWAIVE = "unwaive"
    REMIND = "remind"
    # about what the deadline decides
    HOLD_CLOSING = "hold_closing"
    RELEASE_CLOSING = "release_closing"
    TAKE_IN = "take_in"  # who was late for an earlier deadline
    # about how a school is typed
    SAME = "same"
    DIFFERENT = "different"
    IS = "is"
    UNDO_RULING = "undo_ruling"
    # about where people came from
    OUR_SITE = "our_site"
    OTHER_SITE = "other_site"
    ONE_ADDRESS = "one_address"


class Wish(NamedTuple):
    """What an organiser fills in with an order."""

    why: str = ""
    until: date | None = None
    email: str = ""


class Order(NamedTuple):
    """One order: what it asks of the organiser, and what the table will store of it.

    `back` is the page that it leads to; `school_name` is what an order about a school calls it,
    and `site` is the site that an order is about.
    `save` is everybody whom it changes, as they will be; `register` holds the people to register by hand
    or from `post`, a kept one; they are stored like people who used the form. `opposite` is the action and
    path of the opposite order; `carries` is what was typed so far.
    """

    action: OrganiserAction
    back: str
    school_name: str = ""
    site: str = ""
    save: tuple[Registration, ...] = ()
    register: tuple[Registration, ...] = ()
    post: KeptPost | None = None
    decide: Decision | None = None
    undo: Decision | None = None
    asks_why: bool = True
    needs_why: bool = False
    asks_until: bool = False
    asks_email: bool = False  # nothing happens before it is filled in
    is_typed: bool = False  # shown once more, with what it leads to now that something was typed
    opposite: tuple[OrganiserAction, str] | None = None
    carries: Mapping[str, str] = {}


@dataclass(frozen=True)
class OrderContext:
    """The facts that an order is judged by; `by` is the address of the organiser who gives it."""

    network: Network
    registrations: tuple[Registration, ...]
    decisions: tuple[Decision, ...]
    now: datetime
    by: str
    knowledge: SchoolKnowledge = NOTHING
    regrouped: SchoolGrouping | None = field(default=None, compare=False)  # if that is known

    @cached_property
    def grouping(self) -> SchoolGrouping:
        """The schools, and the doubts about them."""
        return self.regrouped or group_by_school(self.registrations, self.knowledge)

    @cached_property
    def standings(self) -> tuple[SchoolStanding, ...]:
        """The standing of every school."""
        return standings_of(self.network, self.grouping.schools, self.decisions, self.now)

    def with_reference(self, reference: str) -> Registration | None:
        """Return the registration with a reference."""
        return next((r for r in self.registrations if r.reference == reference), None)

    def standing_of_school(self, person: Registration) -> SchoolStanding:
        """Return the standing of the school that a person is registered for."""
        return next(
            s
            for s in self.standings
            if any(r.person_key == person.person_key for r in s.school.registrations)
        )

    def after(self, order: Order) -> "OrderContext":
        """Return the context as an order leaves it."""
        decision = order.decide or order.undo
        if decision and decision.kind in SCHOOL_RULINGS:
            rulings = self._add_decisions(self.knowledge.rulings, order)
            return self.with_knowledge(SchoolKnowledge(self.knowledge.register, rulings, self.now))
        decisions = self._add_decisions(self.decisions, order)
        return replace(self.with_registrations(*order.save), decisions=decisions)

    def with_registrations(self, *people: Registration) -> "OrderContext":
        """Return the context with these people as they will be; of a person who is given twice, the last."""
        changed = {r.person_key: r for r in people}
        others = (r for r in self.registrations if r.person_key not in changed)
        regrouped = with_changed(self.grouping, changed)
        return replace(self, registrations=(*changed.values(), *others), regrouped=regrouped)

    def with_knowledge(self, knowledge: SchoolKnowledge) -> "OrderContext":
        """Return the context with other knowledge of schools."""
        grouping = self.grouping if knowledge is self.knowledge else None
        return replace(self, knowledge=knowledge, regrouped=grouping)

    def _add_decisions(self, before: Iterable[Decision], order: Order) -> tuple[Decision, ...]:
        undone = order.undo and replace(order.undo, undone_at=self.now)
        return tuple({d.id: d for d in (*before, undone, order.decide) if d}.values())
