"""Room for kept posts: a day has so much of it, and the place that fills a day gives way to others."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

MOST_A_DAY = 500  # kept posts of each network; what a robot can have us keep must end somewhere
FAIR = 20  # kept posts a day that no place ever gives up
NOWHERE = "-"  # the place of posts that have none: of the network's own server, or where nobody counts


class KeptRoom(NamedTuple):
    """The ids of a day's kept posts by place, in order of arrival; and the one that just gave way, if any."""

    posts: Mapping[str, Sequence[str]]
    pushed_out: str = ""

    def holds(self, post: str) -> bool:
        """Say whether a post is kept already."""
        return any(post in posts for posts in self.posts.values())

    def add(self, post: str, place: str) -> "KeptRoom | None":
        """Return the room with one more post; None where a full day has no place with far more than this one.

        Of the fullest place the latest gives way, so that what it sent before a flood stays.
        """
        own = (*self.posts.get(place, ()), post)
        if sum(map(len, self.posts.values())) < MOST_A_DAY:
            return KeptRoom({**self.posts, place: own})
        fullest = max(
            (p for p in self.posts if p != NOWHERE), key=lambda p: len(self.posts[p]), default=place
        )
        *stay, last = self.posts.get(fullest) or ("",)
        if fullest == place or len(stay) < max(FAIR, len(own)):
            return None
        return KeptRoom({**self.posts, fullest: stay, place: own}, last)
