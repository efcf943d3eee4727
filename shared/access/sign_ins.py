"""What the item of a code looks like; the code itself is not in it."""

from collections.abc import Mapping
from typing import Any

from shared.access.sign_in import SignIn
from shared.aws import items, keys


def from_sign_in(sign_in: SignIn) -> dict[str, Any]:
    """Write a code without the code itself; DynamoDB deletes it when it is not needed any longer."""
    return {
        "pk": keys.codes_of(sign_in.network),
        "sk": sign_in.organiser,
        "nonce": sign_in.nonce,
        "asked": [items.stamp(at) for at in sign_in.asked],
        "tries": sign_in.tries,
        "used": sign_in.used,
        "revision": sign_in.revision,
        "expires": int(sign_in.forgotten_at.timestamp()),
    }


def to_sign_in(item: Mapping[str, Any]) -> SignIn:
    """Read a code."""
    return SignIn(
        network=keys.network_of(item),
        organiser=item["sk"],
        nonce=item["nonce"],
        asked=tuple(map(items.instant, item["asked"])),
        tries=int(item["tries"]),
        used=item["used"],
        revision=int(item["revision"]),
    )
