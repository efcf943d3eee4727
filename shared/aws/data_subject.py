"""All data about one address, over every network: to hand over or to erase (GDPR, articles 15 and 17)."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from shared.aws import items, keys
from shared.aws.store import Store
from shared.aws.table import Table
from shared.aws.wire import Item
from shared.domain.decision import Decision
from shared.domain.form.kept_post import KeptPost
from shared.domain.message import Message, scrub_message
from shared.domain.outbox import MailRecord
from shared.domain.registration.erasure import scrub_address
from shared.domain.registration.identity import address_key
from shared.domain.registration.registration import Registration
from shared.domain.schools.school_domains import SchoolDomains


class Held(NamedTuple):
    """The data that one network holds of an address; `elsewhere` are other people's registrations with it."""

    network: str
    own: tuple[Registration, ...]
    mails: tuple[MailRecord, ...]
    elsewhere: tuple[Registration, ...]
    decisions: tuple[Decision, ...]
    code_requests: tuple[datetime, ...]  # when this organiser requested a code; empty without a code
    kept_posts: tuple[KeptPost, ...]  # posts that contain the address
    messages: tuple[Message, ...] = ()  # that this organiser wrote, or that contain the address

    @property
    def counts(self) -> Counter[str]:
        """The number of items of each kind."""
        return +Counter(
            registrations=len(self.own),
            mails=len(self.mails),
            mentions=len(self.elsewhere),
            decisions=len(self.decisions),
            codes=int(bool(self.code_requests)),
            kept_posts=len(self.kept_posts),
            messages=len(self.messages),
        )


class DataSubject:
    """A person with an address, in the table of one stack; raises `UnavailableError`."""

    def __init__(self, store: Store, email: str) -> None:
        self._store, self._table, self._email = store, Table(store), email

    def held(self, at: datetime) -> tuple[Held, ...]:
        """Return the data of each network that holds any."""
        by_network = (self._held_by(network, at) for network in self._table.networks())
        return tuple(held for held in by_network if held.counts)

    def school_rulings(self) -> tuple[Decision, ...]:
        """Return this person's rulings, as an organiser, on how people type schools."""
        return tuple(filter(self._is_by_subject, self._table.school_rulings()))

    def unreadable_count(self) -> int:
        """Count the items that only a later release can read: each of them may be about anybody."""
        partitions = [keys.NETWORKS, keys.SCHOOL_RULINGS]
        partitions += [pk for network in self._table.networks() for pk in keys.about_people(network)]
        return sum(map(self._store.count_unreadable, partitions))

    def erase(self, at: datetime) -> None:
        """Erase everything, except what somebody changes at this moment: a next call finds that.

        The mail records of a person go last: without them, whoever still has an address is mailed again.
        """
        for held in self.held(at):
            for registration in (*held.own, *held.elsewhere):
                domain = self._school_domain(registration, held.network)
                is_saved = self._table.save(scrub_address(registration, self._email, at, domain))
                for mail in held.mails if is_saved else ():
                    if mail.reference == registration.reference:
                        self._store.delete(keys.mails_of(held.network), mail.id)
            for post in held.kept_posts:
                self._table.kept_posts.drop(post)  # an organiser may be completing it
            for code in self._codes(held.network):
                self._store.delete(code["pk"], code["sk"])
            for message in held.messages:
                self._table.messages.replace_message(scrub_message(message, self._email))
            self._erase_author(held.decisions)
        self._erase_author(self.school_rulings())

    def _school_domain(self, person: Registration, network: str) -> str:
        """Return the mail domain of a person's school, if that is of others too or in the register."""
        others = [r for r in self._table.everybody(network) if r.email.casefold() != self._email.casefold()]
        return SchoolDomains([person, *others], self._table.register_of_schools()).of(person)

    def _held_by(self, network: str, at: datetime) -> Held:
        registrations = self._table.everybody(network)
        own = tuple(r for r in registrations if r.email.casefold() == self._email.casefold())
        mentions = (r for r in registrations if scrub_address(r, self._email, at) != r)
        return Held(
            network,
            own,
            tuple(mail for r in own for mail in self._table.mails(network, f"{r.reference}-")),
            tuple(r for r in mentions if r not in own),
            tuple(filter(self._is_by_subject, self._table.decisions(network))),
            self._code_requests(network),
            tuple(
                post
                for post in self._table.kept_posts.unexpired(network, at)
                if post.contains_address(self._email)
            ),
            tuple(
                message
                for message in self._table.messages.messages_since(network)
                if scrub_message(message, self._email) != message
            ),
        )

    def _code_requests(self, network: str) -> tuple[datetime, ...]:
        stamps = {stamp for code in self._codes(network) for stamp in code["asked"]}
        return tuple(map(items.instant, sorted(stamps)))

    def _codes(self, network: str) -> Iterator[Item]:
        """Yield this person's codes, as an organiser, and the requests for them."""
        key = address_key(network, self._email)
        for item in self._store.query(keys.codes_of(network)):
            if item["sk"] == keys.code_requests(key) or item["sk"].partition("#")[0] == key:
                yield item

    def _is_by_subject(self, decision: Decision) -> bool:
        return decision.by.casefold() == self._email.casefold()

    def _erase_author(self, decisions: tuple[Decision, ...]) -> None:
        """Keep each decision, and erase who made it."""
        for decision in decisions:
            self._table.erase_author(decision)
