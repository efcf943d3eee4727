"""An organiser registers somebody who phoned or mailed: the same checks as a form's post, and who said so."""

from collections.abc import Mapping

from shared.domain.actions.organiser.order import Order, OrderContext
from shared.domain.form.draft import draft
from shared.domain.form.submission import FieldError, InvalidError, Submission, check
from shared.domain.network.fields import PERSON_FIELDS
from shared.domain.registration.identity import address_key, is_same_name, make_reference
from shared.domain.registration.registration import (
    ORGANISER,
    Change,
    Registration,
    State,
    merge_repeat,
    with_mailbox_key,
)
from shared.domain.text import clean

PAGE = "registration"
TYPED = (*PERSON_FIELDS, "school", "place")
# What an organiser can make of somebody who comes after the deadline.
AFTER_CLOSING = {State.REGISTERED.value: State.REGISTERED, State.ADMITTED.value: State.ADMITTED}


class AlreadyRegisteredError(InvalidError):
    """A person whom an organiser wants to register, and who is on the list already."""

    def __init__(self, registration: Registration) -> None:
        super().__init__((FieldError("email", "known"),))
        self.registration = registration


def by_hand(scene: OrderContext, typed: Mapping[str, str], seed: str) -> Order:
    """Return the order to register somebody; raise `InvalidError` with every mistake that was typed."""
    why, state = clean(typed.get("why", ""))[:300], _state(scene, typed)
    told = _checked(typed, why, state)
    new = _registration(scene, told, state or State.REGISTERED, why, seed)
    there = next((r for r in scene.everyone if _on_mailbox(r, new) and is_same_name(r.name, new.name)), None)
    if there and there.state not in (State.CANCELLED, State.QUARANTINED):
        raise AlreadyRegisteredError(there)
    shared = any(_on_mailbox(r, new) or r.person_key == new.person_key for r in scene.everyone)
    after = merge_repeat(there, new) if there else with_mailbox_key(new) if shared else new
    return Order(
        title=f"{new.name} aanmelden?",
        button="Meld aan",
        says=_says(new),
        back=f"school/{after.reference}",
        save=(after,),
        register=new,
        asks_why=False,
        carries={field: typed.get(field, "") for field in (*TYPED, "why", "state")},
    )


def _state(scene: OrderContext, typed: Mapping[str, str]) -> State | None:
    """Return as what somebody comes: before the deadline registered, later as the organiser chooses."""
    if not scene.network.is_closed(scene.now):
        return State.REGISTERED
    return AFTER_CLOSING.get(typed.get("state", ""))


def _checked(typed: Mapping[str, str], why: str, state: State | None) -> Submission:
    """Return what was typed, or raise all that is wrong with it at once."""
    wrong: list[FieldError] = []
    try:
        told = check(draft([(field, typed.get(field, "")) for field in TYPED], {}))
    except InvalidError as invalid:
        wrong += invalid.errors
    if state is None:
        wrong.append(FieldError("state", "required"))
    if not why:
        wrong.append(FieldError("why", "required"))
    if wrong:
        raise InvalidError(tuple(wrong))
    return told


def _registration(scene: OrderContext, told: Submission, state: State, why: str, seed: str) -> Registration:
    network = scene.network
    return Registration(
        network=network.id,
        person_key=address_key(network.id, told.email),
        reference=make_reference(network.prefix, seed),
        state=state,
        **told.model_dump(include={*TYPED}),
        received_at=scene.now,
        invited_by=ORGANISER,
        history=(Change(scene.now, state, scene.by, why),),
    )


def _on_mailbox(one: Registration, other: Registration) -> bool:
    return one.email.casefold() == other.email.casefold()


def _says(new: Registration) -> tuple[str, ...]:
    where = ", ".join(filter(None, (new.school, new.place)))
    becomes = {
        State.ADMITTED: f"{new.name} ({where}) doet dan meteen mee.",
        State.REGISTERED: f"{new.name} ({where}) telt dan mee.",
    }
    given = "In de mail staat dat jullie de gegevens hebben ingevuld, en hoe je ze bekijkt, wijzigt of wist."
    return becomes[new.state], given, "Je kunt deze persoon later nog afwijzen."
