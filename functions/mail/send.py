"""How a mail goes out once: claim it, render it, offer it to SES a single time, and store what became of it.

A mail that SES did not accept for now waits for its turn. If SES's answer is lost, the claim stays and SES's
own `Send` event settles it; only if none comes within a lease does the sweep offer the mail again.
A claim is released if reading or rendering fails; it runs out with its lease if the process dies.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from functions.mail.envelope import Envelope, envelopes
from shared.aws.first_mails import FirstMails
from shared.aws.mail_limits import MailLimits
from shared.aws.ses import MailDeferredError, MailOutcomeUnknownError, MailRejectedError, SesMailer
from shared.aws.table import Table
from shared.domain.first_mails import Turn, next_turn, places_of
from shared.domain.mail import Mail
from shared.domain.mail_limits import Verdict, next_evening, next_hour
from shared.domain.outbox import LEASE, MANY_BOUNCE, TEN_ALREADY, WAITS_FOR_EVENING, MailRecord, MailState
from shared.domain.registration.erasure import still_has
from shared.log import logger, measure
from shared.mails.owed.context import OwedMail

_LOG = logger("mail")


class Sender(NamedTuple):
    """Sends mails at an instant, until the function's time is nearly over.

    `sweeps` if the instant is the sweep's own clock, on which leases run: a record of the stream may be old.
    """

    table: Table
    limits: MailLimits
    first_mails: FirstMails
    mailer: SesMailer
    now: datetime
    is_time_short: Callable[[], bool]
    metrics: str  # the namespace of this stack's metrics
    sweeps: bool = False

    def send(self, mails: Iterable[OwedMail], records: Iterable[MailRecord]) -> None:
        """Send each mail that these records do not show as sent; raise `TimeoutError` if time runs short."""
        by_id = {record.id: record for record in records}
        both = [(owed, by_id.get(owed.record.id)) for owed in mails]
        due = [_tried_since(owed, record) for owed, record in both if self._is_due(owed, record)]
        for envelope in envelopes(due, by_id):
            if self.is_time_short():
                raise TimeoutError
            self._claim_and_send(envelope)

    def _is_due(self, letter: OwedMail, record: MailRecord | None) -> bool:
        if record is None:
            return True
        if not record.is_due(self.now):
            return False
        if not self.sweeps:  # only the sweep has everything that waits for the evening, or for its turn
            return not record.waits_for_evening and not record.is_held_back
        return record.reason != MANY_BOUNCE or not self._is_held(places_of(letter.to, letter.posted_from))

    def _is_held(self, places: Sequence[str]) -> bool:
        return self.first_mails.held_back(self.now).holds(places)

    def _claim_and_send(self, envelope: Envelope) -> None:
        due = self.now + LEASE if self.sweeps else None
        letters = [letter._replace(record=replace(letter.record, due=due)) for letter in envelope.letters]
        claimed = [letter for letter in letters if self.table.claim_mail(letter.record, self.now)]
        mine = self._cleared(envelope._replace(letters=claimed)) if claimed else None
        if mine:
            try:
                mine = self._without_erased(mine)
                mail = mine.write() if mine.letters else None
            except Exception as error:  # the next try must find the mail due
                self._release(mine, self.now, type(error).__name__)
                raise
            if mail:
                self._offer(mail, mine)

    def _without_erased(self, envelope: Envelope) -> Envelope:
        """Return a claimed mail without those who were erased since their batch was read, and their claims.

        It is read after the claim, so that whoever was erased before it is not mailed.
        """
        erased = [letter for letter in envelope.letters if self._is_erased(letter)]
        for letter in erased:
            self.table.delete_open_mail(letter.record)
            _LOG.info("erased", mail=letter.record.id)
        return envelope._replace(letters=[letter for letter in envelope.letters if letter not in erased])

    def _is_erased(self, letter: OwedMail) -> bool:
        if not letter.person_key:
            return False
        person = self.table.registration(letter.network.id, letter.person_key)
        return person is None or not still_has(person, letter.to)

    def _offer(self, mail: Mail, envelope: Envelope) -> None:
        first, *others = envelope.records
        try:
            also, organiser = [record.id for record in others], envelope.network.organiser
            self.mailer.send(mail, envelope.to, organiser, first, also, envelope.first_at)
        except MailRejectedError as error:
            _LOG.error("refused", mail=first.id, error=str(error))
            self._settle(envelope, MailState.FAILED, str(error))
        except MailDeferredError as error:
            self._postpone(envelope, error)
        except MailOutcomeUnknownError as error:  # the claim stays until SES's Send event or the sweep
            _LOG.warning("answer lost", mail=first.id, error=str(error))
        else:
            self._settle(envelope, MailState.SENT)
            _LOG.info("sent", mail=first.id, kind=mail.kind, network=first.network, people=len(others) + 1)

    def _cleared(self, envelope: Envelope) -> Envelope | None:
        """Return a claimed mail that may go now, with a first one's places; if not, its record says why."""
        first, network, reason = envelope.records[0], envelope.network, envelope.reason
        ledger = self.limits.ledger(envelope.to)
        if ledger.complained:
            self._settle(envelope, MailState.WITHHELD, "complained")
            return None
        if not envelope.from_strangers:
            return envelope
        places = () if ledger.reached else envelope.places
        if places and self._is_held(places):
            self._wait(envelope, Turn(self.now, MANY_BOUNCE))
            return None
        is_evening = envelope.is_evening
        verdict = self.limits.reserve(envelope.to, network, first.id, self.now, is_evening=is_evening)
        if verdict is not Verdict.NOW:
            _LOG.warning("too many", mail=first.id, when=verdict.value)
            self._hold_back(envelope, verdict)
            return None
        if not self.first_mails.count(network.id, network.abuse.mails_an_hour, places, reason, self.now):
            self._await_turn(envelope)
            return None
        return envelope._replace(first_at=places)

    def _await_turn(self, envelope: Envelope) -> None:
        first, limit = envelope.records[0], envelope.network.abuse.mails_an_hour
        mails = self.first_mails.mails_in_hour(first.network, self.now)
        if mails < limit:
            self._wait(envelope, next_turn(mails, limit, envelope.reason, first.id, self.now))
            return
        wait = next_hour(self.now) - self.now
        self._postpone(envelope, MailDeferredError("TooManyThisHour", wait, alarming=True))

    def _wait(self, envelope: Envelope, turn: Turn) -> None:
        _LOG.warning("waits", mail=envelope.records[0].id, reason=turn.reason)
        self._release(envelope, turn.due, turn.reason)

    def _hold_back(self, envelope: Envelope, verdict: Verdict) -> None:
        if verdict is Verdict.NEVER:
            self._settle(envelope, MailState.WITHHELD, TEN_ALREADY)
        else:
            self._release(envelope, next_evening(envelope.network, self.now), WAITS_FOR_EVENING)

    def _postpone(self, envelope: Envelope, error: MailDeferredError) -> None:
        first = envelope.records[0]
        self._release(envelope, self.now + error.wait + _spread(first), str(error))
        (_LOG.error if error.alarming else _LOG.warning)("later", mail=first.id, error=str(error))
        if error.alarming:
            measure(self.metrics, "MailBlocked", 1, "Count", {"service": "mail"})

    def _release(self, envelope: Envelope, due: datetime, reason: str) -> None:
        for record in envelope.records:
            self.table.postpone_mail(replace(record, state=MailState.PENDING), due, reason)

    def _settle(self, envelope: Envelope, state: MailState, reason: str = "") -> None:
        for record in envelope.records:
            self.table.set_mail_state(record.network, record.id, state, reason)


def _tried_since(letter: OwedMail, before: MailRecord | None) -> OwedMail:
    """Return a mail that remembers since when it is tried, where its instant is not that of its cause."""
    if before is None or before.open_since >= letter.record.at:
        return letter
    return letter._replace(record=replace(letter.record, tried_at=before.open_since))


def _spread(record: MailRecord) -> timedelta:
    """Return up to nine minutes, so that mails that waited together do not come back together."""
    return timedelta(seconds=int.from_bytes(hashlib.sha256(record.id.encode()).digest()[:2]) % 540)
