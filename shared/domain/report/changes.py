"""What happened to a network's registrations between two reports, read from their histories.

A report covers the time from the previous report's instant, included, to its own, excluded. The check makes
its report after it decides, so its own changes at a report's instant belong to that report, not to the next.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from shared.domain.registration.history import entered, settled
from shared.domain.registration.registration import COUNTED, Change, Registration, State
from shared.domain.schools.arrival import as_typed_before
from shared.domain.schools.knowledge import NOTHING, SchoolKnowledge
from shared.domain.schools.school import School, schools

_BACK = COUNTED | {State.LATE, State.UNCONFIRMED}
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
    returned: tuple[Registration, ...]  # who had cancelled at the previous report, and registered again
    decided: tuple[Headcount, ...]


def changes(
    schools_now: Sequence[School],
    since: datetime | None,
    minimum: int,
    was_minimum: int,
    knowledge: SchoolKnowledge = NOTHING,
    until: datetime | None = None,
) -> Changes:
    """Compare the schools that a report shows with those of the previous one; without one, everything is new.

    `since` and `until` are the instants of the two reports; `until` is left out where everything up to now is
    shown. `was_minimum` is how many people a school needed at the previous report; the schools of an instant
    are grouped by the rulings of then.
    """
    people = [r for school in schools_now for r in school.registrations]
    here = [old for r in people if (old := _as_reported(r, until))] if until else people
    before = [old for r in people if since and (old := _as_reported(r, since))]
    gone = {old.person_key for old in before if old.state is State.CANCELLED}
    earlier_keys = {old.person_key for old in before if old.state is not State.QUARANTINED}
    moved = [r for r in here if r.history and not (since and _is_before(settled(r.history), since))]
    then = schools(before, knowledge.as_of(since)) if since else ()
    knowledge_then = knowledge.as_of(until) if until else knowledge
    is_unchanged = knowledge_then is knowledge and here == people
    now = schools_now if is_unchanged else schools(here, knowledge_then)
    was = _were_complete(then, was_minimum, schools_now)
    is_now = _were_complete(now, minimum, schools_now)
    same_people = {key for key, _ in _counts(then) & _counts(now)}
    turned = [school for school in schools_now if school.key in was ^ is_now]
    return Changes(
        new=tuple(r for r in here if r.person_key not in earlier_keys and r.state is not State.QUARANTINED),
        completed=tuple(school for school in schools_now if school.key in is_now - was),
        fell_short=tuple(school for school in schools_now if school.key in was - is_now),
        by_rule=tuple(s for s in turned if s.key in same_people),
        cancelled=tuple(r for r in moved if r.state is State.CANCELLED),
        returned=tuple(r for r in here if r.person_key in gone and r.state in _BACK),
        decided=headcounts(schools_now, {r.person_key: r.state for r in moved}),
    )


def headcounts(schools: Iterable[School], states: dict[str, State]) -> tuple[Headcount, ...]:
    """Count the people and schools per decision; `states` holds people's states by their key."""
    pairs = [(states.get(r.person_key), school.key) for school in schools for r in school.registrations]
    keys_of = {decided: [key for state, key in pairs if state is decided] for decided in _DECIDED}
    return tuple(Headcount(state, len(set(keys)), len(keys)) for state, keys in keys_of.items() if keys)


def _complete(schools: Iterable[School], minimum: int) -> list[School]:
    return [school for school in schools if school.counted and not school.missing(minimum)]


def _counts(grouped: Iterable[School]) -> set[tuple[str, int]]:
    return {(school.key, len(school.counted)) for school in grouped}


def _were_complete(then: Iterable[School], minimum: int, schools_now: Iterable[School]) -> set[str]:
    """Return the keys of the schools of now that were complete: typings of one may have become of another."""
    key_of = {r.person_key: school.key for school in schools_now for r in school.registrations}
    keys: set[str] = set()
    for school in _complete(then, minimum):
        left = {key_of[r.person_key] for r in school.counted if r.person_key in key_of}
        keys |= left if len(left) == 1 else {school.key}
    return keys


def _is_before(change: Change, report_at: datetime) -> bool:
    """Say whether the report of an instant covers a change, or an earlier report does."""
    return change.at < report_at or (change.at == report_at and change.by == "check")


def _as_reported(registration: Registration, report_at: datetime) -> Registration | None:
    """Return a registration as the report of an instant shows it; None if that person came later."""
    if entered(registration) >= report_at:
        return None
    then = as_typed_before(registration, report_at)
    history = tuple(change for change in then.history if _is_before(change, report_at))
    return replace(then, state=history[-1].state, history=history) if history else then
