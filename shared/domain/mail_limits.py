"""Limits on the mail that strangers can cause: anybody can type another person's address in a form."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

A_DAY, IN_ALL = 3, 10  # mails to one address that strangers may cause
KEPT = timedelta(days=366)  # how long an address's mails are counted
AN_HOUR = timedelta(hours=1)


class AddressLedger(NamedTuple):
    """The mails to one address that strangers may have caused, each as `entry` writes it."""

    entries: frozenset[str] = frozenset()
    complained: bool = False

    def takes(self, mail: str, at: datetime) -> bool:
        """Say whether an address may get this mail; a mail that was counted before always may."""
        today = sum(entry.startswith(f"{at.astimezone(UTC):%Y-%m-%d} ") for entry in self.entries)
        if any(entry.endswith(f" {mail}") for entry in self.entries):
            return True
        return today < A_DAY and len(self.entries) < IN_ALL


def entry(mail: str, at: datetime) -> str:
    """Write a mail with the date (UTC) of its first offer: "2023-03-20 PLG-7K3MQ2XD-confirmation-1"."""
    return f"{at.astimezone(UTC):%Y-%m-%d} {mail}"


def address_hash(email: str) -> str:
    """Return what an address is counted by, over all networks: without case, dots and a plus-tag.

    Only for counting: not every mail provider ignores these, so no people are merged by it.
    """
    local, _, domain = email.casefold().rpartition("@")
    folded = f"{local.partition('+')[0].replace('.', '')}@{domain}"
    return hashlib.sha256(f"tweetal-mailed\n{folded}".encode()).hexdigest()[:32]


def next_hour(at: datetime) -> datetime:
    """Return the first instant after an instant's hour (UTC)."""
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + AN_HOUR
