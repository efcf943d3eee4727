"""The facts that the mails of one batch need, read from the table once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

from shared.access.links import Links
from shared.aws.schools import Schools
from shared.aws.table import Table
from shared.domain.mail import PersonalLinks
from shared.domain.network.network import Network
from shared.domain.outbox import MailRecord
from shared.domain.registration.reason import ReasonCode
from shared.domain.registration.registration import Registration
from shared.domain.rule.standing import standing_of
from shared.domain.rule.waiting_list import waiting_list
from shared.domain.schools.school import School, school_of, schools
from shared.mails.owed.context import MailContext, by_reference


class NetworkSnapshot(NamedTuple):
    """A network's registrations and, by person key, each person's school and reason to wait for a place."""

    registrations: tuple[Registration, ...]
    school_of: Mapping[str, School]
    waits: Mapping[str, ReasonCode]


class Batch:
    """Reads each network once: every record of a batch was stored before the batch came to us."""

    def __init__(self, table: Table, links: Links, schools: Schools) -> None:
        self._table, self._links, self._schools = table, links, schools
        self._snapshots: dict[str, NetworkSnapshot] = {}

    def snapshot(self, network: Network, at: datetime) -> NetworkSnapshot:
        """Return a network as this batch read it first."""
        if network.id not in self._snapshots:
            self._snapshots[network.id] = self._read_snapshot(network, at)
        return self._snapshots[network.id]

    def affected_people(
        self, network: Network, before: Registration | None, after: Registration, at: datetime
    ) -> tuple[Registration, ...]:
        """Return everybody whose mails a change may affect: this person, then old and new colleagues."""
        snapshot = self.snapshot(network, at)
        if after.person_key not in snapshot.school_of:
            return ()
        affected = [snapshot.school_of[after.person_key]]
        if before and (before.school, before.place, before.via) != (after.school, after.place, after.via):
            earlier = [before if r.person_key == before.person_key else r for r in snapshot.registrations]
            colleagues = school_of(before.person_key, earlier, self._schools.at(at)).registrations
            affected += [snapshot.school_of[r.person_key] for r in colleagues]
        people = {r.person_key: r for school in affected for r in school.registrations}
        return tuple(sorted(people.values(), key=lambda r: r.person_key != after.person_key))

    def mail_context(
        self,
        network: Network,
        at: datetime,
        people: Iterable[Registration] = (),
        records: Iterable[MailRecord] | None = None,
    ) -> MailContext:
        """Return what decides a network's mails, with these mail records or with those of some people."""
        if records is None:
            records = [m for r in people for m in self._table.mails(network.id, f"{r.reference}-")]
        snapshot = self.snapshot(network, at)
        links = partial(self._personal_links, network)
        return MailContext(network, at, snapshot.school_of, by_reference(records), links, snapshot.waits)

    def _read_snapshot(self, network: Network, at: datetime) -> NetworkSnapshot:
        # In order of arrival; within one post the person who filled in the form comes first.
        stored = self._table.registrations(network.id)
        registrations = tuple(sorted(stored, key=lambda r: (r.received_at, bool(r.invited_by))))
        all_schools = schools(registrations, self._schools.at(at))
        school_by_person = {r.person_key: school for school in all_schools for r in school.registrations}
        return NetworkSnapshot(registrations, school_by_person, self._waits(network, all_schools, at))

    def _waits(
        self, network: Network, all_schools: Sequence[School], at: datetime
    ) -> Mapping[str, ReasonCode]:
        if not network.is_limited:
            return {}
        decisions = self._table.decisions(network.id)
        standings = [standing_of(network, school, decisions, at) for school in all_schools]
        return waiting_list(network, standings, closed=network.is_closed(at))

    def _personal_links(self, network: Network, registration: Registration) -> PersonalLinks:
        return PersonalLinks(
            self._links.me(registration, network),
            self._links.forward(registration, network),
            self._links.address(registration, network) if registration.new_email_at else "",
        )
