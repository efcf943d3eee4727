"""How an organiser shows that their mailbox is theirs: a code by mail, typed once and soon forgotten."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

LASTS = timedelta(minutes=10)
TRIES = 5
SESSION = timedelta(hours=12)
_BETWEEN, _DAY, _A_DAY = timedelta(minutes=1), timedelta(days=1), 10  # a mailbox is not to be flooded


@dataclass(frozen=True, slots=True)
class SignIn:
    """The latest code of one organiser; `nonce` is what it is made from, with a key that is not kept here.

    `asked` are the moments of the last day at which a code was asked for, the last that of this one.
    """

    network: str
    organiser: str
    nonce: str
    asked: tuple[datetime, ...]
    tries: int = 0
    used: bool = False
    revision: int = 0

    @property
    def ends(self) -> datetime:
        """The first instant at which the code opens nothing."""
        return self.asked[-1] + LASTS

    @property
    def forgotten_at(self) -> datetime:
        """When this need not be remembered any longer, not even to count how often was asked."""
        return self.asked[-1] + _DAY

    def opens(self, now: datetime) -> bool:
        """Say whether the code, typed right, still opens the door."""
        return not self.used and self.tries < TRIES and now < self.ends

    def tried(self, right: bool) -> "SignIn":
        """Return what a try makes of it: a code works once, and not after too many wrong ones."""
        return replace(self, tries=self.tries + 1, used=right)


def ask(before: SignIn | None, network: str, organiser: str, nonce: str, now: datetime) -> SignIn | None:
    """Return the code that is asked for; None where the last one is too fresh, or there were too many."""
    asked = tuple(at for at in (before.asked if before else ()) if now - at < _DAY)
    if asked and (now - asked[-1] < _BETWEEN or len(asked) >= _A_DAY):
        return None
    return SignIn(network, organiser, nonce, (*asked, now), revision=before.revision if before else 0)
