"""How a mail goes out once: claim it, render it, offer it to SES a single time, and store what became of it.

A mail that SES did not accept for now waits for its turn. If SES's answer is lost, the claim stays and SES's
own `Send` event settles it; only if none comes within a lease does the sweep offer the mail again.
A claim is released if rendering fails; it runs out with its lease if the process dies.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from shared.aws.mail_limits import MailLimits
from shared.aws.ses import MailDeferredError, MailOutcomeUnknownError, MailRejectedError, SesMailer
from shared.aws.table import Table
from shared.domain.mail import Mail
from shared.domain.mail_limits import next_hour
from shared.domain.outbox import LEASE, MailRecord, MailState
from shared.log import logger, measure
from shared.mails.owed.context import OwedMail

_LOG = logger("mail")


class Sender(NamedTuple):
    """Sends mails at an instant, until the function's time is nearly over.

    `sweeps` if the instant is the sweep's own clock, on which leases run: a record of the stream may be old.
    """

    table: Table
    limits: MailLimits
    mailer: SesMailer
    now: datetime
    is_time_short: Callable[[], bool]
    metrics: str  # the namespace of this stack's metrics
    sweeps: bool = False

    def send(self, mails: Iterable[OwedMail], records: Iterable[MailRecord]) -> None:
        """Send each mail that these records do not show as sent; raise `TimeoutError` if time runs short."""
        by_id = {record.id: record for record in records}
        for owed in mails:
            record = by_id.get(owed.record.id)
            if record is None or record.is_due(self.now):
                if self.is_time_short():
                    raise TimeoutError
                self._claim_and_send(owed)

    def _claim_and_send(self, owed: OwedMail) -> None:
        record = replace(owed.record, due=self.now + LEASE if self.sweeps else None)
        if self.table.claim_mail(record, self.now) and self._may_send(owed, record):
            self._offer(self._render(owed, record), owed, record)

    def _render(self, owed: OwedMail, record: MailRecord) -> Mail:
        """Render a claimed mail; on failure release the claim, so that the next try finds the mail due."""
        try:
            return owed.write()
        except Exception as error:
            pending = replace(record, state=MailState.PENDING)
            self.table.postpone_mail(pending, self.now, type(error).__name__)
            raise

    def _offer(self, mail: Mail, owed: OwedMail, record: MailRecord) -> None:
        try:
            self.mailer.send(mail, owed.to, owed.network.organiser, record)
        except MailRejectedError as error:
            _LOG.error("refused", mail=record.id, error=str(error))
            self.table.set_mail_state(record.network, record.id, MailState.FAILED, str(error))
        except MailDeferredError as error:
            self._postpone(record, error)
        except MailOutcomeUnknownError as error:  # the claim stays until SES's Send event or the sweep
            _LOG.warning("answer lost", mail=record.id, error=str(error))
        else:
            self.table.set_mail_state(record.network, record.id, MailState.SENT)
            _LOG.info("sent", mail=record.id, kind=record.kind, network=record.network)

    def _may_send(self, owed: OwedMail, record: MailRecord) -> bool:
        """Say whether a claimed mail may go out now; if not, its record says why."""
        if self.limits.ledger(owed.to).complained:
            self.table.set_mail_state(record.network, record.id, MailState.WITHHELD, "complained")
            return False
        if not owed.from_strangers:
            return True
        if not self.limits.reserve(owed.to, record.id, self.now):
            _LOG.warning("withheld", mail=record.id)
            self.table.set_mail_state(record.network, record.id, MailState.WITHHELD, "too many")
            return False
        if self.limits.count_hourly_mail(record.network, self.now) > owed.network.abuse.mails_an_hour:
            wait = next_hour(self.now) - self.now
            self._postpone(record, MailDeferredError("TooManyThisHour", wait, alarming=True))
            return False
        return True

    def _postpone(self, record: MailRecord, error: MailDeferredError) -> None:
        pending = replace(record, state=MailState.PENDING)
        self.table.postpone_mail(pending, self.now + error.wait + _spread(record), str(error))
        (_LOG.error if error.alarming else _LOG.warning)("later", mail=record.id, error=str(error))
        if error.alarming:
            measure(self.metrics, "MailBlocked", 1, "Count", {"service": "mail"})


def _spread(record: MailRecord) -> timedelta:
    """Return up to nine minutes, so that mails that waited together do not come back together."""
    return timedelta(seconds=int.from_bytes(hashlib.sha256(record.id.encode()).digest()[:2]) % 540)
