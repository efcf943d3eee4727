"""In which school each person was last grouped, so that an own page reads one school and groups nobody.

The mail function stores it: with each batch for whom it is about, and with each sweep for everybody. An item
names the knowledge of schools by which all were grouped. Whoever writes by other knowledge unnames it first.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from shared.aws import items, keys
from shared.aws.store import Filter, Store, pieces
from shared.aws.wire import Item
from shared.domain.registration.registration import Registration
from shared.domain.schools.knowledge import SchoolKnowledge
from shared.domain.schools.membership import Membership, school_of_members
from shared.domain.schools.school import School

_ALL = "KNOWLEDGE"  # the sort key of the item that names the knowledge by which all memberships were made
_NEW: Item = {"knowledge": "", "revision": 0}  # in place of an item that is not there yet
_MOST_AT_ONCE = 2_500  # people of one sweep: a hundred transactions
_TRIES = 3  # of one write, when others of the same people come first


class StoredSchool(NamedTuple):
    """A school, and the name that it has in the memberships of its people."""

    name: str
    school: School


class Memberships:
    """The stored memberships of networks; raises `UnavailableError` wherever DynamoDB fails."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read_school(self, me: Registration, knowledge: SchoolKnowledge) -> StoredSchool | None:
        """Return the school of a person, with everybody in it as they are now.

        None where somebody in it has changed since, or where not all memberships are by this knowledge.
        """
        pk = keys.members_of(me.network)
        stored = {item["sk"]: item for item in self._store.get_each(pk, [me.person_key, _ALL])}
        mine = stored.get(me.person_key)
        if not mine or stored.get(_ALL, {}).get("knowledge") != knowledge.name:
            return None
        later: list[Item] = []
        only = Filter("#school = :school", {":school": mine["school"]}, {"#school": "school"})
        members = list(map(_to_membership, self._store.query(pk, only=only, unreadable=later)))
        everyone = [member.person_key for member in members]
        read = self._store.get_each(keys.registrations_of(me.network), everyone)
        people = {item["sk"]: items.to_registration(item) for item in read}
        is_true = people.keys() == set(everyone) and all(m.is_of(people[m.person_key]) for m in members)
        if not is_true or later:
            return None
        return StoredSchool(mine["school"], school_of_members(people.values(), knowledge))

    def find_school(self, network: str, person_key: str) -> str:
        """Return the name of a person's school as it was last stored; empty for none."""
        item = self._store.get(keys.members_of(network), person_key)
        return str(item["school"]) if item else ""

    def add_members(self, network: str, came: Iterable[Membership]) -> bool:
        """Store of which school new people are; False if a school of anybody was stored before, and stays."""
        puts = [_over(_NEW, _from_membership(network, each)) for each in came]
        return not [item for put in puts for item in self._store.put_all([put])]

    def read(self, network: str) -> Mapping[str, Item]:
        """Return what is stored of a network, to be settled with people who are read after it."""
        return {item["sk"]: item for item in self._store.query(keys.members_of(network))}

    def settle(
        self, network: str, stored: Mapping[str, Item], everybody: Iterable[Membership], knowledge: str
    ) -> None:
        """Store where everybody is, over what was read, and by which knowledge once that is all."""
        changed = [each for each in everybody if _differs(each, stored)]
        named = self._write(network, stored, changed[:_MOST_AT_ONCE], knowledge)
        if named and len(changed) <= _MOST_AT_ONCE and named["knowledge"] != knowledge:
            self._store.put_all([_naming(network, knowledge, named)])

    def keep(
        self, network: str, some: Sequence[Membership], knowledge: str, changed: Collection[str]
    ) -> None:
        """Store where some people are, of whom those whose keys are in `changed` have changed.

        Of the others a stored membership by other evidence is newer than what we know of them, and stays.
        """
        for _ in range(_TRIES):
            sks = [_ALL, *(each.person_key for each in some)]
            stored = {item["sk"]: item for item in self._store.get_each(keys.members_of(network), sks)}
            news = [
                each
                for each in some
                if _differs(each, stored)
                and (each.person_key in changed or _is_by(each.evidence, stored.get(each.person_key)))
            ]
            if self._write(network, stored, news, knowledge):
                return

    def _write(
        self, network: str, stored: Mapping[str, Item], news: Sequence[Membership], knowledge: str
    ) -> Item | None:
        """Write memberships over those that were read, and return what names the knowledge of all.

        None where another write came first.
        """
        named = stored.get(_ALL, _NEW)
        if news and named["knowledge"] not in ("", knowledge):
            unnaming = _naming(network, "", named)
            if self._store.put_all([unnaming]):
                return None
            named = unnaming[0]
        puts = [_over(stored.get(each.person_key, _NEW), _from_membership(network, each)) for each in news]
        blocking = [item for piece in pieces(puts) for item in self._store.put_all(piece)]
        return None if blocking else named


def _differs(membership: Membership, stored: Mapping[str, Item]) -> bool:
    item = stored.get(membership.person_key)
    return not item or _to_membership(item) != membership


def _is_by(evidence: str, item: Item | None) -> bool:
    return not item or item["evidence"] == evidence


def _over(earlier: Item, item: Item) -> tuple[Item, int | None]:
    """Return an item to write, and the revision that it replaces; None for a new one."""
    revision = int(earlier["revision"])
    return {**item, "revision": revision + 1}, revision or None


def _naming(network: str, knowledge: str, earlier: Item) -> tuple[Item, int | None]:
    """Return what names the knowledge by which all memberships are, empty for none, to write over that."""
    return _over(earlier, {"pk": keys.members_of(network), "sk": _ALL, "knowledge": knowledge})


def _from_membership(network: str, membership: Membership) -> Item:
    key, school, evidence = membership
    return {"pk": keys.members_of(network), "sk": key, "school": school, "evidence": evidence}


def _to_membership(item: Item) -> Membership:
    return Membership(item["sk"], item["school"], item["evidence"])
