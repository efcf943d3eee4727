"""Where the codes of organisers are kept; the digits themselves are never stored."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from shared.access.sign_in import SignIn
from shared.aws import items, keys
from shared.aws.store import Store


class SignIns:
    """The latest code of each organiser; raises `UnavailableError`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def latest(self, network: str, organiser: str) -> SignIn | None:
        """Return an organiser's latest code."""
        item = self._store.get(keys.codes_of(network), organiser)
        return _to_sign_in(item) if item else None

    def all_of(self, network: str) -> tuple[SignIn, ...]:
        """Return the latest code of every organiser of a network who requested one."""
        return tuple(map(_to_sign_in, self._store.query(keys.codes_of(network))))

    def save(self, sign_in: SignIn) -> bool:
        """Store a code over the revision that was read; False, and nothing stored, after another write."""
        item = _from_sign_in(replace(sign_in, revision=sign_in.revision + 1))
        return not self._store.put_all([(item, sign_in.revision or None)])


def _from_sign_in(sign_in: SignIn) -> dict[str, Any]:
    return {
        "pk": keys.codes_of(sign_in.network),
        "sk": sign_in.organiser,
        "nonce": sign_in.nonce,
        "asked": [items.stamp(at) for at in sign_in.requests],
        "tries": sign_in.tries,
        "used": sign_in.used,
        "revision": sign_in.revision,
        "expires": int(sign_in.forgotten_at.timestamp()),
    }


def _to_sign_in(item: Mapping[str, Any]) -> SignIn:
    return SignIn(
        network=keys.network_of(item),
        organiser=item["sk"],
        nonce=item["nonce"],
        requests=tuple(map(items.instant, item["asked"])),
        tries=int(item["tries"]),
        used=item["used"],
        revision=int(item["revision"]),
    )
