"""What the mails of one batch need to know, read from the table once."""

from collections.abc import Iterator
from typing import NamedTuple

from functions.mail.owed import TELLING, Change, Scene, arrives
from shared.aws.table import Table
from shared.domain.network import Network
from shared.domain.outbox import MailRecord
from shared.domain.registration import Registration
from shared.domain.school import School, schools
from shared.links import Links
from shared.mails.mail import Personal


class Around(NamedTuple):
    """A network's registrations and, by person, the school that each is of."""

    registrations: tuple[Registration, ...]
    school_of: dict[str, School]


class Batch:
    """Reads each network once: every record of a batch was stored before it came to us."""

    def __init__(self, table: Table, links: Links) -> None:
        self._table, self._links = table, links
        self._read: dict[str, Around] = {}

    def around(self, network: Network) -> Around:
        """Return what is known of a network."""
        if network.id not in self._read:
            everyone = self._table.registrations(network.id)
            by_person = {r.person: school for school in schools(everyone) for r in school.registrations}
            self._read[network.id] = Around(everyone, by_person)
        return self._read[network.id]

    def scene(self, network: Network, change: Change) -> Scene | None:
        """Return what is around a change; None when it was overtaken by another, which has its own record."""
        after = change.after
        school = self.around(network).school_of.get(after.person)
        if school is None or not any(
            r.person == after.person and r.state is after.state for r in school.registrations
        ):
            return None
        told = dict(self._told(network, school, after)) if arrives(change) else {}
        return Scene(network, school, told, lambda r: self._personal(network, r))

    def _told(self, network: Network, school: School, new: Registration) -> Iterator[tuple[str, MailRecord]]:
        """Yield, for each of somebody's colleagues, the mail that last told them where the school stands."""
        if school.missing(network.rule.min_per_school):
            return
        for person in (r for r in school.counted if r.person != new.person):
            mails = self._table.mails(network.id, f"{person.reference}-")
            telling = [mail for mail in mails if mail.kind in TELLING]
            if telling:
                yield person.reference, max(telling, key=lambda mail: (mail.at, mail.kind == "complete"))

    def _personal(self, network: Network, registration: Registration) -> Personal:
        return Personal(self._links.me(registration, network), self._links.forward(registration, network))
