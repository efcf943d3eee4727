"""The person and the mails of the daily probe, whose network has nobody else."""

from shared.aws import items, keys
from shared.aws.store import Store
from shared.domain.network.network import PROBE
from shared.domain.outbox import MailState

_ARRIVED = (MailState.DELIVERED,)


class ProbeItems:
    """What the probe of the day before left in the table."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def is_delivered(self) -> bool | None:
        """Say whether a mail to the last probe arrived; None if there was no probe."""
        if not any(True for _ in self._store.query_all_versions(keys.registrations_of(PROBE))):
            return None
        return any(items.to_mail(item).state in _ARRIVED for item in self._store.query(keys.mails_of(PROBE)))

    def delete_all(self) -> None:
        """Delete the person, and what was mailed to them."""
        for pk in (keys.registrations_of(PROBE), keys.mails_of(PROBE)):
            for item in list(self._store.query_all_versions(pk)):
                self._store.delete(item["pk"], item["sk"])
