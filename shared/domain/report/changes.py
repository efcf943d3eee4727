"""What happened to a network's registrations since a moment, told from their histories."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from shared.domain.registration.history import as_of, settled
from shared.domain.registration.registration import Registration, State
from shared.domain.schools.knowledge import NOTHING, SchoolKnowledge
from shared.domain.schools.school import School, schools

_DECIDED = (State.ADMITTED, State.HELD, State.DECLINED)


class Headcount(NamedTuple):
    """How many people share a fate, and of how many schools they are."""

    state: State
    schools: int
    people: int


class Changes(NamedTuple):
    """What happened since a moment: who came and left, and what that did to their schools."""

    new: tuple[Registration, ...]
    completed: tuple[School, ...]
    fell_short: tuple[School, ...]
    by_rule: tuple[School, ...]  # of those two: nobody came or left, the rule was changed
    cancelled: tuple[Registration, ...]
    decided: tuple[Headcount, ...]


def changes(
    now: Sequence[School],
    since: datetime | None,
    minimum: int,
    was_minimum: int,
    known: SchoolKnowledge = NOTHING,
) -> Changes:
    """Compare schools as they stand now with how they stood at a moment; without one everything is new.

    `was_minimum` is how many a school needed at that moment; of what is known, what was known then counts.
    """
    people = [r for school in now for r in school.registrations]
    before = [old for r in people if since and (old := as_of(r, since))]
    there = {old.person_key for old in before if old.state is not State.QUARANTINED}
    moved = [r for r in people if r.history and (not since or settled(r.history).at > since)]
    then = schools(before, known.as_of(since)) if since else ()
    was, is_now = _complete(then, was_minimum), _complete(now, minimum)
    same_people = {(s.key, len(s.counted)) for s in then}
    turned = [school for school in now if school.key in was ^ is_now]
    return Changes(
        new=tuple(r for r in people if r.person_key not in there and r.state is not State.QUARANTINED),
        completed=tuple(school for school in now if school.key in is_now - was),
        fell_short=tuple(school for school in now if school.key in was - is_now),
        by_rule=tuple(s for s in turned if (s.key, len(s.counted)) in same_people),
        cancelled=tuple(r for r in moved if r.state is State.CANCELLED),
        decided=headcounts(now, {r.person_key: r.state for r in moved}),
    )


def headcounts(found: Iterable[School], fates: dict[str, State]) -> tuple[Headcount, ...]:
    """Count the people and schools of each fate that a decision can have, of those who have one."""
    pairs = [(fates.get(r.person_key), school.key) for school in found for r in school.registrations]
    keys = {state: [key for fate, key in pairs if fate is state] for state in _DECIDED}
    return tuple(Headcount(state, len(set(own)), len(own)) for state, own in keys.items() if own)


def _complete(found: Iterable[School], minimum: int) -> set[str]:
    return {school.key for school in found if school.counted and not school.missing(minimum)}
