"""A grouping that can be added to: people who came after everybody in it, and nobody else.

People are grouped in the order in which they came, so that those who come last only have to be added.
"""

from bisect import insort
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from shared.domain.registration.registration import Registration
from shared.domain.schools.arrival import earlier_selves
from shared.domain.schools.bystanders import add_bystanders
from shared.domain.schools.clusters import SpellingCluster
from shared.domain.schools.grouping import SpellingGroups
from shared.domain.schools.knowledge import SchoolKnowledge
from shared.domain.schools.school import School, free_key, make_school
from shared.domain.schools.spelling import Spelling, spellings
from shared.domain.schools.typing_source import typing_arrival, typing_source

_Moment = tuple[datetime, str]  # when, and the key of the person: that orders who came at once
_Arrival = tuple[datetime, str, Spelling]
_NEVER: _Moment = (datetime.min.replace(tzinfo=UTC), "")


class GrowingSchools:
    """The schools of some people, each made when somebody looks at it; always as `group_by_school` has them.

    Once it said that it cannot add somebody, it is of no use any more.
    """

    def __init__(self, people: Iterable[Registration], knowledge: SchoolKnowledge) -> None:
        self.people: dict[str, Registration] = {}
        self.by_reference: dict[str, Registration] = {}
        self._knowledge, self._groups = knowledge, SpellingGroups(knowledge)
        self._mentioned: set[str] = set()  # the references of everybody who may have brought somebody
        self._last_came = self._last_arrived = _NEVER
        self._typed: dict[str, Spelling] = {}
        self._bystanders: dict[str, Spelling] = {}
        self._clusters: dict[str, SpellingCluster] = {}  # of bystanders that nobody who counted typed like
        self._members: dict[SpellingCluster, list[str]] = {}
        self._entered: Counter[SpellingCluster] = Counter()
        self._keys: dict[SpellingCluster, str] = {}
        self._taken: set[str] = set()
        self._made: dict[SpellingCluster, School] = {}
        self._is_crowded = False  # whether any school has another key than its first choice
        newest = sorted(people, key=_came)
        self._group(self._read(newest))
        self._clusters = self._place_bystanders()
        self._seat(newest)

    def mentions(self, reference: str) -> bool:
        """Say whether anybody says that they were brought by the person with this reference."""
        return reference in self._mentioned

    def add(self, people: Iterable[Registration]) -> bool:
        """Add people, if they came after everybody else and nobody else's school changes."""
        newest = sorted(people, key=_came)
        if any(r.reference in self._mentioned or r.reference in self.by_reference for r in newest):
            return False
        if any(_came(r) < self._last_came or r.earlier_typings for r in newest):
            return False
        arrivals = self._read(newest)
        if len(arrivals) < len(newest) or (arrivals and arrivals[0][:2] < self._last_arrived):
            return False
        is_news = self._group(arrivals)
        if is_news and self._bystanders and not self._are_bystanders_where_they_were():
            return False
        self._seat(newest)
        # People of another cluster came with a spelling that made one school of two.
        return all(
            self._entered[cluster] == cluster.people
            for cluster in {self._cluster(r.person_key) for r in newest}
        )

    def retype(self, person: Registration) -> bool:
        """Take somebody who types another school now, if nobody came since and nobody else moves."""
        key, old = person.person_key, self.people[person.person_key]
        if self._bystanders or self._is_crowded or self.mentions(person.reference):
            return False
        before, left = self._arrivals_of(old), self._cluster(key)
        self.people[key] = self.by_reference[person.reference] = person
        now = self._arrivals_of(person)
        is_one_more = [(at, s.id) for at, _, s in now[:-1]] == [(at, s.id) for at, _, s in before]
        if not is_one_more or now[-1][:2] < self._last_arrived or _came(old) != _came(person):
            return False
        self._typed[key] = now[-1][2]
        self._group(now[-1:])
        return self._move(key, left, self._cluster(key))

    def _move(self, key: str, left: SpellingCluster, to: SpellingCluster) -> bool:
        """Put somebody in another cluster; False if that made one school of two, or their keys collide."""
        self._members[left].remove(key)
        self._entered[left] -= 1
        insort(self._members.setdefault(to, []), key, key=lambda each: _came(self.people[each]))
        self._entered[to] += 1
        for cluster in {left, to}:
            self._made.pop(cluster, None)
            self._taken.discard(self._keys.pop(cluster, ""))
        if not self._members[left]:
            del self._members[left], self._entered[left]
        for cluster in {left, to} & self._members.keys():
            first = self._members[cluster][0]
            choice = free_key(self.people[first], self._typed[first], ())
            if choice in self._taken or self._entered[cluster] != cluster.people:
                return False
            self._keys[cluster] = choice
            self._taken.add(choice)
        return True

    def _arrivals_of(self, person: Registration) -> list[_Arrival]:
        """Return when each typing of one person came to count."""
        source = typing_source(person, self.by_reference)
        selves = [*earlier_selves(person), *((at, source) for at in [typing_arrival(person, source)] if at)]
        typed = spellings((self for _, self in selves), self._knowledge)
        return [(at, person.person_key, each) for (at, _), each in zip(selves, typed, strict=True)]

    def replace(self, person: Registration) -> None:
        """Put a person in the place of themselves as they were; they typed the same and came at that time."""
        self.people[person.person_key] = self.by_reference[person.reference] = person
        self._made.pop(self._cluster(person.person_key), None)

    def school_of(self, person: str) -> School:
        """Return the school of a person; raise `KeyError` for somebody who is not here."""
        return self._school(self._cluster(person))

    def schools(self) -> Iterator[School]:
        """Yield every school, in the order in which their first people came."""
        return map(self._school, self._members)

    def _school(self, cluster: SpellingCluster) -> School:
        if cluster not in self._made:
            members = [(self.people[key], self._typed[key]) for key in self._members[cluster]]
            self._made[cluster] = make_school(self._keys[cluster], members)
        return self._made[cluster]

    def _cluster(self, person: str) -> SpellingCluster:
        spelling = self._typed[person]
        return self._groups.clusters.get(spelling.id) or self._clusters[person]

    def _read(self, newest: Sequence[Registration]) -> list[_Arrival]:
        """Note people with what they typed, and return when each typing came to count, in that order."""
        self.people |= {r.person_key: r for r in newest}
        self.by_reference |= {r.reference: r for r in newest}
        self._mentioned |= {reference for r in newest for reference in (r.via, r.invited_by)}
        sources = [typing_source(person, self.by_reference) for person in newest]
        typed = spellings(sources, self._knowledge)
        arrivals: list[_Arrival] = []
        # As `group_by_school` reads them.
        for person, source, spelling in zip(newest, sources, typed, strict=True):
            self._typed[person.person_key] = spelling
            if at := typing_arrival(person, source):
                arrivals.append((at, person.person_key, spelling))
            else:
                self._bystanders[person.person_key] = spelling
        selves = [earlier for person in newest for earlier in earlier_selves(person)]
        before = spellings((self for _, self in selves), self._knowledge)
        arrivals += [(at, self.person_key, old) for (at, self), old in zip(selves, before, strict=True)]
        return sorted(arrivals, key=lambda each: each[:2])

    def _group(self, arrivals: Sequence[_Arrival]) -> bool:
        """Group what people typed; return whether anybody typed what nobody did before."""
        is_news = False
        for at, person, spelling in arrivals:
            is_news = is_news or spelling.id not in self._groups.clusters
            self._groups.add(spelling, person)
            self._last_arrived = (at, person)
        return is_news

    def _place_bystanders(self) -> dict[str, SpellingCluster]:
        """Return the clusters of who never counted, as far as nobody who counted typed what they did."""
        if not self._bystanders:
            return {}
        clusters = add_bystanders(self._groups.clusters, self._bystanders.values())
        left = self._bystanders.items()
        return {key: clusters[s.id] for key, s in left if s.id not in self._groups.clusters}

    def _are_bystanders_where_they_were(self) -> bool:
        """Say whether what was typed now leaves each bystander with the same people."""
        now = self._place_bystanders()
        ours = set(self._groups.clusters.values())
        before = {key: cluster if cluster in ours else None for key, cluster in self._clusters.items()}
        return before == {key: cluster if cluster in ours else None for key, cluster in now.items()}

    def _seat(self, newest: Iterable[Registration]) -> None:
        """Put people in their clusters, in the order in which they came."""
        for person in newest:
            key = person.person_key
            cluster = self._cluster(key)
            if cluster not in self._members:
                self._keys[cluster] = free_key(person, self._typed[key], self._taken)
                self._taken.add(self._keys[cluster])
                self._is_crowded |= self._keys[cluster] != free_key(person, self._typed[key], ())
            self._members.setdefault(cluster, []).append(key)
            self._entered[cluster] += key not in self._bystanders
            self._made.pop(cluster, None)
            self._last_came = _came(person)


def _came(person: Registration) -> _Moment:
    return person.received_at, person.person_key
