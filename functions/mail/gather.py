"""The facts that the mails of one batch need, the same for all of its mails."""

from collections import ChainMap
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from datetime import datetime
from functools import partial
from typing import cast

from functions.mail.copies import Copies, NetworkCopy
from shared.access.links import Links
from shared.aws.schools import Schools
from shared.aws.table import Table
from shared.aws.wire import Item
from shared.domain.decision import Decision, Kind, in_force
from shared.domain.mail import PersonalLinks
from shared.domain.network.network import Network
from shared.domain.network.version_history import UNKNOWN, VersionHistory
from shared.domain.outbox import MailRecord
from shared.domain.registration.bounces import last_bounces
from shared.domain.registration.history import settled
from shared.domain.registration.registration import Registration
from shared.domain.rule.waiting_list import standings_of
from shared.domain.schools.current import CurrentSchools
from shared.domain.schools.membership import memberships
from shared.domain.schools.school import School, grouping_evidence, school_of
from shared.mails.owed.context import OF_THE_CHECK, REMINDERS, MailContext, OwedMail, by_reference

_ENOUGH = 8  # people on one mailbox: the sweep looks at all of them


class Batch:
    """Looks at each network once: every record of a batch was stored before the batch came to us."""

    def __init__(self, table: Table, links: Links, schools: Schools, copies: Copies) -> None:
        self._table, self._links, self._schools, self._copies = table, links, schools, copies
        self._snapshots: dict[str, NetworkCopy] = {}
        self._school_of: dict[str, Mapping[str, School]] = {}
        self._changed: set[str] = set()

    def snapshot(self, network: Network, at: datetime) -> NetworkCopy:
        """Return a network as this batch saw it first."""
        if network.id not in self._snapshots:
            look = self._copies.anew if network.id in self._changed else self._copies.copy
            self._snapshots[network.id] = look(network, at)
        return self._snapshots[network.id]

    def forget(self, network: Network) -> None:
        """Read a network anew, because its people changed or all of them are to be seen."""
        self._changed.add(network.id)
        self._snapshots.pop(network.id, None)
        self._school_of.pop(network.id, None)

    def school_of(self, network: Network, at: datetime) -> Mapping[str, School]:
        """Return, by person key, the school of each person in a network who is not aside."""
        if network.id not in self._school_of:
            current = self.snapshot(network, at).schools
            decisions = self._table.decisions(network.id)
            decided = standings_of(network, _to_decide(network, current, decisions, at), decisions, at)
            apart = {r.person_key: each.school for each in decided for r in each.school.registrations}
            self._school_of[network.id] = ChainMap(apart, cast(MutableMapping[str, School], current))
        return self._school_of[network.id]

    def affected_people(
        self, network: Network, before: Registration | None, after: Registration, at: datetime
    ) -> tuple[Registration, ...]:
        """Return everybody whose mails a change may affect: this person, then old and new colleagues."""
        school_of = self.school_of(network, at)
        if after.person_key not in school_of:
            return ()
        affected = [school_of[after.person_key]]
        if before and _ways(before) != _ways(after):
            colleagues = self._colleagues_before(network, before, at)
            affected += [school_of[key] for key in colleagues if key in school_of]
        theirs = {r.person_key: r for school in affected for r in school.registrations}
        return tuple(sorted(theirs.values(), key=lambda r: r.person_key != after.person_key))

    def keep_memberships(
        self,
        network: Network,
        before: Registration | None,
        after: Registration,
        people: Sequence[Registration],
        at: datetime,
    ) -> None:
        """Store in which schools these people are, if the change of one of them may have moved anybody."""
        if not people or (before and grouping_evidence(before) == grouping_evidence(after)):
            return
        current = self.snapshot(network, at).schools
        theirs = {school.key: school for school in (current[r.person_key] for r in people)}
        stored, now = self._table.memberships, list(memberships(theirs.values()))
        is_alone = not before and len(now) == 1  # most are: one call for them, and not two
        if not is_alone or not stored.add_members(network.id, now):
            stored.keep(network.id, now, current.knowledge.name, {after.person_key})

    def settle_memberships(self, network: Network, stored: Mapping[str, Item], at: datetime) -> None:
        """Store in which school everybody is, over what was stored before this batch read them."""
        current = self.snapshot(network, at).schools
        everybody = memberships(current.each())
        self._table.memberships.settle(network.id, stored, everybody, current.knowledge.name)

    def _colleagues_before(self, network: Network, before: Registration, at: datetime) -> Iterable[str]:
        """Return the keys of everybody in the school that a person left."""
        snapshot = self.snapshot(network, at)
        earlier = snapshot.earlier.get(before.person_key)
        if earlier and _ways(earlier.person) == _ways(before):
            return earlier.people
        people = {**snapshot.schools.people, before.person_key: before}
        return [
            r.person_key
            for r in school_of(before.person_key, people.values(), self._schools.at(at)).registrations
        ]

    def mailbox_sharers(
        self, network: Network, people: Sequence[Registration], at: datetime
    ) -> list[Registration]:
        """Return who else is on the mailboxes of some people; of a crowd the first ones tell enough."""
        copy, theirs = self.snapshot(network, at), {person.person_key for person in people}
        sharers = {r.person_key: r for person in people for r in copy.mailbox_sharers(person)[:_ENOUGH]}
        return [person for key, person in sharers.items() if key not in theirs][:_ENOUGH]

    def waits_for_sweep(self, person: Registration, letter: OwedMail, at: datetime) -> bool:
        """Say whether a mail that a check caused is for one of several people on a mailbox.

        The check decides on one person at a time; the sweep sees all of them, and puts them together.
        """
        others = self.snapshot(letter.network, at).mailbox_sharers(person)
        shares = any(r.email.casefold() == letter.to.casefold() for r in others)
        is_check = letter.record.kind in REMINDERS or settled(person.history).by == "check"
        return shares and is_check and letter.record.kind in OF_THE_CHECK

    def mail_context(
        self,
        network: Network,
        at: datetime,
        people: Sequence[Registration],
        records: Iterable[MailRecord] | None = None,
        versions: VersionHistory = UNKNOWN,
    ) -> MailContext:
        """Return what decides some people's mails, with these mail records or with those that are stored."""
        if records is None:
            records = self._table.mails_to(network.id, [person.reference for person in people])
        mails, bounces = by_reference(records), last_bounces(people, records)
        links = partial(self._personal_links, network)
        find = self.snapshot(network, at).schools.with_reference
        return MailContext(network, at, self.school_of(network, at), mails, bounces, links, versions, find)

    def _personal_links(self, network: Network, registration: Registration) -> PersonalLinks:
        return PersonalLinks(
            self._links.me(registration, network),
            self._links.forward(registration, network),
            self._links.address(registration, network) if registration.new_email_at else "",
        )


def _to_decide(
    network: Network, current: CurrentSchools, decisions: Iterable[Decision], at: datetime
) -> Iterable[School]:
    """Return the schools that decisions or a lack of places may have changed."""
    if network.is_limited:  # its schools share the places, so each of them counts
        return current.each()
    people = filter(None, map(current.with_reference, in_force(decisions, Kind.WAIVE, at)))
    return {school.key: school for school in (current[r.person_key] for r in people)}.values()


def _ways(person: Registration) -> tuple[str, ...]:
    return person.school, person.place, person.via
