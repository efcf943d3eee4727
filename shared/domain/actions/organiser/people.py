"""What an organiser can decide about one person."""

from dataclasses import replace
from datetime import datetime, timedelta

from shared.domain.actions.organiser.addresses import correction_order
from shared.domain.actions.organiser.order import Order, OrderContext, OrganiserAction, Wish
from shared.domain.registration.history import is_full
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Change, Registration, State
from shared.domain.rule.reopened import late_but_in_time

LATE_IN = "late/in"  # the path of `late_order`
_AN_HOUR = timedelta(hours=1)
_MAILED = (OrganiserAction.RESEND, OrganiserAction.CORRECT_ADDRESS)
_ACTIONS = {
    State.REGISTERED: (
        OrganiserAction.ADMIT,
        OrganiserAction.HOLD,
        OrganiserAction.DECLINE,
        *_MAILED,
    ),
    State.ADMITTED: (OrganiserAction.HOLD, OrganiserAction.DECLINE, *_MAILED),
    State.HELD: (OrganiserAction.ADMIT, OrganiserAction.DECLINE, *_MAILED),
    State.DECLINED: (OrganiserAction.ADMIT, *_MAILED),
    State.LATE: (OrganiserAction.ADMIT, OrganiserAction.DECLINE, *_MAILED),
    State.UNCONFIRMED: (OrganiserAction.ADMIT, OrganiserAction.DECLINE, *_MAILED),
    State.QUARANTINED: (OrganiserAction.RELEASE, OrganiserAction.REJECT),
}
_BECOMES = {
    OrganiserAction.ADMIT: State.ADMITTED,
    OrganiserAction.HOLD: State.HELD,
    OrganiserAction.DECLINE: State.DECLINED,
    OrganiserAction.REJECT: State.CANCELLED,
}
# The same states follow from other acts too.
_REASONS = {
    OrganiserAction.RELEASE: ReasonCode.RELEASED,
    OrganiserAction.REJECT: ReasonCode.REJECTED,
    OrganiserAction.RESTORE: ReasonCode.RESTORED,
}


def possible_actions(person: Registration, now: datetime) -> tuple[OrganiserAction, ...]:
    """Return what an organiser can decide about a person now.

    People who cancelled can only return by themselves, and a full history takes no more changes.
    """
    if person.is_erased or not person.email or is_full(person):
        return ()
    if person.state is State.CANCELLED:
        cancelled_themselves = not person.history or person.history[-1].by == "person"
        return () if cancelled_themselves else (OrganiserAction.RESTORE,)
    lately = person.resent_at is not None and now - person.resent_at < _AN_HOUR
    return tuple(a for a in _ACTIONS[person.state] if a is not OrganiserAction.RESEND or not lately)


def person_order(context: OrderContext, reference: str, name: str, wish: Wish) -> Order | None:
    """Return the order to do something with a person; None if it is not possible now.

    Raises `InvalidError` for an address that cannot be theirs.
    """
    person = context.with_reference(reference)
    if person is None or name not in possible_actions(person, context.now):
        return None
    action = OrganiserAction(name)
    if action is OrganiserAction.CORRECT_ADDRESS:
        return correction_order(context, person, wish)
    resends = action is OrganiserAction.RESEND
    after = _resent(context, person, wish) if resends else _become(context, person, action, wish)
    return Order(action, f"school/{reference}", save=(after,))


def late_order(context: OrderContext, answer: str, wish: Wish) -> Order | None:
    """Return the order to take in everybody who was late for an earlier deadline, but not for this one."""
    people = late_but_in_time(context.network, context.registrations)
    if answer != "in" or not people:
        return None
    save = tuple(r.become(State.REGISTERED, context.now, context.by, wish.why) for r in people)
    return Order(OrganiserAction.TAKE_IN, back="", save=save)


def _become(context: OrderContext, person: Registration, action: OrganiserAction, wish: Wish) -> Registration:
    is_late = context.network.is_closed(person.received_at)
    state = _BECOMES.get(action, State.LATE if is_late else State.REGISTERED)
    code = _REASONS.get(action)
    return person.become(state, context.now, context.by, wish.why, Reason(code) if code else None)


def _resent(context: OrderContext, person: Registration, wish: Wish) -> Registration:
    change = Change(context.now, person.state, context.by, wish.why, Reason(ReasonCode.MAILED_AGAIN))
    return replace(person, resent_at=context.now, history=(*person.history, change))
