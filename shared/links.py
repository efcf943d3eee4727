"""Signed links: who holds one may do one thing for one registration, until it expires."""

from datetime import UTC, datetime
from typing import NamedTuple

from itsdangerous import BadData, URLSafeSerializer

from shared.domain.network import Network
from shared.domain.registration import Registration


class Bearer(NamedTuple):
    """Whose link somebody holds."""

    network: str
    person: str


class Links:
    """Makes and reads links; the last key signs, older ones still open what they signed.

    A link says when it expires instead of when it was made, so that a registration has the same link each
    time it is mailed and no link needs to be stored.
    """

    def __init__(self, keys: list[str], base_url: str = "") -> None:
        self._keys, self._base_url = keys, base_url.rstrip("/")

    def me(self, registration: Registration, network: Network) -> str:
        """Return the link to a registrant's own page."""
        return f"{self._base_url}/me/{self._sign('me', registration, network)}"

    def forward(self, registration: Registration, network: Network) -> str:
        """Return the link that a registrant forwards to a colleague of the same school."""
        return f"{self._base_url}/join/{self._sign('forward', registration, network)}"

    def read_me(self, token: str, now: datetime) -> Bearer | None:
        """Return whose own page a token opens; None for any token that opens nothing."""
        return self._read("me", token, now)

    def read_forward(self, token: str, now: datetime) -> Bearer | None:
        """Return whose colleague a token brings; None for any token that brings nobody."""
        return self._read("forward", token, now)

    def _sign(self, purpose: str, registration: Registration, network: Network) -> str:
        expires = int(network.forgotten_at.timestamp())
        return self._signer(purpose).dumps([registration.network, registration.person, expires])

    def _read(self, purpose: str, token: str, now: datetime) -> Bearer | None:
        try:
            network, person, expires = self._signer(purpose).loads(token)
        except BadData:
            return None
        return Bearer(network, person) if now < datetime.fromtimestamp(expires, UTC) else None

    def _signer(self, purpose: str) -> URLSafeSerializer:
        return URLSafeSerializer(self._keys, salt=f"tweetal-{purpose}")
