"""Which mails a network's organisers are owed: the latest report, and the codes that they sign in with."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache, partial
from typing import NamedTuple

from shared.access.links import Links
from shared.aws.schools import Schools
from shared.aws.table import Table
from shared.domain.network.network import Network
from shared.domain.outbox import MailRecord, MailState, ReportRequest
from shared.domain.registration.identity import address_key
from shared.domain.registration.registration import Registration
from shared.domain.report.report import Report, make_report
from shared.mails.code import code_mail
from shared.mails.mail import Mail
from shared.mails.owed.context import OwedMail


class Organisers(NamedTuple):
    """Tells from the table what organisers are owed."""

    table: Table
    links: Links
    schools: Schools

    def owed(self, network: Network, everyone: tuple[Registration, ...], at: datetime) -> Iterator[OwedMail]:
        """Yield every mail that a network's organisers are owed."""
        yield from self._codes(network, at)
        asked = max(self.table.reports(network.id), key=lambda asked: asked.at, default=None)
        if asked:  # one that a later report overtook is owed no longer
            facts = cache(partial(self._facts, network, asked, everyone, at))
            for number, to in enumerate(network.organiser.report_to, 1):
                name, write = f"report-{asked.day}-{number}", partial(self._report, network, facts, to)
                yield _letter(network, to, "report", name, asked.at, write)

    def _codes(self, network: Network, at: datetime) -> Iterator[OwedMail]:
        """Yield each code that still opens the door, where who asked for it still is an organiser."""
        readers = {address_key(network.id, to): to for to in network.organiser.report_to}
        for sign_in in self.table.sign_ins(network.id):
            to, when = readers.get(sign_in.organiser), sign_in.asked[-1]
            if to and sign_in.opens(at):
                name = f"code-{sign_in.organiser[:8]}-{when:%Y%m%dT%H%M%S}"
                write = partial(code_mail, network, self.links.code(sign_in), sign_in.ends)
                yield _letter(network, to, "code", name, when, write)

    def _facts(
        self, network: Network, asked: ReportRequest, everyone: tuple[Registration, ...], at: datetime
    ) -> Report:
        table, previous = self.table, asked.previous
        before = table.network_at(network.id, previous) if previous else None
        known, decisions = self.schools.at(at), table.decisions(network.id)
        mails, kept = table.mails(network.id), table.kept_posts.all(network.id, at)
        unread = table.unreadable_count(network.id)
        return make_report(network, everyone, mails, previous, at, decisions, before, known, kept, unread)

    def _report(self, network: Network, facts: Callable[[], Report], to: str) -> Mail:
        from shared.mails.report import report  # only a report needs the sheets

        return report(network, facts(), self.links.organiser(network, to))


def _letter(
    network: Network, to: str, kind: str, name: str, at: datetime, write: Callable[[], Mail]
) -> OwedMail:
    return OwedMail(to, network, MailRecord(network.id, name, kind, "", MailState.SENDING, at), write)
