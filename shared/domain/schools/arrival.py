"""When each way in which somebody typed their school came to count; earlier typings outrank later ones."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from shared.domain.network.fields import SCHOOL_FIELDS
from shared.domain.registration.registration import COUNTED, EarlierTyping, Registration, State

_ARRIVED = COUNTED | {State.LATE}


def arrival(person: Registration) -> datetime | None:
    """Return the instant at which a person first counted or was late; None for who never did."""
    first = next((change.at for change in person.history if change.state in _ARRIVED), None)
    return first or (person.received_at if person.state in _ARRIVED else None)


def retyped(person: Registration) -> datetime | None:
    """Return the instant at which a person last typed another school; None for who typed one only."""
    reasons = ((change.at, change.reason) for change in person.history if change.reason)
    corrected = (at for at, reason in reasons if not set(SCHOOL_FIELDS).isdisjoint(reason.fields))
    return max((*corrected, *(typing.until for typing in person.earlier_typings)), default=None)


def earlier_selves(person: Registration) -> Iterator[tuple[datetime, Registration]]:
    """Yield a person as they typed their school before, each with the instant at which that came to count.

    What they typed with a colleague's link counted for nothing.
    """
    at = arrival(person)
    for typing in person.earlier_typings:
        if at and at < typing.until:
            if not typing.via:
                yield at, _as_typed(person, typing)
            at = typing.until


def as_typed_before(person: Registration, moment: datetime) -> Registration:
    """Return a person with the school that they had typed before an instant, or the link that they used."""
    earlier = tuple(typing for typing in person.earlier_typings if typing.until < moment)
    if earlier == person.earlier_typings:
        return person
    return replace(_as_typed(person, person.earlier_typings[len(earlier)]), earlier_typings=earlier)


def _as_typed(person: Registration, typing: EarlierTyping) -> Registration:
    return replace(person, school=typing.school, place=typing.place, brin=typing.brin, via=typing.via)
