"""How organisers show that a mailbox is theirs: a mailed code that works once, shortly and in one browser."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

LASTS = timedelta(minutes=10)
TRIES = 5
SESSION = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class SignIn:
    """One requested code: `id` and a key that is not stored here make the digits.

    Nobody can guess the id, and only the browser that requested the code holds it, in a cookie. So tries in
    another browser leave this code alone.
    """

    network: str
    organiser: str
    id: str
    requested_at: datetime
    tries: int = 0
    used: bool = False
    revision: int = 0

    @property
    def ends(self) -> datetime:
        """The first instant at which the code no longer works."""
        return self.requested_at + LASTS

    def is_valid(self, now: datetime) -> bool:
        """Say whether the right digits still sign the organiser in."""
        return not self.used and self.tries < TRIES and now < self.ends

    def after_try(self, is_right: bool) -> "SignIn":
        """Return this code after one try: it works once, and stops after too many wrong tries."""
        return replace(self, tries=self.tries + 1, used=is_right)
