"""How organisers show that a mailbox is theirs: a code by mail that works once and for a short time."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

LASTS = timedelta(minutes=10)
TRIES = 5
SESSION = timedelta(hours=12)
_BETWEEN, _DAY, _A_DAY = timedelta(minutes=1), timedelta(days=1), 10  # nobody can flood a mailbox with codes


@dataclass(frozen=True, slots=True)
class SignIn:
    """The latest code of one organiser: `nonce` and a key that is not stored here make the digits.

    `requests` are the instants of the last day at which this organiser requested a code, the latest last.
    """

    network: str
    organiser: str
    nonce: str
    requests: tuple[datetime, ...]
    tries: int = 0
    used: bool = False
    revision: int = 0

    @property
    def ends(self) -> datetime:
        """The first instant at which the code no longer works."""
        return self.requests[-1] + LASTS

    @property
    def forgotten_at(self) -> datetime:
        """The instant from which not even the count of requests needs this."""
        return self.requests[-1] + _DAY

    def is_valid(self, now: datetime) -> bool:
        """Say whether the right digits still sign the organiser in."""
        return not self.used and self.tries < TRIES and now < self.ends

    def after_try(self, is_right: bool) -> "SignIn":
        """Return this code after one try: it works once, and stops after too many wrong tries."""
        return replace(self, tries=self.tries + 1, used=is_right)


def request_code(
    latest: SignIn | None, network: str, organiser: str, nonce: str, now: datetime
) -> SignIn | None:
    """Return a new code; None if the latest is under a minute old, or the day's limit is reached."""
    requests = tuple(at for at in (latest.requests if latest else ()) if now - at < _DAY)
    if requests and (now - requests[-1] < _BETWEEN or len(requests) >= _A_DAY):
        return None
    return SignIn(network, organiser, nonce, (*requests, now), revision=latest.revision if latest else 0)
