"""Why a person stands where they do, as they may read it: one answer for their mails and their own page."""

from collections.abc import Sequence
from enum import StrEnum

from shared.domain.registration.history import settled, settled_index
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Change, Registration, State


class Cause(StrEnum):
    """What led to a person's state."""

    PLAIN = "plain"  # the state says it all
    SCHOOL_SHORT = "school_short"  # at the deadline
    COLLEAGUE_LEFT = "colleague_left"  # and the school was not complete again in time
    NETWORK_FULL = "network_full"
    SCHOOL_FULL = "school_full"
    LATE = "late"
    ORGANISER = "organiser"
    TOOK_PLACE = "took_place"
    GAVE_PLACE = "gave_place"


FOR_PLACES = frozenset({Cause.NETWORK_FULL, Cause.SCHOOL_FULL})


class Actor(StrEnum):
    """Who made a change, as far as we know."""

    FORM = "form"  # whoever filled it in
    PERSON = "person"
    COLLEAGUE = "colleague"
    CHECK = "check"
    ORGANISER = "organiser"


_CAUSES = {
    ReasonCode.SHORT: Cause.SCHOOL_SHORT,
    ReasonCode.REPAIR_ENDED: Cause.COLLEAGUE_LEFT,
    ReasonCode.NETWORK_FULL: Cause.NETWORK_FULL,
    ReasonCode.SCHOOL_FULL: Cause.SCHOOL_FULL,
    ReasonCode.TOOK_PLACE: Cause.TOOK_PLACE,
    ReasonCode.GAVE_PLACE: Cause.GAVE_PLACE,
}
_PLACES = frozenset({Cause.TOOK_PLACE, Cause.GAVE_PLACE})
_NAMED = {"check": Actor.CHECK, "colleague": Actor.COLLEAGUE}
_EXPLAINED = frozenset({State.HELD, State.DECLINED, State.CANCELLED})
_BY_COLLEAGUE = frozenset(
    {ReasonCode.REGISTERED_BY_COLLEAGUE, ReasonCode.MOVED_WITH_COLLEAGUE, ReasonCode.TOOK_PLACE}
)
_BY_PERSON = frozenset(
    {
        *(ReasonCode.CHANGED, ReasonCode.CANCELLED, ReasonCode.CAME_BACK, ReasonCode.GAVE_PLACE),
        ReasonCode.ERASED,
    }
)


def cause_of(me: Registration) -> Cause:
    """Return why a person stands where they do; states in which people take part need no cause."""
    if me.state not in _EXPLAINED or not me.history:
        return Cause.PLAIN
    index = settled_index(me.history)
    change, before = me.history[index], me.history[index - 1].state if index else None
    cause = _CAUSES.get(change.reason.code, Cause.PLAIN) if change.reason else Cause.PLAIN
    if actor_of(me, change) is Actor.ORGANISER and cause not in _PLACES:
        is_late = (before, me.state) == (State.LATE, State.DECLINED)
        return Cause.LATE if is_late else Cause.ORGANISER
    # Before there was a reason for it, a check that took a place away said that the school is short.
    is_first = cause is Cause.SCHOOL_SHORT and before is State.ADMITTED
    return Cause.COLLEAGUE_LEFT if is_first else cause


def actor_of(me: Registration, change: Change) -> Actor:
    """Return who made a change in a person's history."""
    if change.by != "person":
        return _NAMED.get(change.by, Actor.ORGANISER)
    code = change.reason.code if change.reason else None
    if code in _BY_COLLEAGUE:
        return Actor.COLLEAGUE
    if code in _BY_PERSON:
        return Actor.PERSON
    return Actor.COLLEAGUE if me.invited_by and change == me.history[0] else Actor.FORM


def reason_of(me: Registration) -> Reason | None:
    """Return the reason of the change that led to a person's state."""
    return settled(me.history).reason if me.history else None


def successor(me: Registration, people: Sequence[Registration]) -> Registration | None:
    """Return the colleague who took the place that a person gave away, whose name that person typed.

    Nobody where an organiser did it, or where the colleague has corrected the name since.
    """
    if cause_of(me) is not Cause.GAVE_PLACE or actor_of(me, settled(me.history)) is not Actor.PERSON:
        return None
    return next((r for r in reversed(people) if _took_place_of(me, r)), None)


def _took_place_of(me: Registration, other: Registration) -> bool:
    reasons = (change.reason for change in other.history if change.reason)
    is_renamed = any(change.reason and "name" in change.reason.fields for change in other.history)
    return not is_renamed and any(
        r.code is ReasonCode.TOOK_PLACE and r.reference == me.reference for r in reasons
    )
