"""Limits on the mail that others can cause: anybody can type another person's address in a form."""

import hashlib
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from shared.domain.network.network import Network

A_DAY, IN_ALL = 3, 10  # mails to one mailbox that others may cause in a network; the evening's is one more
EVENING = time(17)  # from when, on local clocks, what was too much for a day goes out together
KEPT = timedelta(days=366)  # how long a mailbox's mails are counted
# Providers that deliver what is sent to one name at any of these domains to one mailbox.
_SAME_PROVIDER = {
    "googlemail.com": "gmail.com",
    "me.com": "icloud.com",
    "mac.com": "icloud.com",
    "pm.me": "proton.me",
    "protonmail.com": "proton.me",
    "protonmail.ch": "proton.me",
}
AN_HOUR = timedelta(hours=1)


class Verdict(StrEnum):
    """When a mail that others caused may go out."""

    NOW = "now"
    EVENING = "evening"  # together with what else waits for that mailbox
    NEVER = "never"  # the next mail that always goes says what is so then


class AddressLedger(NamedTuple):
    """The mails to one mailbox that others may have caused, each as `entry` writes it.

    `reached` if one of them arrived.
    """

    entries: frozenset[str] = frozenset()
    complained: bool = False
    reached: bool = False

    def judge(self, network: Network, mail: str, at: datetime, *, is_evening: bool = False) -> Verdict:
        """Say when a mailbox may get this mail of a network; one that was counted before may go now.

        `is_evening` for the one mail of a day that puts together what was too much for it.
        """
        own = [each for each in self.entries if _is_of(each, network)]
        if any(each.endswith(f" {mail}") for each in own):
            return Verdict.NOW
        if len(own) >= IN_ALL:
            return Verdict.NEVER
        today = sum(each.startswith(f"{network.local(at):%Y-%m-%d} ") for each in own)
        return Verdict.NOW if today < A_DAY + is_evening else Verdict.EVENING


def entry(network: Network, mail: str, at: datetime) -> str:
    """Write a mail with the local date of its first offer: "2023-03-20 plg-2023 PLG-7K3MQ2XD-late-1"."""
    return f"{network.local(at):%Y-%m-%d} {network.id} {mail}"


def _is_of(written: str, network: Network) -> bool:
    """Say whether an entry counts in a network; earlier releases wrote no network beside a mail."""
    _, *named, mail = written.split(" ")
    return named == [network.id] if named else mail.startswith(f"{network.prefix}-")


def next_evening(network: Network, at: datetime) -> datetime:
    """Return the first instant from which what waits for the evening may go out."""
    local = network.local(at)
    day = local.date() + timedelta(days=local.time() >= EVENING)
    return datetime.combine(day, EVENING, network.zone)


def address_hash(email: str) -> str:
    """Return what a mailbox is counted by: its address without case, dots, plus-tag and other domains of it.

    Only for counting: not every mail provider ignores these, so no people are merged by it.
    """
    local, _, domain = email.casefold().rpartition("@")
    folded = f"{local.partition('+')[0].replace('.', '')}@{_SAME_PROVIDER.get(domain, domain)}"
    return hashlib.sha256(f"tweetal-mailed\n{folded}".encode()).hexdigest()[:32]


def next_hour(at: datetime) -> datetime:
    """Return the first instant after an instant's hour (UTC)."""
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + AN_HOUR
