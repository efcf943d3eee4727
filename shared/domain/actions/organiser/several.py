"""One decision about several people at once, each judged as they are now."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from shared.domain.actions.organiser.order import Order, OrderContext, OrganiserAction, Wish
from shared.domain.actions.organiser.people import person_order
from shared.domain.registration.registration import Registration, State

PAGE = "decisions"
MOST_PEOPLE = 100  # of one order
_IN_OR_OUT = (OrganiserAction.ADMIT, OrganiserAction.DECLINE)
_REAL_OR_NOT = (OrganiserAction.RELEASE, OrganiserAction.REJECT)
# What can be decided about several people at once, by their state; a question about them is called the same.
ACTIONS: Mapping[str, tuple[OrganiserAction, ...]] = {
    State.LATE: _IN_OR_OUT,
    State.HELD: _IN_OR_OUT,
    State.QUARANTINED: _REAL_OR_NOT,
}
_STATES = {
    **dict.fromkeys(_IN_OR_OUT, (State.LATE, State.HELD)),
    **dict.fromkeys(_REAL_OR_NOT, (State.QUARANTINED,)),
}


class SeveralOrder(NamedTuple):
    """The order about those about whom it is still possible, and the others, as they are now."""

    order: Order | None
    settled: tuple[Registration, ...] = ()


def several_order(
    context: OrderContext, references: Iterable[str], name: str, wish: Wish
) -> SeveralOrder | None:
    """Return the order to decide the same about these people; None if nobody decides that about several.

    About whom somebody else decided meanwhile, nothing is decided again.
    """
    states = _STATES.get(OrganiserAction(name)) if name in list(OrganiserAction) else None
    if states is None:
        return None
    chosen = dict.fromkeys(references)
    people = [r for reference in chosen if (r := context.with_reference(reference))][:MOST_PEOPLE]
    orders = {
        r.reference: person_order(context, r.reference, name, wish) for r in people if r.state in states
    }
    save = tuple(person for order in orders.values() if order for person in order.save)
    settled = tuple(r for r in people if not orders.get(r.reference))
    carries = {"action": name, "people": " ".join(r.reference for r in save)}
    order = Order(OrganiserAction(name), PAGE, save=save, is_typed=True, carries=carries)
    return SeveralOrder(order if save else None, settled)
