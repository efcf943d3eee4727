"""What the orders about a kept post will do, in Dutch."""

from datetime import datetime

from shared.domain.actions.organiser.order import Order, OrderContext
from shared.domain.registration.registration import State
from shared.phrases import dutch


def complete(context: OrderContext, order: Order) -> tuple[str, ...]:
    """Write what registering the people in a post will do."""
    people = order.register or order.save
    names, is_late = dutch.listing([person.name for person in people]), people[0].state is State.LATE
    return (
        f"{names} aanmelden?",
        f"De inzending kwam op {_moment(context, people[0].received_at)}, en geldt vanaf toen.",
        "Dat was na de deadline. Daarna besluiten jullie of dit mee mag doen."
        if is_late
        else f"{people[0].school} heeft er dan {dutch.count(len(people), 'persoon', 'mensen')} bij.",
        "Hieronder staat welke mails er uitgaan. Later afwijzen kan nog.",
    )


def drop(context: OrderContext, order: Order) -> tuple[str, ...]:
    """Write what deleting a post will do."""
    when = f" van {_moment(context, order.post.received_at)}" if order.post else ""
    return (
        f"De inzending{when} weggooien?",
        "We wissen dan alles wat erin staat, en niemand krijgt een mail.",
        "Dit is niet terug te nemen.",
    )


def _moment(context: OrderContext, at: datetime) -> str:
    local = context.network.local(at)
    return f"{dutch.day(local)}, {dutch.clock(local)} uur"
