"""The sweep: finds, from the table alone, every mail that a network owes and that has not gone out."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from functions.mail.gather import Batch
from functions.mail.organisers import OrganiserMails
from functions.mail.send import Sender
from shared.domain.message import first_owed_day
from shared.domain.network.network import Network
from shared.domain.outbox import LEASE, OPEN, MailRecord, MailState
from shared.domain.registration.confirming import confirmation_changes, mailed_to_confirm
from shared.mails.owed import owed
from shared.mails.owed.quiet import quiet_until


class Swept(NamedTuple):
    """The records of mails that waited before a sweep, and until when nothing is owed in its network.

    `quiet_until` is None where the sweep had anything to do.
    """

    waiting: list[MailRecord]
    quiet_until: datetime | None


def sweep(network: Network, batch: Batch, organiser_mails: OrganiserMails, sender: Sender) -> Swept:
    """Send the mails that a network owes."""
    stored = sender.table.memberships.read(network.id)
    batch.forget(network)  # the stream may have lost what this process remembers
    is_changed = sender.table.judge(network, batch.snapshot(network, sender.now).unjudged, sender.now)
    if is_changed:
        batch.forget(network)
    records = sender.table.mails(network.id)
    everyone, mailed = batch.snapshot(network, sender.now).registrations, mailed_to_confirm(records)
    for person in confirmation_changes(network, everyone, mailed, sender.now):
        sender.table.save(person)  # who has changed meanwhile is looked at by the next sweep
        batch.forget(network)
        is_changed = True
    batch.settle_memberships(network, stored, sender.now)
    versions = sender.table.version_history(network, sender.now)
    messages = sender.table.messages.messages_since(network.id, first_owed_day(network, sender.now))
    registrations = batch.snapshot(network, sender.now).registrations
    context = batch.mail_context(network, sender.now, registrations, records, versions)
    context = context._replace(messages=messages)
    people = [person for person in registrations if person.person_key in context.school_of]
    mails = [mail for person in people for mail in owed(person, context)]
    mails += organiser_mails.owed_codes(network, sender.now)
    mails += organiser_mails.owed_reports(network, registrations, sender.now)
    sender.send(mails, records)
    waiting, owed_ids = [r for r in records if r.state in OPEN], {mail.record.id for mail in mails}
    if sender.sweeps:
        _settle_waiting(waiting, owed_ids, sender)
    if is_changed or waiting or not owed_ids <= {record.id for record in records}:
        return Swept(waiting, None)
    return Swept(waiting, quiet_until(context, people, sender.table.decisions(network.id)))


def _settle_waiting(waiting: Iterable[MailRecord], owed_ids: set[str], sender: Sender) -> None:
    """Give claims of the stream a lease on the sweep's clock, and end mails that are no longer owed."""
    table, now = sender.table, sender.now
    for record in waiting:
        if record.due is None:
            table.postpone_mail(record, now + LEASE)
        elif record.id not in owed_ids and record.state is MailState.PENDING:
            table.delete_open_mail(record)
        elif record.id not in owed_ids and record.due <= now:
            table.set_mail_state(record.network, record.id, MailState.UNKNOWN)
