"""An organiser registers somebody who phoned or mailed: checked like a form's post, and signed by them."""

from collections.abc import Mapping

from shared.domain.actions.organiser.order import Order, OrderContext, OrganiserAction
from shared.domain.form.draft import draft
from shared.domain.form.submission import FieldError, InvalidError, Submission, check
from shared.domain.network.fields import PERSON_FIELDS
from shared.domain.registration.colleague import shares_mailbox, with_mailbox_key
from shared.domain.registration.identity import address_key, is_same_name, make_reference
from shared.domain.registration.registration import ORGANISER, Change, Registration, State
from shared.domain.registration.repeat import merge_repeat
from shared.domain.text import clean

PAGE = "registration"
BY_HAND_FIELDS = (*PERSON_FIELDS, "school", "place")
# The states that an organiser can give to somebody who registers after the deadline.
AFTER_CLOSING = {State.REGISTERED.value: State.REGISTERED, State.ADMITTED.value: State.ADMITTED}


class AlreadyRegisteredError(InvalidError):
    """The person is on the list already; carries their registration."""

    def __init__(self, registration: Registration) -> None:
        super().__init__((FieldError("email", "known"),))
        self.registration = registration


def registration_order(context: OrderContext, typed: Mapping[str, str], seed: str) -> Order:
    """Return the order to register somebody; raise `InvalidError` with every mistake in what was typed."""
    why, state = clean(typed.get("why", ""))[:300], _state(context, typed)
    submission = _check(typed, why, state)
    new = _registration(context, submission, state or State.REGISTERED, why, seed)
    on_mailbox = [r for r in context.registrations if shares_mailbox(r, new)]
    earlier = next((r for r in on_mailbox if is_same_name(r.name, new.name)), None)
    if earlier and earlier.state not in (State.CANCELLED, State.QUARANTINED):
        raise AlreadyRegisteredError(earlier)
    is_key_taken = on_mailbox or any(r.person_key == new.person_key for r in context.registrations)
    after = merge_repeat(earlier, new) if earlier else with_mailbox_key(new) if is_key_taken else new
    return Order(
        OrganiserAction.REGISTER,
        back=f"school/{after.reference}",
        save=(after,),
        register=(new,),
        asks_why=False,
        carries={field: typed.get(field, "") for field in (*BY_HAND_FIELDS, "why", "state")},
    )


def _state(context: OrderContext, typed: Mapping[str, str]) -> State | None:
    """Return the first state: registered before the deadline, the organiser's choice after it."""
    if not context.network.is_closed(context.now):
        return State.REGISTERED
    return AFTER_CLOSING.get(typed.get("state", ""))


def _check(typed: Mapping[str, str], why: str, state: State | None) -> Submission:
    """Return what was typed as a submission, or raise every mistake in it at once."""
    errors: list[FieldError] = []
    try:
        submission = check(draft([(field, typed.get(field, "")) for field in BY_HAND_FIELDS]))
    except InvalidError as invalid:
        errors += invalid.errors
    errors += [
        FieldError(field, "required") for field, value in (("state", state), ("why", why)) if not value
    ]
    if errors:
        raise InvalidError(tuple(errors))
    return submission


def _registration(
    context: OrderContext, submission: Submission, state: State, why: str, seed: str
) -> Registration:
    network = context.network
    return Registration(
        network=network.id,
        person_key=address_key(network.id, submission.email),
        reference=make_reference(network.prefix, seed),
        state=state,
        **submission.model_dump(include={*BY_HAND_FIELDS}),
        received_at=context.now,
        invited_by=ORGANISER,
        history=(Change(context.now, state, context.by, why),),
    )
