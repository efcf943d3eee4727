"""What an organiser can do about the rule: except a school from it, remind one, hold the deadline."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from shared.domain.actions.organiser.order import Order, OrderContext, Wish
from shared.domain.decision import Decision, Kind, in_force
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Change, Registration
from shared.domain.rule.reminder import needs_reminder
from shared.domain.rule.standing import Standing


def possible(scene: OrderContext, person: Registration) -> tuple[str, ...]:
    """Return what an organiser can do now about the school of a person."""
    found = scene.stand(person)
    if found.standing is Standing.WAIVED:
        return ("unwaive",)
    if found.standing in (Standing.COMPLETE, Standing.EMPTY):
        return ()
    return ("remind", "waive") if _to_remind(scene, found.school.counted) else ("waive",)


def about_school(scene: OrderContext, reference: str, name: str, wish: Wish) -> Order | None:
    """Return the order to do something with the school of a person; None where that is not possible now."""
    person = scene.who(reference)
    return _SCHOOL[name](scene, person, wish) if person and name in possible(scene, person) else None


def about_closing(scene: OrderContext, name: str, wish: Wish) -> Order | None:
    """Return the order to hold what the deadline decides, or to release it."""
    held = in_force(scene.decisions, Kind.HOLD_CLOSING, scene.now).get("")
    if name == "hold" and not held:
        decision = _decision(scene, Kind.HOLD_CLOSING, "", wish)
        return Order(
            title="Het besluit vasthouden?",
            button="Houd vast",
            says=(
                "De deadline beslist dan niets.",
                "Er gaan geen mails met een besluit uit, tot jullie het vrijgeven.",
            ),
            back="",
            decide=decision,
        )
    if name == "release" and held:
        return Order(
            title="Het besluit vrijgeven?",
            button="Geef vrij",
            says=(_when(scene), "Wat dan is gemaild, is niet terug te nemen."),
            back="",
            undo=held,
            asks_why=False,
        )
    return None


def _waive(scene: OrderContext, person: Registration, wish: Wish) -> Order:
    name = scene.stand(person).school.name
    decision = _decision(scene, Kind.WAIVE, person.reference, wish)
    return Order(
        title=f"{name} met minder mensen laten meedoen?",
        button="Maak een uitzondering",
        says=(
            f"De regel geldt dan niet voor {name}: wie zich heeft aangemeld, doet mee.",
            "De school krijgt geen herinneringen meer.",
            f"{_next(scene)} krijgen zij een mail dat ze meedoen.",
            "Je kunt de uitzondering weer intrekken.",
        ),
        back=f"school/{person.reference}",
        decide=decision,
        needs_why=True,
        asks_until=True,
    )


def _unwaive(scene: OrderContext, person: Registration, _wish: Wish) -> Order | None:
    waivers = in_force(scene.decisions, Kind.WAIVE, scene.now)
    school = scene.stand(person).school
    waiver = next((waivers[r.reference] for r in school.registrations if r.reference in waivers), None)
    if waiver is None:
        return None
    return Order(
        title=f"De uitzondering voor {school.name} intrekken?",
        button="Trek in",
        says=("De regel geldt dan weer voor deze school.",),
        back=f"school/{person.reference}",
        undo=waiver,
        asks_why=False,
    )


def _remind(scene: OrderContext, person: Registration, _wish: Wish) -> Order:
    school = scene.stand(person).school
    people = _to_remind(scene, school.counted)
    left = scene.network.days_left(scene.now)
    return Order(
        title=f"{school.name} nu herinneren?",
        button="Stuur de herinnering",
        says=(
            "Zij krijgen de mail die zegt hoeveel er nog nodig zijn, met de link voor een collega.",
            "Dit kan hoogstens één keer per dag, en is niet terug te nemen.",
        ),
        back=f"school/{person.reference}",
        save=tuple(_reminded(r, left, scene) for r in people),
        asks_why=False,
    )


def _reminded(person: Registration, left: int, scene: OrderContext) -> Registration:
    note = Change(scene.now, person.state, scene.by, reason=Reason(ReasonCode.REMINDED))
    return replace(person, reminded=left, reminded_at=scene.now, history=(*person.history, note))


def _to_remind(scene: OrderContext, people: Sequence[Registration]) -> tuple[Registration, ...]:
    """Return who can be reminded now: at most once a day, and not after the deadline."""
    left = scene.network.days_left(scene.now)
    if scene.network.is_closed(scene.now):
        return ()
    return tuple(r for r in people if needs_reminder(r, left))


def _next(scene: OrderContext) -> str:
    closed = scene.network.is_closed(scene.now)
    return "De eerstvolgende ochtend om 7.00 uur" if closed else "De ochtend na de deadline"


def _when(scene: OrderContext) -> str:
    return f"{_next(scene)} beslist de deadline, en gaan de mails met het besluit uit."


def _decision(scene: OrderContext, kind: Kind, about: str, wish: Wish) -> Decision:
    day = wish.until and wish.until + timedelta(days=1)
    ends = datetime.combine(day, time(), scene.network.zone) if day else None
    name = f"{kind}-{scene.now:%Y%m%dT%H%M%S%f}"
    return Decision(scene.network.id, name, kind, about, scene.by, wish.why, scene.now, ends)


_SCHOOL = {"waive": _waive, "unwaive": _unwaive, "remind": _remind}
