"""Storing the people of one post, some of whom may be registered already."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from shared.aws import items, keys
from shared.aws.store import Store
from shared.aws.wire import Item, UnavailableError
from shared.domain.registration.colleague import dedupe, with_mailbox_key
from shared.domain.registration.erasure import may_return
from shared.domain.registration.identity import is_same_name
from shared.domain.registration.registration import Registration
from shared.domain.registration.repeat import merge_repeat

Judge = Callable[[Registration], Registration]
_ATTEMPTS = 5  # tries, when other writes of the same registrations come first


def store_post(
    store: Store,
    registrations: Sequence[Registration],
    once: Item | None = None,
    judge: Judge | None = None,
) -> tuple[Registration, ...]:
    """Store everyone in one post or nobody, and return each of them as stored now.

    People who are registered already keep their reference. One person is one PutItem, more are one
    transaction; after a conflict it is tried again, merged with the stored registrations. `once` is a new
    item that is stored with them; nobody is stored, and nobody returned, if it is there already. `judge`
    judges an unjudged person before what is stored of them changes.
    """
    wanted = dedupe(registrations)
    results = {r.person_key: r for r in wanted}
    pending = dict(results)
    for _ in range(_ATTEMPTS):
        blocking = store.put_all([*versioned_puts(pending.values()), *([(once, None)] if once else [])])
        if once and any(item.get("sk") == once["sk"] for item in blocking):
            return ()
        if not blocking:
            return tuple(results[r.person_key] for r in wanted)
        stored = {item["sk"]: person for item in blocking if item and (person := pointed_to(store, item))}
        for key in [key for key, r in pending.items() if r.person_key in stored]:
            results[key], has_changed = _merge_with_stored(store, pending.pop(key), stored, judge)
            if has_changed:
                pending[key] = results[key]
        pending = {key: _with_stored_inviter(r, wanted, results) for key, r in pending.items()}
        results |= pending
    raise UnavailableError("too many writes of the same registration at once")


def pointed_to(store: Store, item: Item) -> Registration | None:
    """Return the registration in an item; of a pointer, the one of the person who corrected their address."""
    if items.is_pointer(item):
        item = store.get(item["pk"], item["person_key"]) or {}
    return items.to_registration(item) if item else None


def _with_stored_inviter(
    new: Registration, wanted: Sequence[Registration], results: Mapping[str, Registration]
) -> Registration:
    """Return a new registration with the stored reference of its inviter, who may have registered before."""
    inviter = next((r for r in wanted if r.reference == new.invited_by), None)
    return replace(new, invited_by=results[inviter.person_key].reference) if inviter else new


def versioned_puts(registrations: Iterable[Registration]) -> list[tuple[Item, int | None]]:
    """Return each registration's item, and the revision that it replaces; None for a new one."""
    return [
        ({**items.from_registration(r), "revision": r.revision + 1}, r.revision or None)
        for r in registrations
    ]


def _merge_with_stored(
    store: Store, new: Registration, stored: Mapping[str, Registration], judge: Judge | None
) -> tuple[Registration, bool]:
    """Return a new registration merged with the stored one of its key, and whether it must be written."""
    existing = stored[new.person_key]
    if not is_same_name(existing.name, new.name):
        return _merge_on_mailbox(store, new, existing, judge)
    merged = _merge(existing, new, judge)
    return merged, merged != existing


def _merge(existing: Registration, new: Registration, judge: Judge | None) -> Registration:
    """Merge, and judge an unjudged person first where that changes anything: what is stored may count."""
    merged = merge_repeat(existing, new)
    if judge and new.unjudged and merged != existing:
        return merge_repeat(existing, judge(new))
    return merged


def _merge_on_mailbox(
    store: Store, new: Registration, existing: Registration, judge: Judge | None
) -> tuple[Registration, bool]:
    """Merge with the person of that name on the same mailbox, or add a person to the mailbox."""
    pk, mailbox = keys.registrations_of(new.network), new.person_key.partition("#")[0]
    others = (pointed_to(store, item) for item in store.query(pk, f"{mailbox}#"))
    same = next((other for other in others if other and is_same_name(other.name, new.name)), None)
    if same:
        return _merge_with_stored(store, new, {new.person_key: same}, judge)
    if may_return(existing) or (existing.is_erased and "#" in new.person_key):  # no other key is left
        merged = _merge(existing, new, judge)
        return merged, merged != existing
    return with_mailbox_key(new), True
