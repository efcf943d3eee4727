"""The facts that the mails of one batch need, read from the table once."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import NamedTuple

from shared.access.links import Links
from shared.aws.schools import Schools
from shared.aws.table import Table
from shared.domain.mail import PersonalLinks
from shared.domain.network.network import Network
from shared.domain.network.version_history import UNKNOWN, VersionHistory
from shared.domain.outbox import MailRecord
from shared.domain.registration.history import settled
from shared.domain.registration.registration import Registration
from shared.domain.schools.school import School, school_of
from shared.mails.owed.context import OF_THE_CHECK, REMINDERS, MailContext, OwedMail, by_reference


class NetworkSnapshot(NamedTuple):
    """Everybody in a network who is not aside and, by person key, the school of each."""

    registrations: tuple[Registration, ...]
    school_of: Mapping[str, School]
    on_mailbox: Mapping[str, int]  # how many people have an address, in lower case
    unjudged: tuple[Registration, ...] = ()  # they count for nothing yet


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

    def forget(self, network: Network) -> None:
        """Read a network anew, because its people changed."""
        self._snapshots.pop(network.id, None)

    def affected_people(
        self, network: Network, before: Registration | None, after: Registration, at: datetime
    ) -> tuple[Registration, ...]:
        """Return everybody whose mails a change may affect: this person, then old and new colleagues."""
        snapshot = self.snapshot(network, at)
        if after.person_key not in snapshot.school_of:
            return ()
        affected = [snapshot.school_of[after.person_key]]
        if before and (before.school, before.place, before.via) != (after.school, after.place, after.via):
            people = [r for r in snapshot.registrations if r.person_key in snapshot.school_of]
            earlier = [before if r.person_key == before.person_key else r for r in people]
            colleagues = school_of(before.person_key, earlier, self._schools.at(at)).registrations
            affected += [snapshot.school_of[r.person_key] for r in colleagues]
        theirs = {r.person_key: r for school in affected for r in school.registrations}
        return tuple(sorted(theirs.values(), key=lambda r: r.person_key != after.person_key))

    def waits_for_sweep(self, person: Registration, letter: OwedMail, at: datetime) -> bool:
        """Say whether a mail that a check caused is for one of several people on a mailbox.

        The check decides on one person at a time; the sweep sees all of them, and puts them together.
        """
        shares = self.snapshot(letter.network, at).on_mailbox.get(letter.to.casefold(), 0) > 1
        is_check = letter.record.kind in REMINDERS or settled(person.history).by == "check"
        return shares and is_check and letter.record.kind in OF_THE_CHECK

    def mail_context(
        self,
        network: Network,
        at: datetime,
        people: Iterable[Registration] = (),
        records: Iterable[MailRecord] | None = None,
        versions: VersionHistory = UNKNOWN,
    ) -> MailContext:
        """Return what decides a network's mails, with these mail records or with those of some people."""
        if records is None:
            records = self._table.mails_to(network.id, [person.reference for person in people])
        snapshot = self.snapshot(network, at)
        links = partial(self._personal_links, network)
        return MailContext(network, at, snapshot.school_of, by_reference(records), links, versions)

    def _read_snapshot(self, network: Network, at: datetime) -> NetworkSnapshot:
        # In order of arrival; within one post the person who filled in the form comes first.
        stored = self._table.everybody_but_aside(network.id)
        arrived = tuple(sorted(stored, key=lambda r: (r.received_at, bool(r.invited_by))))
        registrations = tuple(r for r in arrived if not r.unjudged)
        all_schools = self._schools.of(network, registrations, at, with_waivers=True)
        school_by_person = {r.person_key: school for school in all_schools for r in school.registrations}
        on_mailbox = Counter(r.email.casefold() for r in registrations)
        unjudged = tuple(r for r in arrived if r.unjudged)
        return NetworkSnapshot(registrations, school_by_person, on_mailbox, unjudged)

    def _personal_links(self, network: Network, registration: Registration) -> PersonalLinks:
        return PersonalLinks(
            self._links.me(registration, network),
            self._links.forward(registration, network),
            self._links.address(registration, network) if registration.new_email_at else "",
        )
