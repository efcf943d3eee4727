"""What the orders about groups of people are called and will do, in Dutch."""

from collections.abc import Iterator, Sequence

from shared.domain.actions.organiser.order import Order, OrderContext
from shared.domain.actions.organiser.typings import typed_text
from shared.domain.registration.registration import Registration, State
from shared.phrases import dutch

_NAMED = 8  # people of a group whom the page names


def our_site(_context: OrderContext, order: Order) -> tuple[str, ...]:
    """Write the title and sentences of the order to say that a site is ours."""
    return (
        f"Is {order.site} jullie website?",
        *_registered(order.save),
        "Wie zich daar later aanmeldt, is meteen aangemeld.",
        "Vraag je beheerder om de website toe te voegen.",
        "Je kunt dit later terugnemen. Wie dan al is aangemeld, blijft aangemeld.",
    )


def other_site(_context: OrderContext, order: Order) -> tuple[str, ...]:
    """Write those of the order to say that a site is not ours."""
    return (
        f"Is {order.site} niet jullie website?",
        "Wie zich daar aanmeldt, leggen we apart, nu en later. Zij tellen niet mee en krijgen geen mail.",
        "Wie al is aangemeld, blijft aangemeld. Je kunt dit later terugnemen, op het overzicht.",
    )


def one_address(_context: OrderContext, order: Order) -> tuple[str, ...]:
    """Write those of the order to register everybody who came from one address."""
    return (
        "Kwamen deze aanmeldingen van jullie website?",
        *_registered(order.save),
        "We bewaren geen adressen. Dus kijk eerst of je deze mensen en scholen herkent.",
        "Gaat dit vaker zo? Vraag je beheerder om jullie website het geheim van het formulier te geven.",
        "Je kunt deze mensen later nog afwijzen.",
    )


def take_in(_context: OrderContext, order: Order) -> tuple[str, ...]:
    """Write those of the order to take in everybody who was late for an earlier deadline."""
    return (
        "Wie te laat was opnemen?",
        *_registered(order.save),
        "Ze waren te laat voor de oude deadline. Voor de nieuwe deadline zijn ze op tijd.",
        "Je kunt deze mensen later nog afwijzen.",
    )


def _registered(people: Sequence[Registration]) -> Iterator[str]:
    """Write what becomes of people who were put aside together, with the first of them by name."""
    late = sum(r.state is State.LATE for r in people)
    if len(people) > late:
        many = dutch.count(len(people) - late, "aanmelding telt", "aanmeldingen tellen")
        yield f"{many} dan gewoon mee, vanaf het moment van insturen."
    if late:
        came = dutch.count(late, "aanmelding kwam", "aanmeldingen kwamen")
        yield f"{came} na de deadline. Daarover beslis je apart."
    if people:
        more = [f"nog {len(people) - _NAMED}"] if len(people) > _NAMED else []
        names = [f"{r.name} ({typed_text(r)})" for r in people[:_NAMED]]
        yield f"Het gaat om {dutch.listing([*names, *more])}."
