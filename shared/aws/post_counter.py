"""The people of each client address per hour and by each link, and the used proofs of work."""

from datetime import datetime, timedelta

from shared.aws import keys
from shared.aws.store import Store
from shared.domain.mail_limits import AN_HOUR, next_hour

KEPT = timedelta(hours=1)  # a used proof of work; longer than its challenge lasts


class PostCounter:
    """Counts in a visitor's way, in short calls; raises `UnavailableError`, for which no caller refuses."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def count(self, network: str, client: str, at: datetime, people: int = 1) -> int:
        """Count the people in one more post of a client, and return how many that makes."""
        return add_people(self._store, network, keys.counter_key(client), expiry(at), people)

    def count_until(self, network: str, name: str, until: datetime, people: int = 1) -> int:
        """Count people by any name for as long as that is needed, and return how many that makes."""
        return add_people(self._store, network, name, int(until.timestamp()), people)

    def spend(self, network: str, work: str, person: str, at: datetime) -> bool:
        """Mark a proof of work as used by a person; False if another person used it before."""
        expires = int((at + KEPT).timestamp())
        item = {"pk": keys.post_counts_of(network), "sk": f"WORK-{work}", "who": person, "expires": expires}
        return all(used.get("who") == person for used in self._store.put_all([(item, None)]))


def add_people(store: Store, network: str, counter_key: str, expires: int, people: int) -> int:
    """Add people to the number that a counter holds, and return how many that makes."""
    values = {":people": people, ":one": 1, ":expires": expires}
    change = "ADD n :people, revision :one SET expires = :expires"
    counter = store.update(keys.post_counts_of(network), counter_key, change, values)
    return int(counter["n"]) if counter else 0


def expiry(at: datetime) -> int:
    """Return when a number of people may go: an hour after the one in which they were counted."""
    return int((next_hour(at) + AN_HOUR).timestamp())
