"""What an organiser can do about the rule: except a school from it, remind one, hold the deadline."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from shared.domain.actions.organiser.order import Order, OrderContext, OrganiserAction, Wish
from shared.domain.decision import Decision, Kind, in_force
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Change, Registration
from shared.domain.rule.closing import is_closing_done
from shared.domain.rule.plan import is_decided_anew, next_decisions
from shared.domain.rule.reminder import needs_reminder, reminded
from shared.domain.rule.standing import Standing
from shared.domain.schools.school import School


def possible_school_actions(context: OrderContext, person: Registration) -> tuple[OrganiserAction, ...]:
    """Return what an organiser can do now about a person's school."""
    standing = context.standing_of_school(person)
    if standing.standing is Standing.WAIVED:
        return (OrganiserAction.UNWAIVE,)
    if standing.standing in (Standing.COMPLETE, Standing.EMPTY):
        return ()
    can_remind = _people_to_remind(context, standing.school.counted)
    return (OrganiserAction.REMIND, OrganiserAction.WAIVE) if can_remind else (OrganiserAction.WAIVE,)


def decided_next(context: OrderContext) -> tuple[Registration, ...]:
    """Return the people about whom all is settled and whom the next check carries out, as they will be."""
    decided = next_decisions(context.network, context.grouping.schools, context.decisions, context.now)
    return tuple(filter(is_decided_anew, decided))


def is_closing_held(context: OrderContext) -> bool:
    """Say whether an organiser holds what the deadline decides."""
    return "" in in_force(context.decisions, Kind.HOLD_CLOSING, context.now)


def waivers_of(context: OrderContext, school: School) -> tuple[Decision, ...]:
    """Return every exception that organisers made for a school, also those that ended, the earliest first."""
    people = {r.reference for r in school.registrations}
    waivers = (d for d in context.decisions if d.kind is Kind.WAIVE and d.about in people)
    return tuple(sorted(waivers, key=lambda d: d.at))


def school_order(context: OrderContext, reference: str, name: str, wish: Wish) -> Order | None:
    """Return the order to do something with a person's school; None if it is not possible now."""
    person = context.with_reference(reference)
    if person is None or name not in possible_school_actions(context, person):
        return None
    return _MAKERS[OrganiserAction(name)](context, person, wish)


def closing_order(context: OrderContext, name: str, wish: Wish) -> Order | None:
    """Return the order to hold or release what the deadline decides; None if it is not possible now."""
    hold = in_force(context.decisions, Kind.HOLD_CLOSING, context.now).get("")
    schools = context.grouping.schools
    if name == "hold" and not hold and not is_closing_done(context.network, schools, context.now):
        decision = _decision(context, Kind.HOLD_CLOSING, "", wish)
        return Order(OrganiserAction.HOLD_CLOSING, back="", decide=decision)
    if name == "release" and hold:
        return Order(OrganiserAction.RELEASE_CLOSING, back="", undo=hold, asks_why=False)
    return None


def _waive(context: OrderContext, person: Registration, wish: Wish) -> Order:
    return Order(
        OrganiserAction.WAIVE,
        back=f"school/{person.reference}",
        school_name=context.standing_of_school(person).school.name,
        decide=_decision(context, Kind.WAIVE, person.reference, wish),
        needs_why=True,
        asks_until=True,
    )


def _unwaive(context: OrderContext, person: Registration, _wish: Wish) -> Order | None:
    waivers = in_force(context.decisions, Kind.WAIVE, context.now)
    school = context.standing_of_school(person).school
    waiver = next((waivers[r.reference] for r in school.registrations if r.reference in waivers), None)
    if waiver is None:
        return None
    back = f"school/{person.reference}"
    return Order(OrganiserAction.UNWAIVE, back, school_name=school.name, undo=waiver, asks_why=False)


def _remind(context: OrderContext, person: Registration, _wish: Wish) -> Order:
    school = context.standing_of_school(person).school
    people = _people_to_remind(context, school.counted)
    left = context.network.days_left(context.now)
    return Order(
        OrganiserAction.REMIND,
        back=f"school/{person.reference}",
        school_name=school.name,
        save=tuple(_reminded(r, left, context) for r in people),
        asks_why=False,
    )


def _reminded(person: Registration, left: int, context: OrderContext) -> Registration:
    note = Change(context.now, person.state, context.by, reason=Reason(ReasonCode.REMINDED))
    person = reminded(context.network, person, left, context.now)
    return replace(person, history=(*person.history, note))


def _people_to_remind(context: OrderContext, people: Sequence[Registration]) -> tuple[Registration, ...]:
    """Return the people who can be reminded now: at most once a day, and not after the deadline."""
    if context.network.is_closed(context.now):
        return ()
    left = context.network.days_left(context.now)
    return tuple(r for r in people if needs_reminder(context.network, r, left))


def _decision(context: OrderContext, kind: Kind, about: str, wish: Wish) -> Decision:
    day = wish.until and wish.until + timedelta(days=1)
    ends = datetime.combine(day, time(), context.network.zone) if day else None
    name = f"{kind}-{context.now:%Y%m%dT%H%M%S%f}"
    return Decision(context.network.id, name, kind, about, context.by, wish.why, context.now, ends)


_MAKERS = {
    OrganiserAction.WAIVE: _waive,
    OrganiserAction.UNWAIVE: _unwaive,
    OrganiserAction.REMIND: _remind,
}
