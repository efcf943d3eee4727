"""What the mails of one batch need to know, read from the table once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

from functions.mail.organisers import Organisers
from shared.access.links import Links
from shared.aws.schools import Schools
from shared.aws.table import Table
from shared.domain.network.network import Network
from shared.domain.outbox import MailRecord
from shared.domain.registration.reason import ReasonCode
from shared.domain.registration.registration import Registration
from shared.domain.rule.standing import standing_of
from shared.domain.rule.waiting_list import waiting_list
from shared.domain.schools.school import School, school_of, schools
from shared.mails.mail import PersonalLinks
from shared.mails.owed.context import MailContext, OwedMail, by_reference


class Around(NamedTuple):
    """A network's registrations and, by person, the school that each is of and why they wait for a place."""

    registrations: tuple[Registration, ...]
    school_of: Mapping[str, School]
    waits: Mapping[str, ReasonCode]


class Batch:
    """Reads each network once: every record of a batch was stored before it came to us."""

    def __init__(self, table: Table, links: Links, schools: Schools) -> None:
        self._table, self._links, self._schools = table, links, schools
        self._read: dict[str, Around] = {}

    def around(self, network: Network, at: datetime) -> Around:
        """Return what is known of a network."""
        if network.id not in self._read:
            # In the order in which they came; in one post who filled it in before who was brought.
            stored = self._table.registrations(network.id)
            everyone = tuple(sorted(stored, key=lambda r: (r.received_at, bool(r.invited_by))))
            found = schools(everyone, self._schools.at(at))
            by_person = {r.person_key: school for school in found for r in school.registrations}
            self._read[network.id] = Around(everyone, by_person, self._waits(network, found, at))
        return self._read[network.id]

    def touched(
        self, network: Network, before: Registration | None, after: Registration, at: datetime
    ) -> tuple[Registration, ...]:
        """Return everybody for whom a change of one registration may matter: old and new colleagues."""
        around = self.around(network, at)
        if after.person_key not in around.school_of:
            return ()
        found = [around.school_of[after.person_key]]
        if before and (before.school, before.place, before.via) != (after.school, after.place, after.via):
            then = [before if r.person_key == before.person_key else r for r in around.registrations]
            stayed = school_of(before.person_key, then, self._schools.at(at)).registrations
            found += [around.school_of[r.person_key] for r in stayed]
        people = {r.person_key: r for school in found for r in school.registrations}
        return tuple(
            sorted(people.values(), key=lambda r: r.person_key != after.person_key)
        )  # who changed first

    def scene(
        self,
        network: Network,
        at: datetime,
        people: Iterable[Registration] = (),
        records: Iterable[MailRecord] | None = None,
    ) -> MailContext:
        """Return a network as it stands, with these mails or with those of some people."""
        if records is None:
            records = [m for r in people for m in self._table.mails(network.id, f"{r.reference}-")]
        around = self.around(network, at)
        links = partial(self._personal, network)
        return MailContext(network, at, around.school_of, by_reference(records), links, around.waits)

    def of_organisers(self, network: Network, at: datetime) -> Iterator[OwedMail]:
        """Yield what the network's organisers are owed."""
        organisers = Organisers(self._table, self._links, self._schools)
        return organisers.owed(network, self.around(network, at).registrations, at)

    def _waits(self, network: Network, found: Sequence[School], at: datetime) -> Mapping[str, ReasonCode]:
        if not network.is_limited:
            return {}
        decisions = self._table.decisions(network.id)
        stands = [standing_of(network, school, decisions, at) for school in found]
        return waiting_list(network, stands, closed=network.is_closed(at))

    def _personal(self, network: Network, registration: Registration) -> PersonalLinks:
        return PersonalLinks(
            self._links.me(registration, network), self._links.forward(registration, network)
        )
