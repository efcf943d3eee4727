"""How often one place posted in an hour, and which work was used: asked in a hurry, for a visitor waits."""

from datetime import datetime, timedelta

from shared.aws import keys
from shared.aws.clients import HASTY
from shared.aws.store import Store
from shared.domain.mail_limits import AN_HOUR, next_hour

KEPT = timedelta(hours=1)  # of work that was used; longer than its challenge lasts


class PostCounter:
    """Counts posts and proofs of work; raises `UnavailableError`, which is no reason to refuse anybody."""

    def __init__(self, table: str) -> None:
        self._store = Store(table, HASTY)

    def count(self, network: str, bucket: str, at: datetime, number: int = 1) -> int:
        """Count some more people of a client bucket, and return how many that makes."""
        values = {":number": number, ":expires": int((next_hour(at) + AN_HOUR).timestamp())}
        change = "ADD n :number SET expires = :expires"
        counter = self._store.update(keys.visits_of(network), bucket, change, values)
        return int(counter["n"]) if counter else 0

    def spend(self, network: str, work: str, who: str, at: datetime) -> bool:
        """Keep that a proof of work is used; False where it was, by another: who tries again, may."""
        expires = int((at + KEPT).timestamp())
        item = {"pk": keys.visits_of(network), "sk": f"WORK-{work}", "who": who, "expires": expires}
        return all(found.get("who") == who for found in self._store.put_all([(item, None)]))
