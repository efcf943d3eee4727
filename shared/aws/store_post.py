"""How the people of one post come into the table, where they or others may be already."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from shared.aws import items, keys
from shared.aws.store import Store
from shared.aws.wire import Item, UnavailableError
from shared.domain.registration.erasure import may_return
from shared.domain.registration.identity import is_same_name
from shared.domain.registration.registration import Registration, dedupe, merge_repeat, with_mailbox_key

_ATTEMPTS = 5  # how often a write gives way to somebody else's at the same moment


def store_post(store: Store, registrations: Sequence[Registration]) -> tuple[Registration, ...]:
    """Store everyone in one post or nobody, and return each of them as they now stand.

    Who is registered already keeps their reference. One person is one PutItem, more are one transaction;
    only where somebody was there already is it tried again, with what was found.
    """
    wanted = dedupe(registrations)
    standing = {r.person_key: r for r in wanted}
    pending = dict(standing)
    for _ in range(_ATTEMPTS):
        in_the_way = store.put_all(versioned_puts(pending.values()))
        if not in_the_way:
            return tuple(standing[r.person_key] for r in wanted)
        found = {item["sk"]: items.to_registration(item) for item in in_the_way if item}
        for key in [key for key, r in pending.items() if r.person_key in found]:
            standing[key], changed = _give_way(store, pending.pop(key), found)
            if changed:
                pending[key] = standing[key]
        pending = {key: _brought(r, wanted, standing) for key, r in pending.items()}
        standing |= pending
    raise UnavailableError("too many writes of the same registration at once")


def _brought(
    new: Registration, wanted: Sequence[Registration], standing: Mapping[str, Registration]
) -> Registration:
    """Return somebody as brought by who stands there, where their colleague was registered already."""
    by = next((r for r in wanted if r.reference == new.invited_by), None)
    return replace(new, invited_by=standing[by.person_key].reference) if by else new


def versioned_puts(registrations: Iterable[Registration]) -> list[tuple[Item, int | None]]:
    """Return what is written of each, and the revision over which; one that is new has none."""
    return [
        (items.from_registration(replace(r, revision=r.revision + 1)), r.revision or None)
        for r in registrations
    ]


def _give_way(
    store: Store, new: Registration, found: Mapping[str, Registration]
) -> tuple[Registration, bool]:
    """Return what becomes of one whose place was taken, and whether that is still to be written."""
    stored = found[new.person_key]
    if not is_same_name(stored.name, new.name):
        return _on_the_same_mailbox(store, new, stored)
    met = merge_repeat(stored, new)
    return met, met != stored


def _on_the_same_mailbox(store: Store, new: Registration, stored: Registration) -> tuple[Registration, bool]:
    pk, mailbox = keys.registrations_of(new.network), new.person_key.partition("#")[0]
    others = map(items.to_registration, store.query(pk, f"{mailbox}#"))
    known = next((other for other in others if is_same_name(other.name, new.name)), None)
    if known:
        return _give_way(store, new, {new.person_key: known})
    return (merge_repeat(stored, new) if may_return(stored) else with_mailbox_key(new)), True
