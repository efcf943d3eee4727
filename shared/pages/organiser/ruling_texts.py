"""What an order about how schools are typed will do, and what a ruling says, in Dutch."""

from shared.domain.actions.organiser.order import Order, OrderContext
from shared.domain.actions.organiser.typings import typed_text, typing_key
from shared.domain.decision import Decision, Kind

_EVERYWHERE = (
    "Dit geldt voor iedereen die het zo typt, ook in een ander netwerk. Je kunt het later terugnemen."
)


def ruling_text(context: OrderContext, ruling: Decision) -> str:
    """Write what a ruling says: "“Bergcollege” en “Berg, Utrecht” zijn één school"."""
    texts = {typing_key(r): typed_text(r) for r in reversed(context.registrations)}
    about, value = (f"“{texts.get(key, key.replace('|', ', '))}”" for key in (ruling.about, ruling.value))
    if ruling.kind is Kind.IS:
        register = context.knowledge.register
        row = register and register.by_code.get(ruling.value)
        return f"{about} is {row.title_in_place if row else ruling.value}"
    return f"{about} en {value} zijn {'één school' if ruling.kind is Kind.SAME else 'twee scholen'}"


def same(context: OrderContext, order: Order) -> tuple[str, ...]:
    """Ask whether two typings are one school."""
    return "Is dit één school?", *_rule(context, order)


def different(context: OrderContext, order: Order) -> tuple[str, ...]:
    """Ask whether two typings are two schools."""
    return "Zijn dit twee scholen?", *_rule(context, order)


def in_register(context: OrderContext, order: Order) -> tuple[str, ...]:
    """Ask whether a typing is a school of the register."""
    return f"Is dit {order.school_name}?", *_rule(context, order)


def _rule(context: OrderContext, order: Order) -> tuple[str, str]:
    return f"Je zegt: {_text_of(context, order)}.", _EVERYWHERE


def undo(context: OrderContext, order: Order) -> tuple[str, ...]:
    """Ask whether a ruling should hold no longer."""
    return "Dit terugnemen?", f"{_text_of(context, order)}: dat geldt dan niet meer."


def _text_of(context: OrderContext, order: Order) -> str:
    ruling = order.decide or order.undo
    return ruling_text(context, ruling) if ruling else ""
