"""What an organiser can decide about one person."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from shared.domain.actions.organiser.order import Order, OrderContext, Wish
from shared.domain.registration.history import is_full
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Change, Registration, State


class OrganiserAction(NamedTuple):
    """A decision about a person: its button, its question, and what it comes to."""

    label: str
    title: str
    says: str
    later: str


ORGANISER_ACTIONS = {
    "admit": OrganiserAction(
        "Laat meedoen",
        "{} laten meedoen?",
        "{} doet mee.",
        "Je kunt deze persoon later nog aanhouden of afwijzen.",
    ),
    "hold": OrganiserAction(
        "Houd aan",
        "{} aanhouden?",
        "De plaats van {} is dan niet zeker.",
        "Je beslist later: laten meedoen of afwijzen.",
    ),
    "decline": OrganiserAction(
        "Wijs af",
        "{} afwijzen?",
        "{} kan niet meedoen.",
        "Je kunt deze persoon later toch nog laten meedoen.",
    ),
    "release": OrganiserAction(
        "Dit is echt",
        "Is de aanmelding van {} echt?",
        "De aanmelding van {} telt dan gewoon.",
        "Je kunt deze persoon later nog afwijzen.",
    ),
    "reject": OrganiserAction(
        "Dit is spam",
        "Is de aanmelding van {} spam?",
        "De aanmelding van {} gaat van de lijst.",
        "Je kunt de aanmelding binnen een dag terugzetten. Daarna is de naam gewist.",
    ),
    "restore": OrganiserAction(
        "Zet terug",
        "{} terugzetten?",
        "{} staat dan weer op de lijst.",
        "Je kunt deze persoon later nog afwijzen.",
    ),
    "resend": OrganiserAction(
        "Mail opnieuw",
        "{} opnieuw mailen?",
        "{} krijgt de laatste mail nog een keer, met hoe het er nu voor staat.",
        "Dit kan hoogstens één keer per uur, en is niet terug te nemen.",
    ),
}
_AN_HOUR = timedelta(hours=1)
_POSSIBLE = {
    State.REGISTERED: ("admit", "hold", "decline", "resend"),
    State.ADMITTED: ("hold", "decline", "resend"),
    State.HELD: ("admit", "decline", "resend"),
    State.DECLINED: ("admit", "resend"),
    State.LATE: ("admit", "decline", "resend"),
    State.QUARANTINED: ("release", "reject"),
}
_BECOMES = {
    "admit": State.ADMITTED,
    "hold": State.HELD,
    "decline": State.DECLINED,
    "reject": State.CANCELLED,
}


def possible(person: Registration, now: datetime) -> tuple[str, ...]:
    """Return what an organiser can decide about somebody; who left by themselves comes back by themselves."""
    if person.is_erased or not person.email or is_full(person):
        return ()
    if person.state is State.CANCELLED:
        gone = not person.history or person.history[-1].by == "person"
        return () if gone else ("restore",)
    lately = person.resent_at is not None and now - person.resent_at < _AN_HOUR
    return tuple(name for name in _POSSIBLE[person.state] if name != "resend" or not lately)


def about_person(scene: OrderContext, reference: str, name: str, wish: Wish) -> Order | None:
    """Return the order to do something with somebody; None where that is not possible now."""
    person = scene.who(reference)
    if person is None or name not in possible(person, scene.now):
        return None
    act, who = ORGANISER_ACTIONS[name], person.name
    after = _resent(scene, person, wish) if name == "resend" else _become(scene, person, name, wish)
    return Order(
        title=act.title.format(who),
        button=act.label,
        says=(act.says.format(who), act.later),
        back=f"school/{reference}",
        save=(after,),
    )


def _become(scene: OrderContext, person: Registration, name: str, wish: Wish) -> Registration:
    late = scene.network.is_closed(person.received_at)
    state = _BECOMES.get(name, State.LATE if late else State.REGISTERED)
    return person.become(state, scene.now, scene.by, wish.why)


def _resent(scene: OrderContext, person: Registration, wish: Wish) -> Registration:
    change = Change(scene.now, person.state, scene.by, wish.why, Reason(ReasonCode.MAILED_AGAIN))
    return replace(person, resent_at=scene.now, history=(*person.history, change))
