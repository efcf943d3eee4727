"""The mails that a network's organisers are owed: the latest report, and their sign-in codes."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache, partial
from typing import NamedTuple

from shared.access.links import Links
from shared.access.sign_ins import SignIns
from shared.aws.refusal_counts import RefusalCounts
from shared.aws.schools import Schools
from shared.aws.table import Table
from shared.domain.mail import Mail
from shared.domain.network.network import Network
from shared.domain.outbox import MailRecord, MailState, ReportRequest, latest_mailed, report_mail_id
from shared.domain.registration.identity import address_key
from shared.domain.registration.registration import Registration
from shared.domain.report.detours import Detour, detours, passing
from shared.domain.report.report import Report
from shared.mails.code import code_mail
from shared.mails.owed.context import OwedMail


class OrganiserMails(NamedTuple):
    """Derives from the table which mails organisers are owed."""

    table: Table
    sign_ins: SignIns
    links: Links
    schools: Schools
    refusal_counts: RefusalCounts

    def owed_codes(self, network: Network, at: datetime) -> Iterator[OwedMail]:
        """Yield each code that still works, for the organisers whom the network still lists."""
        readers = {address_key(network.id, to): to for to in network.organiser.report_to}
        for sign_in in self.sign_ins.all_of(network.id):
            to, requested_at = readers.get(sign_in.organiser), sign_in.requested_at
            if to and sign_in.is_valid(at):
                mail_id = f"code-{sign_in.organiser[:8]}-{requested_at:%Y%m%dT%H%M%S}-{sign_in.id[:8]}"
                write = partial(code_mail, network, self.links.code(sign_in), sign_in.ends)
                yield _owed_mail(network, to, "code", mail_id, requested_at, write)

    def owed_reports(
        self, network: Network, registrations: tuple[Registration, ...], at: datetime
    ) -> Iterator[OwedMail]:
        """Yield the latest report for each of its readers; a later report replaces an earlier one."""
        requests = self.table.reports(network.id)
        latest = max(requests, key=lambda request: request.at, default=None)
        if latest:
            earlier = [request for request in requests if request.at < latest.at]
            make = cache(partial(self._make_report, network, latest, registrations, at))
            for number, to in enumerate(network.organiser.report_to, 1):
                write = partial(self._write_report, network, earlier, make, to, number, latest.day)
                mail_id = report_mail_id(latest, number)
                yield _owed_mail(network, to, "report", mail_id, latest.at, write)

    def _make_report(
        self,
        network: Network,
        request: ReportRequest,
        registrations: tuple[Registration, ...],
        at: datetime,
        previous: datetime | None,
    ) -> Report:
        table = self.table
        before = table.network_at(network.id, previous) if previous else None
        since = previous or request.at - timedelta(days=1)
        day = network.local(since).date()
        # Many mails go before a report, and meanwhile somebody may be erased.
        whole, mailed = table.whole(network.id), {r.person_key for r in registrations}
        people = [r for r in whole.registrations if r.person_key in mailed or r.received_at <= at]
        return Report(
            network,
            people,
            table.undelivered_mails(network.id, people),
            previous,
            at,
            whole.decisions,
            before,
            self.schools.at(at),
            table.kept_posts.unexpired(network.id, at),
            whole.unreadable_count,
            request.at,
            self.refusal_counts.between(network.id, since, request.at),
            date.fromisoformat(request.weekly_since) if request.weekly_since else None,
            [m for m in table.messages.messages_since(network.id, day) if since <= m.at < request.at],
            self._detours(network, before, since, request.at) if before else (),
            table.kept_posts.gave_way(network.id, at),
        )

    def _detours(
        self, network: Network, before: Network, since: datetime, until: datetime
    ) -> Sequence[Detour]:
        """Return what people were mailed since the previous report that is so no longer."""
        passed = passing(self.table.versions_between(network.id, since, until), before, network)
        return detours(passed, self.table.mails(network.id), since) if any(passed) else ()

    def _write_report(
        self,
        network: Network,
        earlier: Sequence[ReportRequest],
        make: Callable[[datetime | None], Report],
        to: str,
        number: int,
        day: str,
    ) -> Mail:
        from shared.mails.report import report  # slow to import; only a report needs the sheets

        previous = latest_mailed(earlier, self.table.mails(network.id, "report-"), number)
        return report(network, make(previous), self.links.organiser(network, to, day))


def _owed_mail(
    network: Network, to: str, kind: str, mail_id: str, at: datetime, write: Callable[[], Mail]
) -> OwedMail:
    return OwedMail(to, network, MailRecord(network.id, mail_id, kind, "", MailState.SENDING, at), write)
