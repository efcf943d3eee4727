"""What this process remembers of each network, so that a mail costs the same in a small and in a large one.

Batches of the stream use it; whom a batch is about is read again. The sweep reads everything: it depends on
nothing that the stream may have lost.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from shared.aws import keys
from shared.aws.schools import Schools
from shared.aws.stream_reader import StreamReader
from shared.aws.table import Table
from shared.aws.wire import from_wire
from shared.domain.network.network import Network
from shared.domain.registration.bounces import addresses_of
from shared.domain.registration.registration import ORGANISER, Registration
from shared.domain.schools.current import CurrentSchools, EarlierSchool
from shared.domain.schools.knowledge import SchoolKnowledge

_LONG = timedelta(hours=1)  # a stream that stood still may have lost records
# People in one batch: more may wait behind it, whom mails must count, and these share what reading costs.
_MANY = 25


class NetworkCopy:
    """The people of a network as they were read and have changed since; who is unjudged counts for nothing.

    `earlier` holds, by person key, the school that somebody left with the batch of now.
    """

    def __init__(self, stored: Sequence[Registration], knowledge: SchoolKnowledge, read_at: datetime) -> None:
        self.read_at = read_at
        self.unjudged = tuple(r for r in stored if r.unjudged)  # when it was read
        judged = [r for r in stored if not r.unjudged]
        self.schools = CurrentSchools(judged, knowledge)
        # The keys of people by that of their address, of whoever has another key: nearly nobody.
        self._on_mailbox: defaultdict[str, set[str]] = defaultdict(set)
        for person in judged:
            self._put_on_mailboxes(person)
        self.earlier: Mapping[str, EarlierSchool] = {}

    @property
    def registrations(self) -> tuple[Registration, ...]:
        """Everybody in order of arrival; within one post the person who filled in the form comes first."""
        return tuple(sorted(self.schools.everyone, key=lambda r: (r.received_at, bool(r.invited_by))))

    def has_inviters(self, people: Mapping[str, Registration | None]) -> bool:
        """Say whether it holds who brought these people; who is aside is only read with whom they brought."""
        new = [person for person in people.values() if person]
        references = {person.reference for person in new}
        inviters = {person.invited_by for person in new} - references - {"", ORGANISER}
        return all(map(self.schools.with_reference, inviters))

    def change(self, people: Mapping[str, Registration | None]) -> None:
        """Take people, by key, as they are now."""
        now = {key: None if not new or new.unjudged else new for key, new in people.items()}
        for new in filter(None, now.values()):
            self._put_on_mailboxes(new)
        self.earlier = self.schools.change(now)

    def mailbox_sharers(self, person: Registration) -> list[Registration]:
        """Return who else has an address of this person, or had it first, in order of arrival."""
        addresses = addresses_of(person)
        sharers = addresses.union(*(self._on_mailbox.get(address, ()) for address in addresses))
        others = map(self.schools.person, sharers - {person.person_key})
        return sorted(filter(None, others), key=lambda r: (r.received_at, r.person_key))

    def _put_on_mailboxes(self, person: Registration) -> None:
        for address in addresses_of(person) - {person.person_key}:
            self._on_mailbox[address].add(person.person_key)


class Copies:
    """The copies of networks, true as long as this process handles every batch of the stream."""

    def __init__(self, table: Table, schools: Schools, reader: StreamReader) -> None:
        self._table, self._schools, self._reader = table, schools, reader
        self._copies: dict[str, NetworkCopy] = {}

    def catch_up(self, records: Iterable[Any]) -> None:
        """Begin a batch: read whom it is about, or forget everything where that is not enough."""
        changes = list(_changes(records))
        if not changes:
            return
        try:
            self._forget_untrue(
                max(change.at for change in changes), {keys.network_of(change.key) for change in changes}
            )
            touched: defaultdict[str, set[str]] = defaultdict(set)
            for change in changes:
                if keys.is_registration(change.key) and not change.counts_for_nothing:
                    touched[keys.network_of(change.key)].add(change.key["sk"])
            for network in touched.keys() & self._copies.keys():
                people = touched[network]
                if len(people) >= _MANY or not self._changes_into(network, people):
                    del self._copies[network]
        except Exception:
            self._copies.clear()
            raise

    def copy(self, network: Network, at: datetime) -> NetworkCopy:
        """Return the copy of a network, with what is known of schools at an instant."""
        if network.id not in self._copies:
            self._copies[network.id] = self._read(network, at)
        copy = self._copies[network.id]
        copy.schools.know(self._schools.at(at))
        return copy

    def anew(self, network: Network, at: datetime) -> NetworkCopy:
        """Read a network; remember it only if the stream has mailed for it, so that few are in memory."""
        is_kept = self._copies.pop(network.id, None) is not None
        copy = self._read(network, at)
        if is_kept:
            self._copies[network.id] = copy
        return copy

    def _changes_into(self, network: str, keys_of_people: set[str]) -> bool:
        """Read people into the copy of a network; False if it lacks somebody who brought one of them."""
        people, copy = self._reader.people(network, keys_of_people), self._copies[network]
        if not copy.has_inviters(people):
            return False
        copy.change(people)
        return True

    def _read(self, network: Network, at: datetime) -> NetworkCopy:
        return NetworkCopy(self._table.everybody_but_aside(network.id), self._schools.at(at), at)

    def _forget_untrue(self, at: datetime, networks: set[str]) -> None:
        """Forget what another process may know better, and what was read long ago."""
        if not self._reader.begin(networks):
            self._copies.clear()
        self._copies = {id_: copy for id_, copy in self._copies.items() if abs(at - copy.read_at) < _LONG}


class _ItemChange(NamedTuple):
    """When an item was written, its key, and whether it is a new person's who is not judged yet."""

    at: datetime
    key: Mapping[str, Any]
    counts_for_nothing: bool


def _changes(records: Iterable[Any]) -> Iterator[_ItemChange]:
    for record in records:
        with suppress(Exception):  # one that cannot be read fails where it is handled
            change = record["dynamodb"]
            images = (change.get(name) for name in ("Keys", "NewImage", "OldImage"))
            image = next(filter(None, images))
            key = from_wire({name: image[name] for name in ("pk", "sk")})
            is_new = "NewImage" in change and "OldImage" not in change
            at = datetime.fromtimestamp(change["ApproximateCreationDateTime"], UTC)
            yield _ItemChange(at, key, is_new and "unjudged" in change["NewImage"])
