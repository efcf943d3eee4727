"""The mails to each mailbox, counted for as long as a limit needs that, and whether any arrived."""

from datetime import datetime

from shared.aws import keys
from shared.aws.first_mails import FirstMails, record_bounce
from shared.aws.store import Store
from shared.aws.wire import UnavailableError
from shared.domain.mail_limits import KEPT, AddressLedger, Verdict, address_hash, entry
from shared.domain.network.network import Network

_ATTEMPTS = 5  # tries, when other mails to the same address reserve a place at the same moment


class MailLimits:
    """Counts the mails that others can cause; stores an address only as a hash."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def ledger(self, email: str) -> AddressLedger:
        """Return which mails an address got, and whether it complained."""
        item = self._store.get(keys.address(address_hash(email)), keys.MAILED) or {}
        complained, reached = bool(item.get("complained")), bool(item.get("reached"))
        return AddressLedger(frozenset(item.get("mails", ())), complained, reached)

    def first_mails(self) -> FirstMails:
        """Return the counts of first mails, for one batch of mails."""
        return FirstMails(self._store)

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

    def record_bounce(self, places: str, mail: str, at: datetime) -> None:
        """Count a first mail to these places that bounced for good, once."""
        record_bounce(self._store, places, mail, at)

    def record_arrival(self, email: str, *, reached: bool) -> None:
        """Store whether a first mail reached its address, where the mails to it are counted."""
        pk, values = keys.address(address_hash(email)), {":reached": reached}
        self._store.update(pk, keys.MAILED, "SET reached = :reached", values, "attribute_exists(pk)")

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
