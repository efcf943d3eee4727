"""Where kept posts are: for two weeks, and so many a day that no robot fills the table."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from shared.aws import keys
from shared.aws.store import Store
from shared.domain.form.answers import Answer
from shared.domain.form.kept_post import KeptPost, KeptReason
from shared.domain.form.kept_room import NOWHERE, KeptRoom, entry

_DAY, _GAVE_WAY = "COUNT-", "gave_way"  # of the item of a day
_ATTEMPTS = 3  # tries, when other posts are counted at the same moment


class KeptPosts:
    """The posts that were kept and not registered; raises `UnavailableError`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, post: KeptPost, place: str = "") -> bool:
        """Keep a post of a place; False, and nothing kept, where that day has no room for it.

        Of many writes at the same moment some are not counted: the limit is about right, and nobody waits.
        """
        pk, day = keys.kept_posts_of(post.network), f"{_DAY}{post.received_at:%Y-%m-%d}"
        expires, room = int(post.expires_at.timestamp()), None
        for _ in range(_ATTEMPTS):
            before = self._store.get(pk, day) or {}
            room = KeptRoom(before.get("places", {}))
            if room.holds(post.id):
                break
            room = room.add(entry(post.id, len(post.text.encode())), place or NOWHERE)
            if room is None:
                return False
            revision = int(before["revision"]) if before else 0
            places = {key: list(ids) for key, ids in room.posts.items()}
            counted = {"pk": pk, "sk": day, "places": places, "revision": revision + 1, "expires": expires}
            if gave_way := before.get(_GAVE_WAY, 0) + len(room.pushed_out):
                counted[_GAVE_WAY] = gave_way
            if not self._store.put_all([(counted, revision or None)]):
                break
            room = None
        self._store.put_new(_from_post(post, expires))
        for pushed_out in room.pushed_out if room else ():
            self._store.delete(pk, pushed_out)
        return True

    def unexpired(self, network: str, now: datetime) -> tuple[KeptPost, ...]:
        """Return a network's kept posts, the oldest first; DynamoDB deletes later than it was told to."""
        # The counts of each day stand among them, and have nothing that was sent.
        items = list(self._store.query(keys.kept_posts_of(network)))
        posts = [_to_post(item) for item in items if "sent" in item]
        answered = {item["sk"] for item in items if "sent" not in item}
        waiting = (post for post in posts if now < post.expires_at and _answer_key(post) not in answered)
        return tuple(sorted(waiting, key=lambda post: post.received_at))

    def gave_way(self, network: str, now: datetime) -> int:
        """Count the posts of two weeks that are kept no longer, because their place sent too many."""
        days = self._store.query(keys.kept_posts_of(network), _DAY)
        return sum(int(day.get(_GAVE_WAY, 0)) for day in days if now.timestamp() < day["expires"])

    def drop(self, post: KeptPost) -> bool:
        """Delete a post that nobody needs any longer; False where it was completed or dropped before."""
        is_first = self._store.put_new(answer_of(post))
        self.delete(post)
        return is_first

    def delete(self, post: KeptPost) -> None:
        """Delete a post."""
        self._store.delete(keys.kept_posts_of(post.network), post.id)


def answer_of(post: KeptPost) -> dict[str, Any]:
    """Return the item that says that a post is completed or dropped, so that neither happens twice.

    The same post may be sent again later; that one is kept anew.
    """
    pk, expires = keys.kept_posts_of(post.network), int(post.expires_at.timestamp())
    return {"pk": pk, "sk": _answer_key(post), "expires": expires}


def _answer_key(post: KeptPost) -> str:
    return f"ANSWERED-{post.id}-{post.received_at.astimezone(UTC).isoformat()}"


def _from_post(post: KeptPost, expires: int) -> dict[str, Any]:
    return {
        "pk": keys.kept_posts_of(post.network),
        "sk": post.id,
        "sent": post.text,
        "reason": post.reason.value,
        "missing": list(post.missing),
        "at": post.received_at.astimezone(UTC).isoformat(),
        "expires": expires,
    }


def _to_post(item: Mapping[str, Any]) -> KeptPost:
    """Read a post; the first release kept pairs of a name and a value, of changed forms only."""
    answers = tuple(_to_answer(*entry) for entry in json.loads(item["sent"]))
    reason = KeptReason(item.get("reason", KeptReason.CHANGED_FORM))
    at = datetime.fromisoformat(item["at"])
    return KeptPost(keys.network_of(item), answers, reason, at, tuple(item.get("missing", ())))


def _to_answer(paths: str | list[list[str]], texts: object) -> Answer:
    if isinstance(paths, str):
        text = texts if isinstance(texts, str) else json.dumps(texts, ensure_ascii=False)
        return Answer(((paths,),), (text,))
    values = texts if isinstance(texts, list) else [texts]
    return Answer(tuple(tuple(path) for path in paths), tuple(map(str, values)))
