"""Signed links, each good for one purpose until it expires; and the codes and sessions of organisers."""

import hashlib
import hmac
from datetime import UTC, datetime
from typing import Any

from itsdangerous import BadData, Signer, URLSafeSerializer, base64_decode, base64_encode

from shared.access.bearer import Bearer, address_bearer
from shared.access.sign_in import SESSION, SignIn
from shared.domain.network.network import Network
from shared.domain.registration.identity import address_key
from shared.domain.registration.registration import Registration

# 256 bits: nobody can guess a signature.
_SIGNED: dict[str, Any] = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
_SAYS_MORE = ("organiser", "session", "code")  # besides whose it is: its report, or an id


class Links:
    """Makes and reads links; the last key signs, and links that older keys signed still work.

    A link contains its expiry instead of its creation time, so a registration has the same link in every
    mail and no link needs to be stored. It contains its version too: callers compare that with the current
    version, which is how links are revoked.
    """

    def __init__(self, keys: list[str], base_url: str = "") -> None:
        self._keys, self._base_url = keys, base_url.rstrip("/")

    def me(self, registration: Registration, network: Network) -> str:
        """Return the link to a registrant's own page."""
        return f"{self._base_url}/me/{self._sign('me', _bearer(registration), network)}"

    def forward(self, registration: Registration, network: Network) -> str:
        """Return the link that a registrant forwards to a colleague of the same school."""
        return f"{self._base_url}/join/{self._sign('forward', _bearer(registration), network)}"

    def address(self, registration: Registration, network: Network) -> str:
        """Return the link with which a registrant confirms the address that they asked for."""
        return f"{self._base_url}/me/{self._sign('address', address_bearer(registration), network)}"

    def organiser(self, network: Network, address: str, report: str = "") -> str:
        """Return the link to one organiser's pages, which ask for a mailed code before they open.

        `report` is the day of the report that has the link. Codes are counted by it.
        """
        more = (report,) if report else ()
        token = self._sign("organiser", organiser_bearer(network, address), network, *more)
        return f"{self._base_url}/organiser/{token}"

    def read_me(self, token: str, now: datetime) -> Bearer | None:
        """Return the registrant whose own page a token opens; None for a token that opens nothing."""
        return self._read("me", token, now)

    def read_address(self, token: str, now: datetime) -> Bearer | None:
        """Return the registrant whose requested address a token confirms; its version is of that request."""
        return self._read("address", token, now)

    def read_forward(self, token: str, now: datetime) -> Bearer | None:
        """Return the registrant who forwarded a token to a colleague; None for a token that does not work."""
        return self._read("forward", token, now)

    def read_organiser(self, token: str, now: datetime) -> Bearer | None:
        """Return the organiser whose pages a token leads to; None for a token that leads nowhere."""
        return self._read("organiser", token, now)

    def read_report(self, token: str) -> str:
        """Return the day of the report that had an organiser's link; "" for a link of before they had one."""
        try:
            return "".join(self._signer("organiser").loads(token)[4:])
        except BadData:
            return ""

    def shown(self, now: datetime) -> str:
        """Return what our own form carries, so that its post tells how long a visitor had it open."""
        return self._signer("shown").dumps(round(now.timestamp() * 1000))

    def read_shown(self, carried: str) -> datetime | None:
        """Return when a form was shown; None for a value that we did not sign."""
        try:
            return datetime.fromtimestamp(self._signer("shown").loads(carried) / 1000, UTC)
        except BadData:
            return None

    def keys(self, purpose: str) -> list[bytes]:
        """Return the keys for a purpose other than links, oldest first; the last one signs."""
        return [
            hmac.digest(key.encode(), f"tweetal-{purpose}".encode(), hashlib.sha256) for key in self._keys
        ]

    def session(self, organiser: Bearer, now: datetime, id_: str = "") -> str:
        """Return a session, which a browser sends for hours instead of a code; `id_` tells it from others."""
        expires = int((now + SESSION).timestamp())
        return self._signer("session").dumps([*organiser, expires, id_])

    def read_session(self, session: str, now: datetime) -> Bearer | None:
        """Return the organiser of a session; None for one that has expired or that we did not sign."""
        return self._read("session", session, now)

    def browser(self, organiser: Bearer, sign_in: SignIn) -> str:
        """Return what the browser that requested a code keeps, and without which the code does not work."""
        return self._signer("code").dumps([*organiser, int(sign_in.ends.timestamp()), sign_in.id])

    def read_browser(self, kept: str, organiser: Bearer, now: datetime) -> str:
        """Return the id of the code that a browser requested of an organiser; "" if it requested none."""
        return str(self._signer("code").loads(kept)[4]) if self._read("code", kept, now) == organiser else ""

    def form(self, session: str) -> str:
        """Return what our forms carry, to prove that a page of this session made them."""
        return self._forms().get_signature(session).decode()

    def is_form(self, session: str, carried: str) -> bool:
        """Say whether a page of this session made a form."""
        return self._forms().verify_signature(session, carried) and _is_as_written(carried)

    def code(self, sign_in: SignIn) -> str:
        """Return the six digits to mail, computed from a key and the id so that they are never stored."""
        return _digits(self._keys[-1], sign_in)

    def is_code(self, sign_in: SignIn, typed: str) -> bool:
        """Say whether these are the digits of a code, even if the key was rotated after the mail."""
        codes = (_digits(key, sign_in) for key in self._keys)
        return any(hmac.compare_digest(code.encode(), typed.encode()) for code in codes)

    def _sign(self, purpose: str, bearer: Bearer, network: Network, *more: str) -> str:
        expires = int(network.forgotten_at.timestamp())
        return self._signer(purpose).dumps([*bearer, expires, *more])

    def _read(self, purpose: str, token: str, now: datetime) -> Bearer | None:
        try:
            network, person_key, version, expires, *more = self._signer(purpose).loads(token)
        except (BadData, ValueError):  # not ours, or from a release with another format
            return None
        signature = token.rpartition(".")[2]
        is_ours = _is_as_written(signature) and len(more) <= (purpose in _SAYS_MORE)
        is_open = is_ours and now < datetime.fromtimestamp(expires, UTC)
        return Bearer(network, person_key, version) if is_open else None

    def _signer(self, purpose: str) -> URLSafeSerializer:
        return URLSafeSerializer(self._keys, salt=f"tweetal-{purpose}", signer_kwargs=_SIGNED)

    def _forms(self) -> Signer:
        return Signer(self._keys, salt="tweetal-form", **_SIGNED)


def organiser_bearer(network: Network, address: str) -> Bearer:
    """Return the identity of an organiser in links of the current version."""
    return Bearer(network.id, address_key(network.id, address), network.organiser.links_version)


def _bearer(registration: Registration) -> Bearer:
    return Bearer(registration.network, registration.person_key, registration.links_version)


def _is_as_written(signature: str) -> bool:
    """Say whether a signature is spelled as we write it: base64 reads several spellings as the same bytes."""
    return base64_encode(base64_decode(signature)).decode() == signature


def _digits(key: str, sign_in: SignIn) -> str:
    message = "\n".join(("tweetal-code", sign_in.network, sign_in.organiser, sign_in.id))
    digest = hmac.digest(key.encode(), message.encode(), hashlib.sha256)
    return f"{int.from_bytes(digest[:8]) % 1_000_000:06}"
