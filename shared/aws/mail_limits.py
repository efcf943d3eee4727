"""What was mailed to an address and in an hour, kept in the table for as long as it counts."""

from datetime import UTC, datetime

from shared.aws import keys
from shared.aws.store import Store
from shared.aws.wire import UnavailableError
from shared.domain.mail_limits import AN_HOUR, KEPT, AddressLedger, address_hash, entry, next_hour

_ATTEMPTS = 5  # how often one mail gives way to another to the same address


class MailLimits:
    """Counts mails that strangers can cause; an address stands here only as a hash."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def ledger(self, email: str) -> AddressLedger:
        """Return what an address got."""
        found = self._store.get(keys.address(address_hash(email)), keys.MAILED) or {}
        return AddressLedger(frozenset(found.get("mails", ())), bool(found.get("complained")))

    def reserve(self, email: str, mail: str, at: datetime) -> bool:
        """Give a mail one of an address's places; False where there is none left. Safe to do again."""
        for _ in range(_ATTEMPTS):
            mailed = self.ledger(email)
            if not mailed.takes(mail, at):
                return False
            if self._note(email, mailed, mail, at):
                return True
        raise UnavailableError("too many mails to the same address at once")

    def record_complaint(self, email: str) -> None:
        """Keep that nothing may be mailed to an address any more."""
        self._store.update(
            keys.address(address_hash(email)), keys.MAILED, "SET complained = :yes", {":yes": True}
        )

    def count_hourly_mail(self, network: str, at: datetime) -> int:
        """Count one more mail of a network in this hour, and return how many that makes."""
        values = {":one": 1, ":expires": int((next_hour(at) + AN_HOUR).timestamp())}
        hour, change = f"HOUR-{at.astimezone(UTC):%Y-%m-%dT%H}", "ADD n :one SET expires = :expires"
        counted = self._store.update(keys.counts_of(network), hour, change, values)
        return int(counted["n"]) if counted else 0

    def _note(self, email: str, seen: AddressLedger, mail: str, at: datetime) -> bool:
        count = len(seen.entries)
        values = {":mail": {entry(mail, at)}, ":expires": int((at + KEPT).timestamp())}
        change = "ADD mails :mail SET expires = :expires"
        condition = "attribute_not_exists(mails)"
        if count:
            condition, values = "size(mails) = :seen", values | {":seen": count}
        if entry(mail, at) in seen.entries:
            return True
        return bool(
            self._store.update(keys.address(address_hash(email)), keys.MAILED, change, values, condition)
        )
