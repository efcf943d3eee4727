"""Where misfits are kept: for two weeks, and so many a day that no robot fills the table."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from shared.aws import keys
from shared.aws.store import Store
from shared.domain.form.misfit import MOST_A_DAY, Misfit


class Misfits:
    """The posts that did not fit their form."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, misfit: Misfit) -> bool:
        """Keep a post; False, and nothing kept, where it is too long or there were too many that day.

        Of writes at the same moment some are not counted: the day's limit is about right, and nobody waits.
        """
        counted = {"pk": keys.misfits_of(misfit.network), "sk": f"COUNT-{misfit.received_at:%Y-%m-%d}"}
        before = self._store.get(counted["pk"], counted["sk"])
        seen = int(before["revision"]) if before else None
        if not misfit.is_bounded or (seen or 0) >= MOST_A_DAY:
            return False
        expires = int(misfit.expires_at.timestamp())
        if self._store.put_new(_from_misfit(misfit, expires)):
            self._store.put_all([({**counted, "revision": (seen or 0) + 1, "expires": expires}, seen)])
        return True

    def kept(self, network: str, now: datetime) -> tuple[Misfit, ...]:
        """Return a network's misfits, the oldest first; DynamoDB deletes later than it was told to."""
        # The counts of each day are among them, and have nothing that was sent.
        found = [_to_misfit(i) for i in self._store.query(keys.misfits_of(network)) if "sent" in i]
        return tuple(sorted((m for m in found if now < m.expires_at), key=lambda m: m.received_at))

    def drop(self, misfit: Misfit) -> None:
        """Delete a post that is not needed any longer."""
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
