"""Brings a table that AWS restored back into the stack's own: only what that lacks, and in a safe order.

No function imports this. Whatever the own table has is newer, so nothing in it changes, and a second run goes
on where the first one stopped.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple

from shared.aws import audit, keys
from shared.aws.clients import dynamodb
from shared.aws.export_reader import Export
from shared.aws.exports import keyed
from shared.aws.restored_items import erased_addresses, erased_person, is_forgotten, is_over, settled_mail
from shared.aws.store import Store
from shared.aws.wire import Item, from_wire, to_wire, translating_errors
from shared.domain.registration.registration import ERASED

_REGISTER = "REGISTER"  # `shared.aws.registers`, which takes long to import


class Piece(NamedTuple):
    """One item to put back, of which kind, and what was done to it first: settled, erased or nothing."""

    kind: str
    item: Item
    change: str = ""


class LostPerson(NamedTuple):
    """Somebody whom an export names and no table has, and whether they registered again since."""

    network: str
    reference: str
    came_back: bool


class Restoring:
    """The own table, the restored one and the exports since, the newest first; raises `UnavailableError`."""

    def __init__(
        self, own: Store, restored: Store, exports: Sequence[Export], hash_keys: Sequence[bytes]
    ) -> None:
        self._own, self._restored, self._exports, self._hash_keys = own, restored, exports, hash_keys

    def missing_pieces(self, at: datetime, now: datetime) -> Iterator[Piece]:
        """Yield what the own table lacks of a table restored to `at`, in the order to put it back.

        What is owed follows from the table alone, so the records of mails come first, and what causes mails
        last: people, and then reports.
        """
        files = {item["sk"]: item for item in self._in_both([keys.NETWORKS])}
        networks = [name for name, file in files.items() if not is_forgotten(file, now)]
        erased = self._erased(networks, at)
        mails = list(map(keys.mails_of, networks))
        # Also those to who was erased, which say no more than that: some can still be mailed.
        for piece in self._lacking("mail", mails, now, self._exported("mail")):
            yield piece._replace(item=settled_mail(piece.item), change=_change(piece.item))
        yield from self._ledgers()
        if not self._own.get(_REGISTER, _REGISTER) and (item := self._restored.get(_REGISTER, _REGISTER)):
            yield Piece("register", item)  # its bytes come whole in this call only
        others = [keys.AUDIT, keys.SCHOOL_RULINGS, *map(keys.counts_of, files)]
        yield from self._lacking("other", others, now)
        yield from self._lacking("decision", list(map(keys.decisions_of, networks)), now)
        yield from self._lacking("network", [keys.NETWORKS, *map(keys.versions_of, files)], now)
        for network in networks:
            yield from self._people(network, erased, now)
        yield from self._kept_posts(networks, now)
        yield from self._lacking(
            "report", list(map(keys.reports_of, networks)), now, self._exported("report")
        )

    def put_back(self, piece: Piece) -> bool:
        """Put one item back; False if the own table has it meanwhile."""
        return self._own.put_new({"v": 1, **piece.item})  # an item without a version is of the first

    def lost_people(self) -> tuple[LostPerson, ...]:
        """Return whom the exports name and the own table has not, even after everything was put back."""
        people = [person for person in self._latest_people() if not person["is_erased"]]
        networks = {person["network"] for person in people}
        stored = [(name, item) for name in networks for item in _all(self._own, keys.registrations_of(name))]
        references = {item.get("reference") for _, item in stored}
        hashes = {keyed(key, name, item["sk"]) for key in self._hash_keys for name, item in stored}
        return tuple(
            LostPerson(person["network"], person["reference"], person["hash"] in hashes)
            for person in people
            if person["reference"] not in references
        )

    def _lacking(
        self, kind: str, pks: Sequence[str], now: datetime, exported: Iterable[Item] = ()
    ) -> Iterator[Piece]:
        """Yield what the own table lacks of these partitions, from the newest source that has it."""
        present = {(pk, item["sk"]) for pk in pks for item in _all(self._own, pk, "sk")}
        newer = (item for item in exported if item["pk"] in pks)
        older = (item for pk in pks for item in _all(self._restored, pk))
        for item in chain(newer, older):
            if (item["pk"], item["sk"]) not in present and not is_over(item, now):
                present.add((item["pk"], item["sk"]))
                yield Piece(kind, item)

    def _people(self, network: str, erased: frozenset[str], now: datetime) -> Iterator[Piece]:
        pk = keys.registrations_of(network)
        addresses = erased_addresses(_all(self._restored, pk), erased)
        for piece in self._lacking("person", [pk], now):
            item = erased_person(piece.item, erased, addresses, now)
            yield piece if item == piece.item else piece._replace(item=item, change="erased")

    def _kept_posts(self, networks: Sequence[str], now: datetime) -> Iterator[Piece]:
        answered = frozenset(self._exported("answered"))
        for network in networks:
            for piece in self._lacking("kept post", [keys.kept_posts_of(network)], now):
                answer = f"ANSWERED-{piece.item['sk']}-{piece.item.get('at')}"
                if answered.isdisjoint(keyed(key, network, answer) for key in self._hash_keys):
                    yield piece

    def _ledgers(self) -> Iterator[Piece]:
        """Yield the ledgers of addresses, each of which is a partition of its own."""
        present = {item["pk"] for item in _ledgers_in(self._own)}
        for item in _ledgers_in(self._restored):
            if item["pk"] not in present:
                yield Piece("ledger", item)

    def _erased(self, networks: Sequence[str], at: datetime) -> frozenset[str]:
        """Return the references of everybody who was erased since an instant, as far as anything says so."""
        latest = {person["reference"]: person["is_erased"] for person in self._latest_people()}
        own = (item for name in networks for item in _all(self._own, keys.registrations_of(name)))
        references = {item["reference"] for item in own if item.get("name") == ERASED}
        for entry in audit.entries(self._own):
            if entry.act == "erase" and entry.at > at:
                references |= set(entry.references)
        return frozenset(references | {reference for reference, is_erased in latest.items() if is_erased})

    def _latest_people(self) -> Iterator[Mapping[str, Any]]:
        """Yield everybody in the exports once, as the newest one with them says."""
        latest: dict[str, Mapping[str, Any]] = {}
        for person in self._exported("person"):
            latest.setdefault(person["reference"], person)
        yield from latest.values()

    def _exported(self, kind: str) -> Iterator[Any]:
        return (line for export in self._exports for line in export.read_lines(kind))

    def _in_both(self, pks: Sequence[str]) -> Iterator[Item]:
        """Yield the items of partitions in either table, those of the own one last."""
        return (item for store in (self._restored, self._own) for pk in pks for item in _all(store, pk))


def _change(mail: Item) -> str:
    return "" if settled_mail(mail) == mail else "settled"


def _all(store: Store, pk: str, attributes: str = "") -> Iterator[Item]:
    return store.query_all_versions(pk, attributes=attributes)


def _ledgers_in(store: Store) -> Iterator[Item]:
    pages = (
        dynamodb()
        .get_paginator("scan")
        .paginate(
            TableName=store.name,
            FilterExpression="begins_with(pk, :pk)",
            ExpressionAttributeValues=to_wire({":pk": keys.address("")}),
            ConsistentRead=True,
        )
    )
    with translating_errors():
        for page in pages:
            yield from map(from_wire, page["Items"])
