"""How a mail goes out once: claimed, offered to SES a single time, and marked with what came of it.

What SES surely refused waits for its turn. Where the answer was lost the claim stays, and SES's own `Send`
event settles it; only when that has not come within a lease does the sweeper offer the mail again.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from shared.aws.mail_limits import MailLimits
from shared.aws.ses import MailDeferredError, MailOutcomeUnknownError, MailRejectedError, SesMailer
from shared.aws.table import Table
from shared.domain.mail_limits import next_hour
from shared.domain.outbox import LEASE, MailRecord, MailState
from shared.log import logger
from shared.mails.owed.context import OwedMail

_LOG = logger("mail")


class Sender(NamedTuple):
    """Sends letters at an instant, until `hurry` says that the function's time is nearly over.

    `sweeps` where the instant is the sweeper's own clock, on which leases run: a stream's record may be old.
    """

    table: Table
    limits: MailLimits
    post: SesMailer
    now: datetime
    hurry: Callable[[], bool]
    sweeps: bool = False

    def send(self, letters: Iterable[OwedMail], records: Iterable[MailRecord]) -> None:
        """Send each letter that has not been sent, as far as these records of mails tell.

        Raises `TimeoutError` where the rest is for another time.
        """
        known = {record.id: record for record in records}
        for letter in letters:
            before = known.get(letter.record.id)
            if before is None or before.is_due(self.now):
                if self.hurry():
                    raise TimeoutError
                self._offer(letter)

    def _offer(self, letter: OwedMail) -> None:
        mail = letter.write()
        record = replace(letter.record, due=self.now + LEASE if self.sweeps else None)
        if not self.table.claim(record, self.now):  # somebody else was faster
            return
        if not self._may(letter, record):
            return
        try:
            self.post.send(mail, letter.to, letter.network.organiser, record)
        except MailRejectedError as refused:
            _LOG.error("refused", mail=record.id, error=str(refused))
            self.table.mark(record.network, record.id, MailState.FAILED, str(refused))
        except MailDeferredError as later:
            self._wait(record, later)
        except (
            MailOutcomeUnknownError
        ) as unknown:  # SES's Send event tells; until then it is not sent a second time
            _LOG.warning("answer lost", mail=record.id, error=str(unknown))
        else:
            self.table.mark(record.network, record.id, MailState.SENT)
            _LOG.info("sent", mail=record.id, kind=record.kind, network=record.network)

    def _may(self, letter: OwedMail, record: MailRecord) -> bool:
        """Say whether a claimed mail may go out now; where not, its record says why."""
        if self.limits.ledger(letter.to).complained:
            self.table.mark(record.network, record.id, MailState.WITHHELD, "complained")
            return False
        if not letter.from_strangers:
            return True
        if not self.limits.reserve(letter.to, record.id, self.now):
            _LOG.warning("withheld", mail=record.id)
            self.table.mark(record.network, record.id, MailState.WITHHELD, "too many")
            return False
        if self.limits.count_hourly_mail(record.network, self.now) > letter.network.abuse.mails_an_hour:
            wait = next_hour(self.now) - self.now
            self._wait(record, MailDeferredError("TooManyThisHour", wait, alarming=True))
            return False
        return True

    def _wait(self, record: MailRecord, later: MailDeferredError) -> None:
        pending = replace(record, state=MailState.PENDING)
        self.table.postpone(pending, self.now + later.wait + _spread(record), str(later))
        (_LOG.error if later.alarming else _LOG.warning)("later", mail=record.id, error=str(later))


def _spread(record: MailRecord) -> timedelta:
    """Return up to some minutes, so that mails that waited together do not come back together."""
    return timedelta(seconds=int.from_bytes(hashlib.sha256(record.id.encode()).digest()[:2]) % 540)
