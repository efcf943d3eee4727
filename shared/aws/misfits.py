"""The stored misfits: for two weeks, and with a limit per day so that no robot fills the table."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from shared.aws import keys
from shared.aws.store import Store
from shared.domain.form.misfit import MOST_A_DAY, Misfit


class Misfits:
    """The posts that do not fit their form."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def save(self, misfit: Misfit) -> bool:
        """Store a post; False, and nothing stored, if it is too long or the day's limit is reached.

        Writes at the same moment may count as one: the limit is approximate, and no visitor waits for it.
        """
        counter = {"pk": keys.misfits_of(misfit.network), "sk": f"COUNT-{misfit.received_at:%Y-%m-%d}"}
        stored = self._store.get(counter["pk"], counter["sk"])
        count = int(stored["revision"]) if stored else None
        if not misfit.is_bounded or (count or 0) >= MOST_A_DAY:
            return False
        expires = int(misfit.expires_at.timestamp())
        if self._store.put_new(_from_misfit(misfit, expires)):
            self._store.put_all([({**counter, "revision": (count or 0) + 1, "expires": expires}, count)])
        return True

    def unexpired(self, network: str, now: datetime) -> tuple[Misfit, ...]:
        """Return a network's misfits, oldest first, without expired ones that are not deleted yet."""
        # The counters of each day are in the same partition, and have no `sent`.
        misfits = [_to_misfit(i) for i in self._store.query(keys.misfits_of(network)) if "sent" in i]
        return tuple(sorted((m for m in misfits if now < m.expires_at), key=lambda m: m.received_at))

    def delete(self, misfit: Misfit) -> None:
        """Delete a post that is no longer needed."""
        self._store.delete(keys.misfits_of(misfit.network), misfit.id)


def _from_misfit(misfit: Misfit, expires: int) -> dict[str, Any]:
    return {
        "pk": keys.misfits_of(misfit.network),
        "sk": misfit.id,
        "sent": misfit.text,
        "at": misfit.received_at.astimezone(UTC).isoformat(),
        "expires": expires,
    }


def _to_misfit(item: Mapping[str, Any]) -> Misfit:
    sent = tuple((name, value) for name, value in json.loads(item["sent"]))
    return Misfit(keys.network_of(item), sent, datetime.fromisoformat(item["at"]))
