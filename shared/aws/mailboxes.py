"""Everybody who registered with one address, for a visitor who has not proved that it is theirs."""

from shared.aws import items, keys
from shared.aws.store import Store, pieces
from shared.aws.store_post import versioned_puts
from shared.domain.registration.registration import Registration

_NO_REVISION = -1  # stored revisions start at 1


class Mailboxes:
    """Mailboxes by network and key of their address; raises `UnavailableError`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def registered_with(self, network: str, key: str) -> tuple[Registration, ...]:
        """Return everybody who registered with one address, or corrected theirs to it.

        An address that nobody corrected theirs to causes a call too, like one that somebody did.
        """
        pk = keys.registrations_of(network)
        stored = list(self._store.query(pk, key))
        people = {item["sk"]: item for item in stored if not items.is_pointer(item)}
        for target in [item["person_key"] for item in stored if items.is_pointer(item)] or [key]:
            item = self._store.get(pk, target)
            if item and not items.is_pointer(item):
                people[target] = item
        return tuple(map(items.to_registration, people.values()))

    def save(self, network: str, key: str, *changed: Registration) -> None:
        """Store changed registrations in one call, and make that call too if there are none.

        Without registrations the call fails on a revision that never exists, so an unknown address causes the
        same call as a registered one. More than fit in one call are more calls, each for people of its own;
        after another write of any of them in between, nothing of that call is stored.
        """
        impossible = [({"pk": keys.registrations_of(network), "sk": key}, _NO_REVISION)]
        for piece in pieces(versioned_puts(changed) or impossible):
            self._store.put_all(piece, as_transaction=True)
