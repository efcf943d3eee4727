"""Signed links: who holds one may do one thing, until it expires; and what organisers sign in with."""

import hashlib
import hmac
from datetime import UTC, datetime
from typing import Any

from itsdangerous import BadData, Signer, URLSafeSerializer, base64_decode, base64_encode

from shared.access.bearer import Bearer
from shared.access.sign_in import SESSION, SignIn
from shared.domain.network.network import Network
from shared.domain.registration.identity import address_key
from shared.domain.registration.registration import Registration

# 256 bits, of which nobody guesses one.
_SIGNED: dict[str, Any] = {"key_derivation": "hmac", "digest_method": hashlib.sha256}


class Links:
    """Makes and reads links; the last key signs, older ones still open what they signed.

    A link says when it expires instead of when it was made, so that a registration has the same link each
    time it is mailed and no link needs to be stored. It says its version too: whoever reads one must hold it
    against the version that counts now, which is how links are revoked.
    """

    def __init__(self, keys: list[str], base_url: str = "") -> None:
        self._keys, self._base_url = keys, base_url.rstrip("/")

    def me(self, registration: Registration, network: Network) -> str:
        """Return the link to a registrant's own page."""
        return f"{self._base_url}/me/{self._sign('me', _bearer(registration), network)}"

    def forward(self, registration: Registration, network: Network) -> str:
        """Return the link that a registrant forwards to a colleague of the same school."""
        return f"{self._base_url}/join/{self._sign('forward', _bearer(registration), network)}"

    def organiser(self, network: Network, address: str) -> str:
        """Return the link to one organiser's pages: it opens only a door, to which a code is the key."""
        return f"{self._base_url}/organiser/{self._sign('organiser', organiser(network, address), network)}"

    def read_me(self, token: str, now: datetime) -> Bearer | None:
        """Return whose own page a token opens; None for any token that opens nothing."""
        return self._read("me", token, now)

    def read_forward(self, token: str, now: datetime) -> Bearer | None:
        """Return whose colleague a token brings; None for any token that brings nobody."""
        return self._read("forward", token, now)

    def read_organiser(self, token: str, now: datetime) -> Bearer | None:
        """Return at which organiser's door a token stands; None for any token that leads nowhere."""
        return self._read("organiser", token, now)

    def shown(self, now: datetime) -> str:
        """Return what our own form carries, to tell from its post how long somebody had it."""
        return self._signer("shown").dumps(round(now.timestamp() * 1000))

    def read_shown(self, carried: str) -> datetime | None:
        """Return when a form was shown; None for what is not ours."""
        try:
            return datetime.fromtimestamp(self._signer("shown").loads(carried) / 1000, UTC)
        except BadData:
            return None

    def keys(self, purpose: str) -> list[bytes]:
        """Return the keys for something that is no link, oldest first; the last one signs."""
        return [
            hmac.digest(key.encode(), f"tweetal-{purpose}".encode(), hashlib.sha256) for key in self._keys
        ]

    def session(self, organiser: Bearer, now: datetime) -> str:
        """Return what a browser shows from now on, for some hours, instead of a code."""
        expires = int((now + SESSION).timestamp())
        return self._signer("session").dumps([*organiser, expires])

    def read_session(self, session: str, now: datetime) -> Bearer | None:
        """Return whose session this is; None for one that is over or not ours."""
        return self._read("session", session, now)

    def form(self, session: str) -> str:
        """Return what a form of ours carries, so that only a page of this session can have made it."""
        return self._forms().get_signature(session).decode()

    def is_form(self, session: str, carried: str) -> bool:
        """Say whether a form was made by a page of this session."""
        return self._forms().verify_signature(session, carried) and _is_as_written(carried)

    def code(self, sign_in: SignIn) -> str:
        """Return the six digits to mail; they follow from a key and the nonce, so none is ever stored."""
        return _digits(self._keys[-1], sign_in)

    def is_code(self, sign_in: SignIn, typed: str) -> bool:
        """Say whether somebody typed the code, also where the key was changed after it was mailed."""
        codes = (_digits(key, sign_in) for key in self._keys)
        return any(hmac.compare_digest(code.encode(), typed.encode()) for code in codes)

    def _sign(self, purpose: str, bearer: Bearer, network: Network) -> str:
        expires = int(network.forgotten_at.timestamp())
        return self._signer(purpose).dumps([*bearer, expires])

    def _read(self, purpose: str, token: str, now: datetime) -> Bearer | None:
        try:
            network, person, version, expires = self._signer(purpose).loads(token)
        except (BadData, ValueError):  # not ours, or of a release that wrote links otherwise
            return None
        signature = token.rpartition(".")[2]
        is_open = _is_as_written(signature) and now < datetime.fromtimestamp(expires, UTC)
        return Bearer(network, person, version) if is_open else None

    def _signer(self, purpose: str) -> URLSafeSerializer:
        return URLSafeSerializer(self._keys, salt=f"tweetal-{purpose}", signer_kwargs=_SIGNED)

    def _forms(self) -> Signer:
        return Signer(self._keys, salt="tweetal-form", **_SIGNED)


def organiser(network: Network, address: str) -> Bearer:
    """Return who an organiser is, as the links say that count now."""
    return Bearer(network.id, address_key(network.id, address), network.organiser.links_version)


def _bearer(registration: Registration) -> Bearer:
    return Bearer(registration.network, registration.person_key, registration.links_version)


def _is_as_written(signature: str) -> bool:
    """Say whether a signature is spelled as we spell it: base64 reads several spellings as the same bytes."""
    return base64_encode(base64_decode(signature)).decode() == signature


def _digits(key: str, sign_in: SignIn) -> str:
    about = "\n".join(("tweetal-code", sign_in.network, sign_in.organiser, sign_in.nonce))
    digest = hmac.digest(key.encode(), about.encode(), hashlib.sha256)
    return f"{int.from_bytes(digest[:8]) % 1_000_000:06}"
