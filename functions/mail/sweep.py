"""The sweep: finds, from the table alone, every mail that a network owes and that has not gone out."""

from collections.abc import Iterable

from functions.mail.gather import Batch
from functions.mail.organisers import OrganiserMails
from functions.mail.send import Sender
from shared.domain.message import first_owed_day
from shared.domain.network.network import Network
from shared.domain.outbox import LEASE, OPEN, MailRecord, MailState
from shared.domain.registration.confirming import confirmation_changes, mailed_to_confirm
from shared.mails.owed import owed


def sweep(
    network: Network, batch: Batch, organiser_mails: OrganiserMails, sender: Sender
) -> list[MailRecord]:
    """Send the mails that a network owes, and return the records of those that waited before."""
    batch.forget(network)  # the stream may have lost what this process remembers
    if sender.table.judge(network, batch.snapshot(network, sender.now).unjudged, sender.now):
        batch.forget(network)
    records = sender.table.mails(network.id)
    everyone, mailed = batch.snapshot(network, sender.now).registrations, mailed_to_confirm(records)
    for person in confirmation_changes(network, everyone, mailed, sender.now):
        sender.table.save(person)  # who has changed meanwhile is looked at by the next sweep
        batch.forget(network)
    versions = sender.table.version_history(network, sender.now)
    messages = sender.table.messages.messages_since(network.id, first_owed_day(network, sender.now))
    context = batch.mail_context(network, sender.now, records=records, versions=versions)
    context = context._replace(messages=messages)
    registrations = batch.snapshot(network, sender.now).registrations
    people = [person for person in registrations if person.person_key in context.school_of]
    mails = [mail for person in people for mail in owed(person, context)]
    mails += organiser_mails.owed_codes(network, sender.now)
    mails += organiser_mails.owed_reports(network, registrations, sender.now)
    sender.send(mails, records)
    waiting = [record for record in records if record.state in OPEN]
    if sender.sweeps:
        _settle_waiting(waiting, {mail.record.id for mail in mails}, sender)
    return waiting


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
