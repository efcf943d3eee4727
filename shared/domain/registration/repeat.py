"""The same person registered again: what stays, what is new, and how their school was typed before."""

from dataclasses import replace
from datetime import datetime, timedelta

from shared.domain.network.fields import TYPED_FIELDS
from shared.domain.registration.address import with_first_address
from shared.domain.registration.reason import ReasonCode
from shared.domain.registration.registration import EarlierTyping, Registration, State

_MOST_TYPINGS = 5


# What a person tells about themselves; all of it may differ when they register again.
OWN_FIELDS = tuple(field for field in TYPED_FIELDS if field != "email")


def merge_repeat(stored: Registration, new: Registration) -> Registration:
    """Return what a stored registration becomes when the same person is registered again.

    The reference stays. A person who was cancelled or quarantined comes back with the new data. For anyone
    else the new data is kept beside the first, which only the person's own page changes, and `again_at` moves
    on at most once an hour. Who was late is in time when they post in a window that was opened again.
    """
    if new.state is State.QUARANTINED:
        return stored
    if stored.state in (State.CANCELLED, State.QUARANTINED):
        before = with_first_address(stored, new)
        # Mails are named after the invitations' numbers, so these go on; a revoked link stays revoked.
        lasting = ("person_key", "reference", "links_version", "invitations", "revision", "confirmed_at")
        kept = {key: getattr(before, key) for key in lasting}
        typings = earlier_typings(before, new, new.received_at)
        return replace(new, **kept, history=(*before.history, *new.history), earlier_typings=typings)
    if stored.state is State.UNCONFIRMED:
        # A post proves nothing: they are mailed again how to confirm, at most once an hour.
        lately = stored.resent_at and new.received_at - stored.resent_at < timedelta(hours=1)
        return stored if lately else replace(stored, resent_at=new.received_at)
    if stored.state is State.LATE and _is_in_time(new) and not stored.is_erased:
        stored = replace(stored, state=new.state, history=(*stored.history, *new.history))
    other = {
        key: getattr(new, key) for key in OWN_FIELDS if getattr(new, key) not in ("", getattr(stored, key))
    }
    if not other or other == stored.again:
        return stored
    was_mailed_lately = stored.again_at and new.received_at - stored.again_at < timedelta(hours=1)
    # By a clock that is behind, who comes again may come before the change that the mail must follow.
    mailed_at = max([new.received_at, *(change.at for change in stored.history[-1:])])
    return replace(stored, again=other, again_at=stored.again_at if was_mailed_lately else mailed_at)


def earlier_typings(before: Registration, after: Registration, at: datetime) -> tuple[EarlierTyping, ...]:
    """Return how a person typed their school before, when `after` has another school, place, BRIN or link."""
    old, new = ((r.school, r.place, r.brin, r.via) for r in (before, after))
    if old == new:
        return before.earlier_typings
    typing = EarlierTyping(before.school, before.place, before.brin, at, before.via)
    return (*before.earlier_typings, typing)[-_MOST_TYPINGS:]


def _is_in_time(new: Registration) -> bool:
    """Say whether a post came in an open window, and not in one in which only a school may repair itself."""
    reasons = (change.reason for change in new.history)
    repairs = any(reason and reason.code is ReasonCode.REPAIRS_SCHOOL for reason in reasons)
    return new.state is State.REGISTERED and not repairs
