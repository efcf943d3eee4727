"""What an organiser can decide about one person."""

from typing import NamedTuple

from functions.organise.letters import letters
from functions.organise.order import Order, Scene, Wish
from shared.domain.registration import Registration, State


class Act(NamedTuple):
    """A decision about a person: its button, its question, and what it comes to."""

    label: str
    title: str
    says: str
    later: str


ACTS = {
    "admit": Act(
        "Laat meedoen",
        "{} laten meedoen?",
        "{} doet mee.",
        "Je kunt deze persoon later nog aanhouden of afwijzen.",
    ),
    "hold": Act(
        "Houd aan",
        "{} aanhouden?",
        "De plaats van {} is dan niet zeker.",
        "Je beslist later: laten meedoen of afwijzen.",
    ),
    "decline": Act(
        "Wijs af",
        "{} afwijzen?",
        "{} kan niet meedoen.",
        "Je kunt deze persoon later toch nog laten meedoen.",
    ),
    "release": Act(
        "Dit is echt",
        "Is de aanmelding van {} echt?",
        "De aanmelding van {} telt dan gewoon.",
        "Je kunt deze persoon later nog afwijzen.",
    ),
    "reject": Act(
        "Dit is spam",
        "Is de aanmelding van {} spam?",
        "De aanmelding van {} gaat van de lijst.",
        "Je kunt de aanmelding later terugzetten.",
    ),
    "restore": Act(
        "Zet terug",
        "{} terugzetten?",
        "{} staat dan weer op de lijst.",
        "Je kunt deze persoon later nog afwijzen.",
    ),
}
_POSSIBLE = {
    State.REGISTERED: ("admit", "hold", "decline"),
    State.ADMITTED: ("hold", "decline"),
    State.HELD: ("admit", "decline"),
    State.DECLINED: ("admit",),
    State.LATE: ("admit", "decline"),
    State.QUARANTINED: ("release", "reject"),
}
_BECOMES = {
    "admit": State.ADMITTED,
    "hold": State.HELD,
    "decline": State.DECLINED,
    "reject": State.CANCELLED,
}


def possible(person: Registration) -> tuple[str, ...]:
    """Return what an organiser can decide about somebody; who left by themselves comes back by themselves."""
    if person.state is State.CANCELLED:
        gone = person.is_erased or not person.history or person.history[-1].by == "person"
        return () if gone else ("restore",)
    return _POSSIBLE[person.state]


def about_person(scene: Scene, person: Registration, name: str, wish: Wish) -> Order | None:
    """Return the order to do something with somebody; None where that is not possible now."""
    if name not in possible(person):
        return None
    act, who = ACTS[name], person.name
    late = person.received_at >= scene.network.closes_at
    state = _BECOMES.get(name, State.LATE if late else State.REGISTERED)
    after = person.become(state, scene.now, scene.by, wish.why)
    return Order(
        title=act.title.format(who),
        button=act.label,
        says=(act.says.format(who), act.later),
        back=f"school/{person.reference}",
        letters=letters(scene, person, after),
        save=(after,),
    )
