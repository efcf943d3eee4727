"""What organisers can order: one answer for the page that shows it and the post that carries it out."""

from collections.abc import Callable, Mapping

from shared.domain.actions.organiser.order import Order, OrderContext, Wish
from shared.domain.actions.organiser.people import about_person
from shared.domain.actions.organiser.rule import about_closing, about_school
from shared.domain.actions.organiser.typings import about_typing, about_word

# Every kind of order, by the first part of its path, with how many parts follow.
_KINDS: Mapping[tuple[str, int], Callable[..., Order | None]] = {
    ("person", 2): about_person,
    ("school", 2): about_school,
    ("typing", 3): about_typing,
    ("closing", 1): about_closing,
    ("word", 2): about_word,
}


def is_order(path: str) -> bool:
    """Say whether a path is that of an order, possible or not."""
    kind, *rest = path.split("/")
    return (kind, len(rest)) in _KINDS


def order(scene: OrderContext, path: str, wish: Wish) -> Order | None:
    """Return the order of a path; None where that is not possible now."""
    kind, *rest = path.split("/")
    return _KINDS[kind, len(rest)](scene, *rest, wish)
