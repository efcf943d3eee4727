"""Colleagues: one in somebody's place, one whom they bring, and several on one mailbox."""

from collections.abc import Sequence
from dataclasses import replace

from shared.domain.registration.identity import address_key, is_same_name, make_reference, name_key
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Change, Registration, State


def replaced(
    old: Registration, name: str, email: str, seed: str, change: Change
) -> tuple[Registration, Registration]:
    """Return a person as they leave and the colleague in their place, of the same school and state.

    `change` is when, by whom and with which note. Store both in one transaction, so that the school's count
    never dips.
    """
    left = old.become(State.CANCELLED, change.at, change.by, change.note, Reason(ReasonCode.GAVE_PLACE))
    took_place = Reason(ReasonCode.TOOK_PLACE, reference=old.reference)
    came = new_colleague(old, name, email, seed, Change(change.at, old.state, change.by, reason=took_place))
    return left, replace(came, via=old.reference)


def new_colleague(me: Registration, name: str, email: str, seed: str, change: Change) -> Registration:
    """Return a colleague whom a person registers at the same school; `change` is when, as what and why."""
    return Registration(
        network=me.network,
        person_key=address_key(me.network, email),
        reference=make_reference(me.reference.partition("-")[0], seed),
        state=change.state,
        name=name,
        email=email,
        school=me.school,
        place=me.place,
        brin=me.brin,
        received_at=change.at,
        invited_by=me.reference,
        posted_from=me.posted_from,
        history=(change,),
    )


def shares_mailbox(one: Registration, other: Registration) -> bool:
    """Say whether two people registered with one address, or have the same one now."""
    is_key_shared = one.person_key.partition("#")[0] == other.person_key.partition("#")[0]
    return is_key_shared or one.email.casefold() == other.email.casefold()


def dedupe(registrations: Sequence[Registration]) -> tuple[Registration, ...]:
    """Give everyone in one post a key of their own; a person who is in it twice has the same key twice."""
    deduped: list[Registration] = []
    for new in registrations:
        on_mailbox = [r for r in deduped if r.email.casefold() == new.email.casefold()]
        twice = next((r for r in on_mailbox if is_same_name(r.name, new.name)), None)
        deduped.append(twice or (with_mailbox_key(new) if on_mailbox else new))
    return tuple(deduped)


def with_mailbox_key(new: Registration) -> Registration:
    """Return a registration with the key of a second person on a mailbox that is registered already."""
    return replace(new, person_key=f"{new.person_key.partition('#')[0]}#{name_key(new.name)}")
