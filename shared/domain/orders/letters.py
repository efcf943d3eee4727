"""What an order leads to, told before it is done: which mails, to whom, and how schools then stand."""

from collections.abc import Iterator

from shared.domain.closing import decided
from shared.domain.decision import Kind, in_force
from shared.domain.orders.order import Letter, Outcome, Scene
from shared.domain.registration import Registration, State
from shared.domain.standing import Stand

OWN = {
    State.REGISTERED: "bevestiging van de aanmelding",
    State.LATE: "je aanmelding kwam na de deadline",
    State.ADMITTED: "je doet mee, met de data als agendabestand",
    State.HELD: "je plaats is nog niet zeker",
    State.DECLINED: "je kunt niet meedoen",
    State.CANCELLED: "je bent afgemeld",
}


def of_person(scene: Scene, before: Registration | None, after: Registration) -> Outcome:
    """Return what comes of somebody who changes, or comes: for them, and for their colleagues."""
    is_spam = bool(before and before.state is State.QUARANTINED and after.state is State.CANCELLED)
    own = () if is_spam else (Letter(OWN[after.state], after),)
    return outcome(scene, scene.instead(after), own)


def outcome(scene: Scene, then: Scene, own: tuple[Letter, ...] = ()) -> Outcome:
    """Return what comes of a scene that becomes another, besides the mail to who changes themselves."""
    old, new = scene.stands, then.stands
    was, becomes = set(map(_look, old)), set(map(_look, new))
    due = {letter.to.person: letter.what for letter in _due(scene)}
    return Outcome(
        (*own, *_told(scene, then, {letter.to.person for letter in own})),
        tuple(letter for letter in _due(then) if due.get(letter.to.person) != letter.what),
        tuple(s for s in old if _look(s) not in becomes and s.school.counted),
        tuple(s for s in new if _look(s) not in was and s.school.registrations),
    )


def _look(stand: Stand) -> tuple[object, ...]:
    return stand.standing, frozenset(r.person for r in stand.school.counted)


def _due(scene: Scene) -> tuple[Letter, ...]:
    """Return what the next check would mail, were nothing to change until then."""
    if scene.now < scene.network.closes_at or in_force(scene.decisions, Kind.HOLD_CLOSING, scene.now):
        return ()
    return tuple(Letter(OWN[r.state], r) for r in decided(scene.network, scene.stands, scene.now))


def _told(scene: Scene, then: Scene, but: set[str]) -> Iterator[Letter]:
    """Yield who hears that their school is complete now, or no longer."""
    missed = {r.person: s.missing for s in scene.stands for r in s.school.registrations}
    if scene.network.local(scene.now).date() > scene.network.last_day:
        return
    for stand in then.stands:
        what = "je school is niet meer compleet" if stand.missing else "je school is compleet"
        for person in stand.school.counted:
            turned = bool(missed.get(person.person, stand.missing)) != bool(stand.missing)
            if turned and person.person not in but:
                yield Letter(what, person)
