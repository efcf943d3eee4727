"""The counts of mails per mailbox and per hour, stored for as long as a limit needs them."""

from datetime import UTC, datetime

from shared.aws import keys
from shared.aws.store import Store
from shared.aws.wire import UnavailableError
from shared.domain.mail_limits import AN_HOUR, KEPT, AddressLedger, Verdict, address_hash, entry, next_hour
from shared.domain.network.network import Network

_ATTEMPTS = 5  # tries, when other mails to the same address reserve a place at the same moment


class MailLimits:
    """Counts the mails that others can cause; stores an address only as a hash."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def ledger(self, email: str) -> AddressLedger:
        """Return which mails an address got, and whether it complained."""
        item = self._store.get(keys.address(address_hash(email)), keys.MAILED) or {}
        return AddressLedger(frozenset(item.get("mails", ())), bool(item.get("complained")))

    def reserve(
        self, email: str, network: Network, mail: str, at: datetime, *, is_evening: bool = False
    ) -> Verdict:
        """Give a mail one of a mailbox's places, once, if it may go out now."""
        for _ in range(_ATTEMPTS):
            ledger = self.ledger(email)
            verdict = ledger.judge(network, mail, at, is_evening=is_evening)
            if verdict is not Verdict.NOW or self._append(email, ledger, entry(network, mail, at), at):
                return verdict
        raise UnavailableError("too many mails to the same address at once")

    def record_complaint(self, email: str) -> None:
        """Store that this address may not be mailed any more."""
        self._store.update(
            keys.address(address_hash(email)), keys.MAILED, "SET complained = :yes", {":yes": True}
        )

    def count_hourly_mail(self, network: str, at: datetime) -> int:
        """Count one more mail of a network in this hour, and return how many that makes."""
        values = {":one": 1, ":expires": int((next_hour(at) + AN_HOUR).timestamp())}
        hour, change = f"HOUR-{at.astimezone(UTC):%Y-%m-%dT%H}", "ADD n :one SET expires = :expires"
        counter = self._store.update(keys.counts_of(network), hour, change, values)
        return int(counter["n"]) if counter else 0

    def _append(self, email: str, ledger: AddressLedger, written: str, at: datetime) -> bool:
        count, mail = len(ledger.entries), written.rpartition(" ")[2]
        if any(each.endswith(f" {mail}") for each in ledger.entries):
            return True
        values = {":mail": {written}, ":expires": int((at + KEPT).timestamp())}
        change = "ADD mails :mail SET expires = :expires"
        condition = "attribute_not_exists(mails)"
        if count:
            condition, values = "size(mails) = :seen", values | {":seen": count}
        return bool(
            self._store.update(keys.address(address_hash(email)), keys.MAILED, change, values, condition)
        )
