"""In which school a person was when schools were last grouped, and what decided it."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

from shared.domain.registration.registration import Registration, State
from shared.domain.schools.knowledge import SchoolKnowledge
from shared.domain.schools.school import School, grouping_evidence, make_school
from shared.domain.schools.typing_source import typing_source


class Membership(NamedTuple):
    """The school of a person, true as long as their evidence stays the same; both are hashes."""

    person_key: str
    school: str
    evidence: str

    def is_of(self, person: Registration) -> bool:
        """Say whether a person is still as they were grouped."""
        return self.evidence == _evidence(person)


def memberships(schools: Iterable[School]) -> Iterator[Membership]:
    """Yield the membership of everybody in some schools."""
    for school in schools:
        key = _hash(school.key)
        yield from (Membership(r.person_key, key, _evidence(r)) for r in school.registrations)


def joining(people: Iterable[Registration], school: str) -> list[Membership]:
    """Return the memberships of people whom somebody of a school brought: what they typed is the same."""
    return [Membership(r.person_key, school, _evidence(r)) for r in people]


def school_of_members(people: Iterable[Registration], knowledge: SchoolKnowledge) -> School:
    """Return the school of people who are all of it, and of whom everybody is there."""
    from shared.domain.schools.spelling import spellings  # code that reads no school needs no matching

    members = sorted(people, key=lambda r: (r.received_at, r.person_key))
    by_reference = {r.reference: r for r in members}
    typed = spellings((typing_source(person, by_reference) for person in members), knowledge)
    return make_school(members[0].reference, list(zip(members, typed, strict=True)))


def _evidence(person: Registration) -> str:
    return _hash(repr((*grouping_evidence(person), person.state is State.QUARANTINED)))


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]
