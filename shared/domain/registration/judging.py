"""What becomes of people who were stored before anybody counted how many their client address brought."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Change, Registration, State

_NEW = frozenset({State.REGISTERED, State.LATE})  # others are aside already, or erased meanwhile
_LONG = timedelta(hours=1)  # the sweep judges every quarter of an hour whom the stream missed


def judged(person: Registration, people: int, most: int) -> Registration:
    """Return a new registration set free, or put aside where its address brought more people than `most`.

    `people` is how many came from there in that hour, these too; a `most` of 0 sets everybody free. Nothing
    else changes, the instants neither: it is as if this had been known when the post came.
    """
    free = replace(person, unjudged="")
    if not most or people <= most or person.state not in _NEW:
        return free
    aside = Change(person.received_at, State.QUARANTINED, "person", reason=Reason(ReasonCode.TOO_MANY))
    return replace(
        free, state=State.QUARANTINED, history=(aside,), again={}, again_at=None, unconfirmed_since=None
    )


def unjudged_posts(people: Iterable[Registration]) -> tuple[tuple[Registration, ...], ...]:
    """Return who is unjudged, by the post in which they came, in order of arrival: a post is judged whole."""
    posts: dict[tuple[str, ...], list[Registration]] = {}
    for person in sorted(people, key=lambda r: (r.received_at, bool(r.invited_by), r.person_key)):
        if person.unjudged:
            first = person.invited_by or person.reference
            posts.setdefault((person.unjudged, f"{person.received_at}", first), []).append(person)
    return tuple(map(tuple, posts.values()))


def has_waited_long(people: Iterable[Registration], at: datetime) -> bool:
    """Say whether anybody is unjudged for so long that nobody may know who counts."""
    return any(person.unjudged and at - person.received_at > _LONG for person in people)
