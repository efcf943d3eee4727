"""The people of this hour whom one container of this function took uncounted, by their client address."""

from collections import Counter

UNCOUNTED = 10  # people of one address and hour after whom a container counts in the visitor's way


class RecentPeople:
    """Says when a client address brings so many people that the count can no longer wait for the stream.

    What other containers took it does not know: an address brings each of them so many people at most.
    """

    def __init__(self) -> None:
        self._hour, self._people = "", Counter[tuple[str, str]]()

    def may_wait(self, network: str, bucket: str, number: int) -> bool:
        """Remember the people of one more post; False if they must be counted at once."""
        hour = bucket.rpartition("-")[0]
        if hour != self._hour:  # earlier hours bring nobody any more
            self._hour, self._people = hour, Counter()
        before = self._people[network, bucket]
        if before >= UNCOUNTED:
            return False
        self._people[network, bucket] += number
        return True
