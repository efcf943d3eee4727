"""The schools of a network as its people change: grouped anew only where a change may move somebody."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from shared.domain.registration.put_aside import without_aside
from shared.domain.registration.registration import Registration, State
from shared.domain.schools.growing import GrowingSchools
from shared.domain.schools.knowledge import SchoolKnowledge
from shared.domain.schools.school import School, grouping_evidence


class EarlierSchool(NamedTuple):
    """A person as they were in a school that they may have left, and the keys of everybody in it."""

    person: Registration
    people: tuple[str, ...]


class CurrentSchools(Mapping[str, School]):
    """The school of each person who is not aside, by person key; made when somebody looks at it.

    Whoever is new and came last is added, and so is what somebody typed last. A person who typed the same as
    before takes their own place. After any other change everybody is grouped anew, at the next look.
    """

    def __init__(self, everyone: Iterable[Registration], knowledge: SchoolKnowledge) -> None:
        self._everyone = {r.person_key: r for r in everyone}
        self.knowledge = knowledge
        self._grown: GrowingSchools | None = None
        self._aside: set[str] = set()  # references

    @property
    def everyone(self) -> Iterable[Registration]:
        """Everybody in the network, also who is aside."""
        return self._everyone.values()

    def __getitem__(self, person: str) -> School:
        return self._schools.school_of(person)

    def __contains__(self, person: object) -> bool:
        return person in self.people

    def __iter__(self) -> Iterator[str]:
        return iter(self.people)

    def __len__(self) -> int:
        return len(self.people)

    def each(self) -> Iterator[School]:
        """Yield every school once."""
        return self._schools.schools()

    def person(self, key: str) -> Registration | None:
        """Return somebody by their key, also who is aside."""
        return self._everyone.get(key)

    @property
    def people(self) -> Mapping[str, Registration]:
        """Everybody who is not aside, by person key."""
        return self._schools.people

    def with_reference(self, reference: str) -> Registration | None:
        """Return the person with a reference; nobody who is aside."""
        return self._schools.by_reference.get(reference)

    def know(self, knowledge: SchoolKnowledge) -> None:
        """Go by what is known of schools now; after a ruling or another register all are grouped anew."""
        if knowledge is not self.knowledge:
            self.knowledge, self._grown = knowledge, None

    def change(self, changed: Mapping[str, Registration | None]) -> Mapping[str, EarlierSchool]:
        """Take people, by key, as they are now; None for somebody who is gone.

        Returns the earlier schools of who may have left theirs, as far as schools were grouped.
        """
        earlier = dict(self._schools_that_are_left(changed))
        came: list[Registration] = []
        # Who is aside first: somebody whom they brought may come with them.
        for key, new in sorted(changed.items(), key=lambda each: _may_join(each[1])):
            old = self._everyone.pop(key, None)
            if new:
                self._everyone[key] = new
            if not self._grown or old == new:
                continue
            if not self._fits(old, new, came):
                self._grown = None
        if self._grown and not self._grown.add(came):
            self._grown = None
        return earlier

    def _schools_that_are_left(
        self, changed: Mapping[str, Registration | None]
    ) -> Iterator[tuple[str, EarlierSchool]]:
        for key in changed.keys() & self._grown.people.keys() if self._grown else ():
            old, new = self._everyone[key], changed[key]
            if not new or _ways(old) != _ways(new):
                yield key, EarlierSchool(old, tuple(r.person_key for r in self[key].registrations))

    def _fits(self, old: Registration | None, new: Registration | None, came: list[Registration]) -> bool:
        """Say whether a change moves nobody else; who is new to the schools is added to those who came."""
        assert self._grown  # noqa: S101 whoever calls this looked # nosec B101
        if old and old.person_key in self._grown.people:
            if not new or _may_join(old) != _may_join(new):
                return False
            if grouping_evidence(old) != grouping_evidence(new):
                return self._grown.retype(new)
            self._grown.replace(new)
            return True
        if old:
            self._aside.discard(old.reference)
        if not new:
            return True
        if _may_join(new):
            came.append(new)
            return new.invited_by not in self._aside
        self._aside.add(new.reference)
        return not self._grown.mentions(new.reference)

    @property
    def _schools(self) -> GrowingSchools:
        if self._grown is None:
            people = without_aside(self._everyone.values())
            self._grown = GrowingSchools(people, self.knowledge)
            self._aside = {r.reference for key, r in self._everyone.items() if key not in self._grown.people}
        return self._grown


def _may_join(person: Registration | None) -> bool:
    return person is not None and person.state is not State.QUARANTINED


def _ways(person: Registration) -> tuple[str, ...]:
    return person.school, person.place, person.via
