"""The posts by client and by link, and the used proofs of work; calls are short, because a visitor waits."""

from datetime import datetime, timedelta

from shared.aws import keys
from shared.aws.clients import HASTY
from shared.aws.store import Store
from shared.domain.mail_limits import AN_HOUR, next_hour

KEPT = timedelta(hours=1)  # a used proof of work; longer than its challenge lasts


class PostCounter:
    """Counts posts and proofs of work; raises `UnavailableError`, for which no caller refuses a visitor."""

    def __init__(self, table: str) -> None:
        self._store = Store(table, HASTY)

    def count(self, network: str, client: str, at: datetime, people: int = 1) -> int:
        """Count the people in one more post of a client, and return how many that makes."""
        return self.count_until(network, client, next_hour(at) + AN_HOUR, people)

    def count_until(self, network: str, name: str, until: datetime, people: int = 1) -> int:
        """Count people by any name for as long as that is needed, and return how many that makes."""
        values = {":people": people, ":expires": int(until.timestamp())}
        change = "ADD n :people SET expires = :expires"
        counter = self._store.update(keys.post_counts_of(network), name, change, values)
        return int(counter["n"]) if counter else 0

    def spend(self, network: str, work: str, person: str, at: datetime) -> bool:
        """Mark a proof of work as used by a person; False if another person used it before."""
        expires = int((at + KEPT).timestamp())
        item = {"pk": keys.post_counts_of(network), "sk": f"WORK-{work}", "who": person, "expires": expires}
        return all(used.get("who") == person for used in self._store.put_all([(item, None)]))
