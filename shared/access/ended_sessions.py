"""The sessions that organisers ended before their time: whoever kept the cookie is signed out too."""

import hashlib
from datetime import datetime

from shared.access.sign_in import SESSION
from shared.aws import keys
from shared.aws.store import Store


class EndedSessions:
    """Remembers ended sessions by a hash, until they would have ended anyway; raises `UnavailableError`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def has(self, network: str, session: str) -> bool:
        """Say whether a session was ended."""
        return self._store.get(keys.sessions_of(network), _hash(session)) is not None

    def end(self, network: str, session: str, at: datetime) -> None:
        """End a session for good."""
        expires = int((at + SESSION).timestamp())  # no session that is open now lasts longer
        self._store.put({"pk": keys.sessions_of(network), "sk": _hash(session), "expires": expires})


def _hash(session: str) -> str:
    return hashlib.sha256(session.encode()).hexdigest()
