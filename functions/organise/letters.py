"""Which mails a change will cause, told before it is made; the mail function makes them."""

from functions.organise.order import Letter, Scene
from shared.domain.registration import COUNTED, Registration, State

_OWN = {
    State.REGISTERED: "bevestiging van de aanmelding",
    State.LATE: "je aanmelding kwam na de deadline",
    State.ADMITTED: "je doet mee, met de data als agendabestand",
    State.HELD: "je plaats is nog niet zeker",
    State.DECLINED: "je kunt niet meedoen",
    State.CANCELLED: "je bent afgemeld",
}


def letters(scene: Scene, before: Registration, after: Registration) -> tuple[Letter, ...]:
    """Return the mails to somebody who changes, and to the colleagues for whom that changes something."""
    is_spam = before.state is State.QUARANTINED and after.state is State.CANCELLED
    own = () if is_spam else (Letter(_OWN[after.state], after),)
    return (*own, *_colleagues(scene, before, after))


def _colleagues(scene: Scene, before: Registration, after: Registration) -> tuple[Letter, ...]:
    comes = after.state is State.REGISTERED
    leaves = before.state in COUNTED and after.state not in COUNTED
    minimum = scene.network.rule.min_per_school
    was = scene.school(before).missing(minimum)
    school = scene.instead(after).school(after)
    if not (comes or leaves) or bool(was) == bool(school.missing(minimum)):
        return ()
    what = "je school is niet meer compleet" if leaves else "je school is compleet"
    return tuple(Letter(what, r) for r in school.counted if r.person != after.person)
