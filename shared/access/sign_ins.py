"""Where the codes of organisers are kept; the digits themselves are never stored."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from shared.access.code_requests import CodeRequest, CodeRequests
from shared.access.sign_in import SignIn
from shared.aws import items, keys
from shared.aws.store import Store


class SignIns:
    """Each requested code, and each organiser's requests of the last hour; raises `UnavailableError`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, network: str, organiser: str, id_: str) -> SignIn | None:
        """Return one requested code."""
        item = self._store.get(keys.codes_of(network), keys.code(organiser, id_))
        return _to_sign_in(item) if item else None

    def all_of(self, network: str) -> tuple[SignIn, ...]:
        """Return every requested code of a network that is stored, except those of earlier releases."""
        stored = self._store.query(keys.codes_of(network))
        return tuple(_to_sign_in(item) for item in stored if keys.is_code(item))

    def save(self, sign_in: SignIn) -> bool:
        """Store a code over the revision that was read; False, and nothing stored, after another write."""
        item = _from_sign_in(replace(sign_in, revision=sign_in.revision + 1))
        return not self._store.put_all([(item, sign_in.revision or None)])

    def requests(self, network: str, organiser: str) -> CodeRequests:
        """Return the latest requests for codes of an organiser."""
        item = self._store.get(keys.codes_of(network), keys.code_requests(organiser))
        return _to_requests(network, organiser, item) if item else CodeRequests(network, organiser)

    def save_requests(self, requests: CodeRequests) -> bool:
        """Store requests over the revision that was read; False, and nothing stored, after another write."""
        item = _from_requests(replace(requests, revision=requests.revision + 1))
        return not self._store.put_all([(item, requests.revision or None)])


def _from_sign_in(sign_in: SignIn) -> dict[str, Any]:
    return {
        "pk": keys.codes_of(sign_in.network),
        "sk": keys.code(sign_in.organiser, sign_in.id),
        "asked": [items.stamp(sign_in.requested_at)],
        "tries": sign_in.tries,
        "used": sign_in.used,
        "revision": sign_in.revision,
        "expires": int(sign_in.ends.timestamp()),
    }


def _to_sign_in(item: Mapping[str, Any]) -> SignIn:
    organiser, _, id_ = item["sk"].partition("#")
    return SignIn(
        network=keys.network_of(item),
        organiser=organiser,
        id=id_,
        requested_at=items.instant(item["asked"][0]),
        tries=int(item["tries"]),
        used=item["used"],
        revision=int(item["revision"]),
    )


def _from_requests(requests: CodeRequests) -> dict[str, Any]:
    return {
        "pk": keys.codes_of(requests.network),
        "sk": keys.code_requests(requests.organiser),
        "asked": [items.stamp(request.at) for request in requests.requests],
        "ways": [[request.report, request.place] for request in requests.requests],
        "revision": requests.revision,
        "expires": int(requests.forgotten_at.timestamp()),
    }


def _to_requests(network: str, organiser: str, item: Mapping[str, Any]) -> CodeRequests:
    made = zip(item["asked"], item["ways"], strict=True)
    requests = tuple(CodeRequest(items.instant(at), *way) for at, way in made)
    return CodeRequests(network, organiser, requests, int(item["revision"]))
