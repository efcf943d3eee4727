"""Everybody who registered with one address, for who asks without showing that it is theirs."""

from shared.aws import items, keys
from shared.aws.store import Store
from shared.aws.store_post import versioned_puts
from shared.domain.registration.registration import Registration

_NO_REVISION = -1  # revisions count from 1


class Mailboxes:
    """Mailboxes by network and key of their address; raises `UnavailableError`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def on(self, network: str, key: str) -> tuple[Registration, ...]:
        """Return everybody who registered with one address."""
        return tuple(map(items.to_registration, self._store.query(keys.registrations_of(network), key)))

    def save(self, network: str, key: str, *changed: Registration) -> None:
        """Store who changed in one call, which is made as well when nobody did.

        Then it is refused, for nothing is of that revision: a stranger's address asks the same of the table
        as one that is registered. Where another write came first, nothing is stored.
        """
        nothing = [({"pk": keys.registrations_of(network), "sk": key}, _NO_REVISION)]
        self._store.put_all(versioned_puts(changed) or nothing, as_transaction=True)
