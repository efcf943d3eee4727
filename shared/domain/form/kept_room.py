"""Room for kept posts: a day has so much of it, and the place that fills a day gives way to others."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

MOST_A_DAY = 500  # kept posts of each network; what a robot can have us keep must end somewhere
FAIR = 20  # kept posts a day that no place ever gives up
NOWHERE = "-"  # the place of posts that have none: of the network's own server, or where nobody counts
_ONE = 4096  # bytes of one post, far more than people write; a longer one counts as several


class KeptRoom(NamedTuple):
    """A day's kept posts by place, in order of arrival, as `entry` writes them; `pushed_out` gave way."""

    posts: Mapping[str, Sequence[str]]
    pushed_out: tuple[str, ...] = ()

    def holds(self, post: str) -> bool:
        """Say whether a post is kept already."""
        return any(_id(entry) == post for entries in self.posts.values() for entry in entries)

    def add(self, new: str, place: str) -> "KeptRoom | None":
        """Return the room with one more post; None where a full day has no place with far more than this one.

        Of the fullest place the latest gives way, so that what it sent before a flood stays.
        """
        posts = {name: [*entries] for name, entries in self.posts.items()}
        posts.setdefault(place, []).append(new)
        pushed_out = []
        while sum(map(_size, posts.values())) > MOST_A_DAY:
            fullest = max(posts, key=lambda name: (name != NOWHERE, _size(posts[name])))
            last = posts[fullest].pop()
            if fullest in (place, NOWHERE) or _size(posts[fullest]) < max(FAIR, _size(posts[place])):
                return None
            pushed_out.append(_id(last))
        return KeptRoom(posts, tuple(pushed_out))


def entry(post: str, size: int) -> str:
    """Write a post by its id, and by how many it counts if it is long: "3f9a" or "3f9a*4"."""
    return f"{post}*{1 + size // _ONE}" if size >= _ONE else post


def _size(entries: Iterable[str]) -> int:
    return sum(int(each.partition("*")[2] or 1) for each in entries)


def _id(written: str) -> str:
    return written.partition("*")[0]
