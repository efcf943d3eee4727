"""What happened to a network's registrations since an instant, read from their histories."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from shared.domain.registration.history import as_of, settled
from shared.domain.registration.registration import Registration, State
from shared.domain.schools.knowledge import NOTHING, SchoolKnowledge
from shared.domain.schools.school import School, schools

_DECIDED = (State.ADMITTED, State.HELD, State.DECLINED)


class Headcount(NamedTuple):
    """How many people got the same decision, and from how many schools."""

    state: State
    schools: int
    people: int


class Changes(NamedTuple):
    """What happened since an instant: who registered and cancelled, and what that did to their schools."""

    new: tuple[Registration, ...]
    completed: tuple[School, ...]
    fell_short: tuple[School, ...]
    by_rule: tuple[School, ...]  # those of the previous two in which only the rule changed
    cancelled: tuple[Registration, ...]
    decided: tuple[Headcount, ...]


def changes(
    now: Sequence[School],
    since: datetime | None,
    minimum: int,
    was_minimum: int,
    knowledge: SchoolKnowledge = NOTHING,
) -> Changes:
    """Compare the schools of now with those of an earlier instant; without one, everything is new.

    `was_minimum` is how many people a school needed at that instant; the earlier schools are grouped by the
    rulings of then.
    """
    people = [r for school in now for r in school.registrations]
    before = [old for r in people if since and (old := as_of(r, since))]
    earlier_keys = {old.person_key for old in before if old.state is not State.QUARANTINED}
    moved = [r for r in people if r.history and (not since or settled(r.history).at > since)]
    then = schools(before, knowledge.as_of(since)) if since else ()
    was, is_now = _complete(then, was_minimum), _complete(now, minimum)
    same_people = {(s.key, len(s.counted)) for s in then}
    turned = [school for school in now if school.key in was ^ is_now]
    return Changes(
        new=tuple(r for r in people if r.person_key not in earlier_keys and r.state is not State.QUARANTINED),
        completed=tuple(school for school in now if school.key in is_now - was),
        fell_short=tuple(school for school in now if school.key in was - is_now),
        by_rule=tuple(s for s in turned if (s.key, len(s.counted)) in same_people),
        cancelled=tuple(r for r in moved if r.state is State.CANCELLED),
        decided=headcounts(now, {r.person_key: r.state for r in moved}),
    )


def headcounts(schools: Iterable[School], states: dict[str, State]) -> tuple[Headcount, ...]:
    """Count the people and schools per decision; `states` holds people's states by their key."""
    pairs = [(states.get(r.person_key), school.key) for school in schools for r in school.registrations]
    keys_of = {decided: [key for state, key in pairs if state is decided] for decided in _DECIDED}
    return tuple(Headcount(state, len(set(keys)), len(keys)) for state, keys in keys_of.items() if keys)


def _complete(schools: Iterable[School], minimum: int) -> set[str]:
    return {school.key for school in schools if school.counted and not school.missing(minimum)}
