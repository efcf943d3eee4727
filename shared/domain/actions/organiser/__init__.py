"""What organisers can order: one answer for the page that shows an order and the post that carries it out."""

from collections.abc import Callable, Mapping

from shared.domain.actions.organiser.order import Order, OrderContext, Wish
from shared.domain.actions.organiser.people import late_order, person_order
from shared.domain.actions.organiser.rule import closing_order, school_order
from shared.domain.actions.organiser.sites import address_order, site_order
from shared.domain.actions.organiser.typings import typing_order, undo_ruling_order

# What makes the orders of each kind of path: by its first part, and how many parts follow.
_MAKERS: Mapping[tuple[str, int], Callable[..., Order | None]] = {
    ("person", 2): person_order,
    ("school", 2): school_order,
    ("typing", 3): typing_order,
    ("closing", 1): closing_order,
    ("word", 2): undo_ruling_order,
    ("site", 3): site_order,
    ("address", 1): address_order,
    ("late", 1): late_order,
}


def is_order_path(path: str) -> bool:
    """Say whether a path is that of an order, possible or not."""
    kind, *rest = path.split("/")
    return (kind, len(rest)) in _MAKERS


def order_of_path(context: OrderContext, path: str, wish: Wish) -> Order | None:
    """Return the order of a path; None if it is not possible now."""
    kind, *rest = path.split("/")
    return _MAKERS[kind, len(rest)](context, *rest, wish)
