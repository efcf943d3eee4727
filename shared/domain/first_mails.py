"""First mails: to addresses that others may have invented, where no mail of ours has arrived yet.

SES reviews a sender of whose mails 5 % bounce for good, and pauses it at 10 %: nobody would be mailed then.
So few go at once to the people of one place, which is a client address or a mail domain, and new people wait
while many first mails bounce. What is decided, moved or requested by an address's owner is no first mail.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from shared.domain.outbox import FROM_ONE_PLACE, MANY_BOUNCE

ANY = 1_000_000  # more than ever go in an hour
AT_ONCE = 20  # first mails an hour to the people of one place; the others go within the hour
FEW = 5  # of them, where many bounced before, or where a network has mailed half of what it may
_AN_HOUR = timedelta(hours=1)
_WITHIN = 45 * 60  # seconds, and a quarter of an hour until the sweep
_TOO_MANY = 0.03  # of first mails that bounce; these are less than half of all mails
_WINDOWS = ((2, 10), (24, 20))  # hours, the present one too, and bounces of which fewer prove nothing
_SUSPICIOUS = 3  # bounces of one place, which more than a few slips of the pen
_PLACES = re.compile(r"c[0-9a-f]{4}(-d[0-9a-f]{4})?")
# Everybody can have an address at these, so they are no place.
_PUBLIC = frozenset(
    {
        *("gmail.com", "googlemail.com", "hotmail.com", "hotmail.nl", "outlook.com", "outlook.nl"),
        *("live.com", "live.nl", "msn.com", "yahoo.com", "icloud.com", "me.com", "mac.com", "aol.com"),
        *("gmx.net", "gmx.com", "proton.me", "protonmail.com", "ziggo.nl", "kpnmail.nl"),
        *("kpnplanet.nl", "planet.nl", "xs4all.nl", "hetnet.nl", "home.nl", "casema.nl", "chello.nl"),
        *("upcmail.nl", "quicknet.nl", "zeelandnet.nl", "caiway.nl", "online.nl", "tele2.nl"),
        *("telfort.nl", "solcon.nl", "freedom.nl"),
    }
)


class FirstMailHour(NamedTuple):
    """The first mails that were sent in an hour (UTC), and each that bounced in it, by `bounced_mail`."""

    start: datetime
    sent: int = 0
    bounced: frozenset[str] = frozenset()


class HeldBack(NamedTuple):
    """Whose first mails wait because many bounced: those of some places, or everybody's."""

    places: frozenset[str] = frozenset()
    everybody: bool = False

    def holds(self, places: Iterable[str]) -> bool:
        """Say whether a first mail of these places waits; a mail that is no first mail has no places."""
        return any(self.everybody or place in self.places for place in places)


class Bounds(NamedTuple):
    """How many mails of an hour there may be before a mail: of its network, and of each of its places."""

    network: int
    place: int


class Turn(NamedTuple):
    """From when a mail that has to wait may be offered again, and why it waits."""

    due: datetime
    reason: str


def places_of(email: str, origin: str) -> tuple[str, ...]:
    """Return the places of a mail: where it was caused, and the domain unless everybody can be there.

    Each is sixteen bits of a hash, which identify nobody: "c3f9a", "d07b2".
    """
    domain = email.rpartition("@")[2].casefold()
    return (_place("c", origin), *([] if domain in _PUBLIC else [_place("d", domain)]))


def _place(kind: str, text: str) -> str:
    return kind + hashlib.sha256(f"tweetal-place\n{text}".encode()).hexdigest()[:4]


def bounced_mail(places: str, mail: str) -> str:
    """Name a first mail that bounced, by its places and a hash of its id, so that it is counted once.

    Empty if these are no places, as `-` joins them.
    """
    if not _PLACES.fullmatch(places):
        return ""
    return f"{places}-{hashlib.sha256(mail.encode()).hexdigest()[:8]}"


def hour_of(at: datetime) -> datetime:
    """Return when the hour (UTC) of an instant began."""
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def held_back(hours: Sequence[FirstMailHour], at: datetime) -> HeldBack:
    """Say whose first mails wait: the suspicious, and everybody only if without them too many bounce."""
    suspicious, is_open, everybody = _suspicious(_bounces(hours, at, 24)), False, False
    for length, enough in _WINDOWS:
        sent = sum(hour.sent for hour in _recent(hours, at, length))
        bounced = _bounces(hours, at, length)
        others = [each for each in bounced if suspicious.isdisjoint(_places_in(each))]
        is_open |= _are_too_many(len(bounced), sent, enough)
        everybody |= _are_too_many(len(others), sent - len(bounced) + len(others), enough)
    return HeldBack(suspicious if is_open else frozenset(), everybody)


def _suspicious(bounced: Iterable[str]) -> frozenset[str]:
    """Return the places of which many bounced; a school only by people whom no such client invented.

    Otherwise one client that invents colleagues of a school would keep its real ones from their mail.
    """
    places = [_places_in(each) for each in bounced]
    clients = _with_many(client for client, *_ in places)
    return clients | _with_many(
        domain for client, *domains in places if client not in clients for domain in domains
    )


def _with_many(places: Iterable[str]) -> frozenset[str]:
    return frozenset(place for place, n in Counter(places).items() if n >= _SUSPICIOUS)


def _are_too_many(bounced: int, sent: int, enough: int) -> bool:
    return bounced >= enough and bounced > _TOO_MANY * sent


def _recent(hours: Iterable[FirstMailHour], at: datetime, length: int) -> list[FirstMailHour]:
    return [hour for hour in hours if hour.start > hour_of(at) - length * _AN_HOUR]


def _bounces(hours: Iterable[FirstMailHour], at: datetime, length: int) -> frozenset[str]:
    return frozenset().union(*(hour.bounced for hour in _recent(hours, at, length)))


def _places_in(bounced: str) -> list[str]:
    return bounced.split("-")[:-1]


def bounds(limit: int, reason: str) -> tuple[Bounds, ...]:
    """Return the bounds of which one must hold for a mail to go, by the limit of its network.

    `reason` is why it waited until now. From half the limit on, the suspicious wait first: a place of which
    more than a few were mailed in this hour.
    """
    most = {FROM_ONE_PLACE: ANY, MANY_BOUNCE: FEW}.get(reason, AT_ONCE)
    either = Bounds(limit // 2, most), Bounds(limit, FEW)
    return tuple(each for each in either if each.network)


def next_turn(mails: int, limit: int, reason: str, mail: str, at: datetime) -> Turn:
    """Return the turn of a first mail of a place of which enough went; its network sent so many mails.

    `reason` is why it waited until now, if it did.
    """
    digest = int.from_bytes(hashlib.sha256(mail.encode()).digest()[:4])
    is_new = mails < limit // 2 and reason != MANY_BOUNCE
    due = at + timedelta(seconds=digest % _WITHIN) if is_new else hour_of(at) + _AN_HOUR
    return Turn(due, reason or FROM_ONE_PLACE)
