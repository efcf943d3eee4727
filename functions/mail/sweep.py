"""The sweep: from the table alone, every mail of a network that is owed and has not gone out."""

from collections.abc import Iterable
from datetime import datetime

from functions.mail.gather import Batch
from functions.mail.send import Sender
from shared.domain.network.network import Network
from shared.domain.outbox import LEASE, OPEN, MailRecord, MailState
from shared.mails.owed import owed


def sweep(network: Network, batch: Batch, sender: Sender) -> list[datetime]:
    """Send what a network is owed, and return since when each mail waits that waited before."""
    records = sender.table.mails(network.id)
    scene = batch.scene(network, sender.now, records=records)
    letters = [letter for me in batch.around(network, sender.now).registrations for letter in owed(me, scene)]
    letters += batch.of_organisers(network, sender.now)
    sender.send(letters, records)
    waiting = [record for record in records if record.state in OPEN]
    if sender.sweeps:
        _tidy(waiting, {letter.record.id for letter in letters}, sender)
    return [record.at for record in waiting]


def _tidy(waiting: Iterable[MailRecord], wanted: set[str], sender: Sender) -> None:
    """Give claims of the stream a lease on the sweeper's clock, and end what something else has overtaken."""
    table, now = sender.table, sender.now
    for record in waiting:
        if record.due is None:
            table.postpone(record, now + LEASE)
        elif record.id not in wanted and record.state is MailState.PENDING:
            table.drop(record)
        elif record.id not in wanted and record.due <= now:
            table.mark(record.network, record.id, MailState.UNKNOWN)
