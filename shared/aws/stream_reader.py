"""Which process handles the stream, and whom a batch of the stream is about, as they are now."""

from collections.abc import Collection

from shared.aws import items, keys
from shared.aws.quiet_networks import names_in
from shared.aws.store import Store
from shared.domain.registration.registration import Registration


class StreamReader:
    """One process that handles batches of the stream; what it remembers is true if no other came between.

    An item names the process that last began a batch. Whoever finds another name there writes their own, and
    reads everything after that; the other finds this name before its next batch.
    """

    def __init__(self, store: Store, name: str) -> None:
        self._store, self._name = store, name

    def begin(self, networks: Collection[str] = ()) -> bool:
        """Begin a batch about some networks; return whether this process began the batch before it too.

        These networks are quiet no longer, nor is any if the batch is about what all of them share.
        """
        item = self._store.get(keys.STREAM, keys.STREAM) or {}
        is_ours, ended = item.get("reader") == self._name, names_in(item, networks)
        if not is_ours or ended:
            names = {f"#n{number}": name for number, name in enumerate(ended)}
            removal = f"REMOVE {', '.join(names)} " if names else ""
            change, values = f"{removal}SET reader = :reader", {":reader": self._name}
            self._store.update(keys.STREAM, keys.STREAM, change, values, names=names)
        return is_ours

    def people(self, network: str, person_keys: Collection[str]) -> dict[str, Registration | None]:
        """Return people by their keys as they are stored now; None for who is gone, or only a pointer."""
        stored = self._store.get_each(keys.registrations_of(network), sorted(person_keys))
        people = {item["sk"]: items.to_registration(item) for item in stored if not items.is_pointer(item)}
        return {key: people.get(key) for key in person_keys}
