"""Judging the people of one post with how many their client address brought, when no visitor waits."""

from collections.abc import Sequence
from datetime import datetime

from shared.aws import items, keys
from shared.aws.post_counter import expiry
from shared.aws.store import Store
from shared.aws.store_post import versioned_puts
from shared.aws.wire import UnavailableError
from shared.domain.registration.judging import judged
from shared.domain.registration.registration import Registration

_ATTEMPTS = 5  # tries, when other writes of the same people or from the same address come first


def judge_post(store: Store, post: Sequence[Registration], most: int, now: datetime) -> None:
    """Count the unjudged people of one post, and set them free or put them aside, all in one write.

    So whoever does this twice, or at the same moment as somebody else, counts nobody twice.
    """
    for _ in range(_ATTEMPTS):
        if not post or _count_and_save(store, post, most, now):
            return
        post = [person for each in post for person in _stored(store, each) if person.unjudged]
    raise UnavailableError("too many writes of the same post at once")


def _stored(store: Store, person: Registration) -> list[Registration]:
    """Return a person as they are stored now; nobody if they are erased."""
    stored = store.query(keys.registrations_of(person.network), person.person_key)
    return [items.to_registration(item) for item in stored if item["sk"] == person.person_key]


def _count_and_save(store: Store, post: Sequence[Registration], most: int, now: datetime) -> bool:
    pk, sk = keys.post_counts_of(post[0].network), keys.counter_key(post[0].unjudged)
    before = store.get(pk, sk) or {"n": 0, "revision": 0}
    people, revision = int(before["n"]) + len(post), int(before["revision"])
    counter = {"pk": pk, "sk": sk, "n": people, "revision": revision + 1, "expires": expiry(now)}
    verdicts = versioned_puts(judged(person, people, most) for person in post)
    return not store.put_all([(counter, revision or None), *verdicts])
