"""Which registrations are of one school, who of them counts, and where the school stands."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from shared.domain.registration.history import as_of
from shared.domain.registration.identity import is_same_name
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import COUNTED, Registration, State
from shared.domain.schools.knowledge import NOTHING, SchoolKnowledge
from shared.domain.text import fold

if TYPE_CHECKING:
    from shared.domain.schools.clusters import SpellingCluster
    from shared.domain.schools.spelling import Spelling


@dataclass(frozen=True, slots=True)
class School:
    """One school as the rule sees it: everyone registered for it, and those of them who count."""

    key: str
    name: str
    place: str
    registrations: tuple[Registration, ...]
    counted: tuple[Registration, ...]
    doubles: tuple[Registration, ...]
    called: str = ""  # as the register calls it, when that is sure: "Bergcollege in Utrecht"

    def missing(self, minimum: int) -> int:
        """Count the people this school still needs."""
        return max(0, minimum - len(self.counted))

    def as_of(self, moment: datetime) -> "School":
        """Return this school as it was at a moment, of the people who are of it now."""
        then = [old for r in self.registrations if (old := as_of(r, moment))]
        return replace(_school(self.key, then), name=self.name, place=self.place, called=self.called)


class Doubt(NamedTuple):
    """Two schools that may be one, and why that is not sure: for the organiser to say."""

    one: School
    other: School
    why: str


class SchoolGrouping(NamedTuple):
    """The schools by their names, and the doubts about them."""

    schools: tuple[School, ...]
    doubts: tuple[Doubt, ...]


def schools(registrations: Iterable[Registration], known: SchoolKnowledge = NOTHING) -> tuple[School, ...]:
    """Group registrations by school, ordered by the schools' names; each is in exactly one."""
    return group_by_school(registrations, known).schools


def group_by_school(
    registrations: Iterable[Registration], known: SchoolKnowledge = NOTHING
) -> SchoolGrouping:
    """Group registrations by school, and say which of these schools may yet be one."""
    from shared.domain.schools.grouping import grouping  # what it takes is not for who only reads a school
    from shared.domain.schools.spelling import spellings

    people = sorted(registrations, key=lambda r: (r.received_at, r.person_key))
    typed = list(spellings(_sources(people), known))
    found = grouping(typed, known)
    together: dict[SpellingCluster, list[tuple[Registration, Spelling]]] = {}
    for person, spelling in zip(people, typed, strict=True):
        together.setdefault(found.of[spelling.id], []).append((person, spelling))
    made: dict[SpellingCluster, School] = {}
    keys: set[str] = set()
    for group, members in together.items():
        made[group] = _made(members, keys)
        keys.add(made[group].key)
    doubts = (_doubt(made[a], made[b], why) for a, b, why in found.doubts)
    return SchoolGrouping(
        tuple(sorted(made.values(), key=_order)),
        tuple(sorted(doubts, key=lambda d: (_order(d.one), _order(d.other)))),
    )


def school_of(person: str, registrations: Iterable[Registration], known: SchoolKnowledge = NOTHING) -> School:
    """Return the school that counts this person, who is one of the registrations."""
    return next(
        s for s in schools(registrations, known) if any(r.person_key == person for r in s.registrations)
    )


def _doubt(a: School, b: School, why: str) -> Doubt:
    return Doubt(a, b, why) if _order(a) < _order(b) else Doubt(b, a, why)


def _order(school: School) -> tuple[str, str, str]:
    return fold(school.name), fold(school.place), school.key


def _sources(people: Sequence[Registration]) -> Iterator[Registration]:
    """Yield for each the one whose typing counts: a forward link and a common post bind to the first."""
    by_reference = {r.reference: r for r in people}
    for person in people:
        seen, source = {person.reference}, person
        while (before := _bound(source, by_reference)) and before.reference not in seen:
            seen.add(before.reference)
            source = before
        yield source


def _bound(person: Registration, by_reference: Mapping[str, Registration]) -> Registration | None:
    """Return through whom somebody came; of a common post as long as both say the same of their school."""
    if person.via in by_reference:
        return by_reference[person.via]
    inviter = by_reference.get(person.invited_by)
    return inviter if inviter and typed_school(inviter) == typed_school(person) else None


def typed_school(person: Registration) -> tuple[str, str]:
    """Return what somebody says of their school, however it is spaced and capitalised."""
    return fold(person.school), fold(person.place)


def _made(members: Sequence[tuple[Registration, "Spelling"]], taken: Container[str]) -> School:
    """Make a school, named by the register or else as the first who counts typed it."""
    first = members[0][1]
    rows = [spelling.side.row for _, spelling in members if spelling.side.row]
    ids = (first.code, "|".join(first.id[:2]), "|".join(first.id), members[0][0].reference)
    key = next(key for key in ids if key and key not in taken)
    school = _school(key, [person for person, _ in members])
    if not rows:
        return school
    title, place = rows[0].title, rows[0].place
    one_place = all(row.place == place for row in rows)
    return replace(school, name=title, place=place, called=rows[0].called if one_place else title)


def _school(key: str, members: Sequence[Registration]) -> School:
    counted: list[Registration] = []
    doubles: list[Registration] = []
    for member in members:
        if member.state in COUNTED:
            (doubles if any(_same_person(member, other) for other in counted) else counted).append(member)
    # Named as the first who counts typed it, before who was brought by a link; no stray post renames it.
    named = min(counted or members, key=lambda r: bool(r.via), default=None)
    name, place = (named.school, named.place) if named else ("", "")
    return School(key, name, place, tuple(members), tuple(counted), tuple(doubles))


def _same_person(a: Registration, b: Registration) -> bool:
    return a.email.casefold() == b.email.casefold() and is_same_name(a.name, b.name)


def reason_not_counted(registration: Registration, school: School) -> Reason | None:
    """Return why a person does not count for their school; None for a person who counts."""
    code = ReasonCode.DOUBLE if registration in school.doubles else _NOT_COUNTED.get(registration.state)
    return Reason(code) if code else None


_NOT_COUNTED = {
    State.CANCELLED: ReasonCode.CANCELLED,
    State.DECLINED: ReasonCode.DECLINED,
    State.LATE: ReasonCode.LATE,
    State.QUARANTINED: ReasonCode.QUARANTINED,
}
