"""Until when an order can be changed, taken back, or taken back before it mails anybody, in Dutch."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from shared.domain.actions.organiser.order import Order, OrderContext, OrganiserAction
from shared.domain.rule.plan import next_check
from shared.phrases import dutch

if TYPE_CHECKING:
    from shared.mails.order_preview import OrderPreview

_FINAL = frozenset(
    {OrganiserAction.RESEND, OrganiserAction.REMIND, OrganiserAction.DROP, OrganiserAction.HOLD_CLOSING}
)


def undo_text(context: OrderContext, order: Order, preview: "OrderPreview") -> str:
    """Write until when an order can be changed; empty where its own text says so."""
    if order.action in _FINAL:
        return ""
    if order.action is OrganiserAction.REJECT:
        return f"Terugzetten kan tot {_moment(context, _erased_at(context))}."
    decided_at = next_check(max(context.now, context.network.closes_at))
    if order.action is OrganiserAction.RELEASE_CLOSING:
        return f"Opnieuw vasthouden kan tot {_moment(context, decided_at)}."
    if order.action is OrganiserAction.WAIVE and not preview.mails_now:
        return f"Trek je dit in voor {_moment(context, decided_at)}? Dan krijgt niemand er een mail over."
    last = context.network.local(context.network.forgotten_at) - timedelta(days=1)
    return f"Je kunt dit veranderen tot en met {dutch.full_day(last)}. Daarna wissen we de gegevens."


def _erased_at(context: OrderContext) -> datetime:
    """Return when the first check may erase who is rejected now: a report of the day before names them."""
    first = next_check(context.now)
    return first if context.network.is_over(first) else first + timedelta(days=1)


def _moment(context: OrderContext, at: datetime) -> str:
    return dutch.moment(context.network.local(at))
