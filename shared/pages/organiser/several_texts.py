"""What an order about several people is called and will do, in Dutch."""

from collections.abc import Mapping, Sequence

from shared.domain.actions.organiser.order import Order, OrganiserAction
from shared.domain.registration.registration import Registration
from shared.phrases import dutch

_NAMED = 40  # people whom the page names
# The title, what it does, and what can be done later; {} is the number of people.
_TEXTS: Mapping[OrganiserAction, tuple[str, str, str]] = {
    OrganiserAction.ADMIT: (
        "{} mensen laten meedoen?",
        "Zij doen meteen mee. Dit geldt alleen voor deze mensen, en niet voor de rest van hun school.",
        "Je kunt ieder van hen later nog laten wachten of afwijzen.",
    ),
    OrganiserAction.DECLINE: (
        "{} mensen afwijzen?",
        "Zij kunnen niet meedoen.",
        "Je kunt ieder van hen later toch nog laten meedoen.",
    ),
    OrganiserAction.RELEASE: (
        "Zijn deze {} aanmeldingen echt?",
        "Deze aanmeldingen gelden dan als gewone aanmeldingen.",
        "Je kunt ieder van hen later nog afwijzen.",
    ),
    OrganiserAction.REJECT: (
        "Zijn deze {} aanmeldingen spam?",
        "Deze aanmeldingen gaan van de lijst.",
        "Je kunt elke aanmelding eerst nog terugzetten. Daarna wissen we de naam.",
    ),
}


def about_several(order: Order) -> tuple[str, ...]:
    """Write the title and sentences of an order about several people."""
    title, does, later = _TEXTS[order.action]
    return title.format(len(order.save)), does, f"Het gaat om {listed(order.save)}.", later


def listed(people: Sequence[Registration]) -> str:
    """Write people with their schools: "Jan Bos (Bergcollege) en Anna Vos (Dalcollege)"."""
    more = [f"nog {len(people) - _NAMED}"] if len(people) > _NAMED else []
    return dutch.listing([*(f"{r.name} ({r.school})" for r in people[:_NAMED]), *more])
