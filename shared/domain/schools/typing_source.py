"""Whose typing counts for a person: the first of their chain of forward links and posts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from shared.domain.registration.registration import Registration
from shared.domain.schools.arrival import arrival, retyped
from shared.domain.text import fold_often


def typing_arrival(person: Registration, source: Registration) -> datetime | None:
    """Return when somebody came with the school that `source` typed; None for who never counted."""
    first = arrival(person)
    return first and max([first, *filter(None, map(retyped, (person, source)))])


def typing_sources(people: Sequence[Registration]) -> Iterator[Registration]:
    """Yield for each person the one whose typing counts: the first of their chain."""
    by_reference = {r.reference: r for r in people}
    for person in people:
        yield typing_source(person, by_reference)


def typing_source(person: Registration, by_reference: Mapping[str, Registration]) -> Registration:
    """Return the one whose typing counts for a person: the first of their chain."""
    visited, source = {person.reference}, person
    while (inviter := _inviter(source, by_reference)) and inviter.reference not in visited:
        visited.add(inviter.reference)
        source = inviter
    return source


def _inviter(person: Registration, by_reference: Mapping[str, Registration]) -> Registration | None:
    """Return whose forward link a person used, or who registered them in one post for the same school."""
    if person.via in by_reference:
        return by_reference[person.via]
    inviter = by_reference.get(person.invited_by)
    return inviter if inviter and typed_school(inviter) == typed_school(person) else None


def typed_school(person: Registration) -> tuple[str, str]:
    """Return the school and place that a person typed, without differences in spaces and capitals."""
    return fold_often(person.school), fold_often(person.place)
