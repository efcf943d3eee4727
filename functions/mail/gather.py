"""What the mails of one batch need to know, read from the table once."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from functions.mail.owed import TELLING, Change, Scene, arrives, leaves
from shared.aws.schools import Schools
from shared.aws.table import Table
from shared.domain.network import Network
from shared.domain.outbox import MailRecord
from shared.domain.registration import Registration
from shared.domain.school import School, schools
from shared.domain.seats import waiting
from shared.domain.standing import stand
from shared.links import Links
from shared.mails.mail import Personal


class Around(NamedTuple):
    """A network's registrations and, by person, the school that each is of."""

    registrations: tuple[Registration, ...]
    school_of: dict[str, School]


class Batch:
    """Reads each network once: every record of a batch was stored before it came to us."""

    def __init__(self, table: Table, links: Links, schools: Schools) -> None:
        self._table, self._links, self._schools = table, links, schools
        self._read: dict[str, Around] = {}

    def around(self, network: Network, at: datetime) -> Around:
        """Return what is known of a network."""
        if network.id not in self._read:
            everyone = self._table.registrations(network.id)
            found = schools(everyone, self._schools.at(at))
            by_person = {r.person: school for school in found for r in school.registrations}
            self._read[network.id] = Around(everyone, by_person)
        return self._read[network.id]

    def scene(self, network: Network, change: Change, at: datetime) -> Scene | None:
        """Return what is around a change; None when it was overtaken by another, which has its own record."""
        after = change.after
        school = self.around(network, at).school_of.get(after.person)
        if school is None or not any(
            r.person == after.person and r.state is after.state for r in school.registrations
        ):
            return None
        told = dict(self._told(network, school, after)) if arrives(change) or leaves(change) else {}
        waits = self._waits(network, after) if network.is_limited and arrives(change) else ""
        return Scene(network, school, told, lambda r: self._personal(network, r), waits)

    def _waits(self, network: Network, who: Registration) -> str:
        """Return why somebody is on a waiting list; nothing for who has a place."""
        at, decisions = who.history[-1].at, self._table.decisions(network.id)
        found = {school.key: school for school in self.around(network, at).school_of.values()}
        stands = [stand(network, school, decisions, at) for school in found.values()]
        return waiting(network, stands, closed=at >= network.closes_at).get(who.person, "")

    def _told(
        self, network: Network, school: School, who: Registration
    ) -> Iterator[tuple[str, list[MailRecord]]]:
        """Yield, for each of somebody's colleagues, the mails that told them where the school stands."""
        for person in (r for r in school.counted if r.person != who.person):
            mails = self._table.mails(network.id, f"{person.reference}-")
            telling = [mail for mail in mails if mail.kind in TELLING]
            # Of two at one instant the answer came last, which has the higher number.
            yield (
                person.reference,
                sorted(telling, key=lambda mail: (mail.at, int(mail.id.rpartition("-")[2]))),
            )

    def _personal(self, network: Network, registration: Registration) -> Personal:
        return Personal(self._links.me(registration, network), self._links.forward(registration, network))
