"""Which registrations are of one school, and which of its people count."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from shared.domain.registration.history import as_of
from shared.domain.registration.identity import is_same_name
from shared.domain.registration.reason import ReasonCode
from shared.domain.registration.registration import COUNTED, Registration
from shared.domain.schools.arrival import arrival, earlier_selves, retyped
from shared.domain.schools.knowledge import NOTHING, SchoolKnowledge
from shared.domain.schools.reasons import PairReason
from shared.domain.schools.typing_source import typing_arrival, typing_sources
from shared.domain.text import fold_often

if TYPE_CHECKING:
    from shared.domain.schools.clusters import SpellingCluster
    from shared.domain.schools.spelling import Spelling


@dataclass(frozen=True, slots=True)
class School:
    """One school as the rule sees it: all its registrations, those that count, and those that have no place.

    `waiting` is why people wait for a place, by person key, and `is_waived` whether an exception to the rule
    holds at the deadline; `shared.domain.rule.waiting_list` fills them.
    """

    key: str
    name: str
    place: str
    registrations: tuple[Registration, ...]
    counted: tuple[Registration, ...]
    doubles: tuple[Registration, ...]
    register_name: str = ""  # if the register surely has it: "Bergcollege in Utrecht"
    waiting: Mapping[str, ReasonCode] = field(default_factory=dict, hash=False)
    is_waived: bool = False

    def missing(self, minimum: int) -> int:
        """Count the people this school still needs."""
        return max(0, minimum - len(self.counted))

    @property
    def is_waiting(self) -> bool:
        """Whether people count for this school and all of them wait for a place."""
        return bool(self.counted) and all(r.person_key in self.waiting for r in self.counted)

    def as_of(self, moment: datetime) -> "School":
        """Return this school as it was at a moment, with the people who belong to it now."""
        then = [old for r in self.registrations if (old := as_of(r, moment))]
        school = _count_people(self.key, then)
        return replace(school, name=self.name, place=self.place, register_name=self.register_name)


class SameSchoolDoubt(NamedTuple):
    """Two schools that may be one, and why that is not sure; an organiser decides."""

    one: School
    other: School
    reason: PairReason


class SchoolGrouping(NamedTuple):
    """The schools in the order of their names, and the doubts about them."""

    schools: tuple[School, ...]
    doubts: tuple[SameSchoolDoubt, ...]


def schools(
    registrations: Iterable[Registration], knowledge: SchoolKnowledge = NOTHING
) -> tuple[School, ...]:
    """Group registrations by school, ordered by the schools' names; each belongs to exactly one."""
    return group_by_school(registrations, knowledge).schools


def group_by_school(
    registrations: Iterable[Registration], knowledge: SchoolKnowledge = NOTHING
) -> SchoolGrouping:
    """Group registrations by school, with the doubts about which schools may be one."""
    # Imported here, because code that only reads a school needs none of the matching.
    from shared.domain.schools.bystanders import add_bystanders
    from shared.domain.schools.grouping import group_spellings
    from shared.domain.schools.spelling import spellings

    people = sorted(registrations, key=lambda r: (r.received_at, r.person_key))
    sources = list(typing_sources(people))
    typed = list(spellings(sources, knowledge))
    # Who never counted is of the school that they typed, and their typing is no evidence about any other.
    arrivals = [
        (at, person.person_key, spelling)
        for person, source, spelling in zip(people, sources, typed, strict=True)
        if (at := typing_arrival(person, source))
    ]
    selves = [earlier for person in people for earlier in earlier_selves(person)]
    before = spellings((self for _, self in selves), knowledge)
    arrivals += [(at, self.person_key, old) for (at, self), old in zip(selves, before, strict=True)]
    groups = group_spellings(arrivals, knowledge)
    clusters = add_bystanders(groups.clusters, typed)
    members: dict[SpellingCluster, list[tuple[Registration, Spelling]]] = {}
    for person, spelling in zip(people, typed, strict=True):
        members.setdefault(clusters[spelling.id], []).append((person, spelling))
    made: dict[SpellingCluster, School] = {}
    keys: set[str] = set()
    for cluster, in_cluster in members.items():
        made[cluster] = make_school(free_key(*in_cluster[0], keys), in_cluster)
        keys.add(made[cluster].key)
    doubts = (_make_doubt(made[a], made[b], reason) for a, b, reason in groups.doubts())
    return _in_order(made.values(), doubts)


def with_changed(grouping: SchoolGrouping, changed: Mapping[str, Registration]) -> SchoolGrouping | None:
    """Return the schools with some people, by person key, as they will be.

    None where that may change who is of which school: then all are grouped anew.
    """
    kept = dict[str, School]()
    left = dict(changed)
    for school in grouping.schools:
        if changed.keys().isdisjoint(r.person_key for r in school.registrations):
            kept[school.key] = school
            continue
        now = [left.pop(r.person_key, r) for r in school.registrations]
        if not all(
            old is new or _is_typed_alike(old, new)
            for old, new in zip(school.registrations, now, strict=True)
        ):
            return None
        kept[school.key] = _with_people(school, now)
    if left:
        return None
    doubts = (_make_doubt(kept[a.key], kept[b.key], reason) for a, b, reason in grouping.doubts)
    return _in_order(kept.values(), doubts)


def _in_order(made: Iterable[School], doubts: Iterable[SameSchoolDoubt]) -> SchoolGrouping:
    return SchoolGrouping(
        tuple(sorted(made, key=_sort_key)),
        tuple(sorted(doubts, key=lambda d: (_sort_key(d.one), _sort_key(d.other)))),
    )


def _with_people(school: School, people: Sequence[Registration]) -> School:
    now = _count_people(school.key, people)
    if not school.register_name:
        return now
    return replace(now, name=school.name, place=school.place, register_name=school.register_name)


def _is_typed_alike(old: Registration, new: Registration) -> bool:
    """Tell whether a person typed the same, from the same source, and came at the same instants."""
    return grouping_evidence(old) == grouping_evidence(new)


def grouping_evidence(person: Registration) -> tuple[object, ...]:
    """Return all of a person that decides who is of which school."""
    typed = (person.school, person.place, person.brin, person.earlier_typings)
    mail = (person.email, person.mail_domain)
    source = (person.reference, person.via, person.invited_by, person.received_at)
    return *typed, *mail, *source, arrival(person), retyped(person)


def school_of(
    person: str, registrations: Iterable[Registration], knowledge: SchoolKnowledge = NOTHING
) -> School:
    """Return the school that counts this person, who is one of the registrations."""
    return school_with(person, schools(registrations, knowledge))


def school_with(person: str, among: Iterable[School]) -> School:
    """Return the school that this person is registered for."""
    return next(s for s in among if any(r.person_key == person for r in s.registrations))


def _make_doubt(a: School, b: School, reason: PairReason) -> SameSchoolDoubt:
    one, other = sorted((a, b), key=_sort_key)
    return SameSchoolDoubt(one, other, reason)


def _sort_key(school: School) -> tuple[str, str, str]:
    return fold_often(school.name), fold_often(school.place), school.key


def free_key(first: Registration, spelling: "Spelling", taken: Container[str]) -> str:
    """Return a key that no other school has, by the first person of a school and their spelling."""
    ids = (spelling.code, "|".join(spelling.id[:2]), "|".join(spelling.id), first.reference)
    return next(key for key in ids if key and key not in taken)


def make_school(key: str, members: Sequence[tuple[Registration, "Spelling"]]) -> School:
    """Make a school; its name is from the register, or else as a person typed it."""
    rows = [s.matched.vestiging for _, s in members if s.matched.vestiging]
    school = _count_people(key, [person for person, _ in members])
    if not rows:
        return school
    title, place = rows[0].title, rows[0].place
    is_one_place = all(row.place == place for row in rows)
    register_name = rows[0].title_in_place if is_one_place else title
    return replace(school, name=title, place=place, register_name=register_name)


def _count_people(key: str, members: Sequence[Registration]) -> School:
    """Make a school of these people: one person counts once, and the name is as one of them typed it."""
    counted: list[Registration] = []
    doubles: list[Registration] = []
    for member in members:
        if member.state in COUNTED:
            (doubles if any(_is_same_person(member, other) for other in counted) else counted).append(member)
    # The first person who counts gives the name; people who used a link come last. No stray post renames it.
    named = min(counted or members, key=lambda r: bool(r.via), default=None)
    name, place = (named.school, named.place) if named else ("", "")
    return School(key, name, place, tuple(members), tuple(counted), tuple(doubles))


def _is_same_person(a: Registration, b: Registration) -> bool:
    return a.email.casefold() == b.email.casefold() and is_same_name(a.name, b.name)
