"""The readers of a report whom it does not reach: the others can tell them."""

from collections.abc import Iterable

from shared.domain.network.network import Network
from shared.domain.outbox import MailRecord, MailState

_OUTCOMES = frozenset({MailState.DELIVERED, MailState.COMPLAINED, MailState.BOUNCED})


def unreachable_readers(network: Network, before: Network, mails: Iterable[MailRecord]) -> tuple[str, ...]:
    """Return the readers whose latest report bounced for good, and whom the network still lists.

    `before` is the network as it was at that report, for its mails are numbered by the readers of then.
    """
    latest: dict[int, MailRecord] = {}
    for mail in mails:
        if mail.kind == "report" and mail.state in _OUTCOMES:
            number = int(mail.id.rpartition("-")[2])
            latest[number] = max(latest.get(number, mail), mail, key=lambda record: record.at)
    bounced = {number for number, mail in latest.items() if mail.state is MailState.BOUNCED}
    readers = (to for number, to in enumerate(before.organiser.report_to, 1) if number in bounced)
    return tuple(to for to in readers if to in network.organiser.report_to)
