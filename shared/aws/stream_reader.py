"""Which process handles the stream, and whom a batch of the stream is about, as they are now."""

from collections.abc import Collection

from shared.aws import items, keys
from shared.aws.store import Store
from shared.domain.registration.registration import Registration


class StreamReader:
    """One process that handles batches of the stream; what it remembers is true if no other came between.

    An item names the process that last began a batch. Whoever finds another name there writes their own, and
    reads everything after that; the other finds this name before its next batch.
    """

    def __init__(self, store: Store, name: str) -> None:
        self._store, self._name = store, name

    def begin(self) -> bool:
        """Begin a batch; return whether this process began the batch before it too."""
        item = self._store.get(keys.STREAM, keys.STREAM)
        if item and item["reader"] == self._name:
            return True
        self._store.put({"pk": keys.STREAM, "sk": keys.STREAM, "reader": self._name})
        return False

    def people(self, network: str, person_keys: Collection[str]) -> dict[str, Registration | None]:
        """Return people by their keys as they are stored now; None for who is gone, or only a pointer."""
        stored = self._store.get_each(keys.registrations_of(network), sorted(person_keys))
        people = {item["sk"]: items.to_registration(item) for item in stored if not items.is_pointer(item)}
        return {key: people.get(key) for key in person_keys}
