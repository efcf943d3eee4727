"""Judging the people of one post with how many their client address brought, when no visitor waits."""

from collections.abc import Sequence
from datetime import datetime

from shared.aws import items, keys
from shared.aws.post_counter import add_people, expiry
from shared.aws.store import Store
from shared.aws.store_post import versioned_puts
from shared.aws.wire import UnavailableError
from shared.domain.registration.judging import judged
from shared.domain.registration.registration import Registration

_ATTEMPTS = 10  # tries, when other writes of the same people or from the same address come first


def judge_post(store: Store, post: Sequence[Registration], most: int, now: datetime) -> None:
    """Count the unjudged people of one post with their client address, and set them free or put them aside.

    Whoever is set free is counted in that same write, so of one address never more than `most` are, whoever
    judges twice or at the same moment. Who is aside is counted afterwards, so no flood holds up a verdict.
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
    """Judge a post by the number of now; False, and nothing stored, if another write came first."""
    network, client = post[0].network, post[0].unjudged
    pk, sk = keys.post_counts_of(network), keys.counter_key(client)
    before = store.get(pk, sk) or {"n": 0, "revision": 0}
    people, revision = int(before["n"]) + len(post), int(before["revision"])
    verdicts = versioned_puts(judged(person, people, most) for person in post)
    if people <= most or not most:
        counter = {"pk": pk, "sk": sk, "n": people, "revision": revision + 1, "expires": expiry(now)}
        return not store.put_all([(counter, revision or None), *verdicts])
    if store.put_all(verdicts):
        return False
    add_people(store, network, sk, expiry(now), len(post))
    return True
