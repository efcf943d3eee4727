"""All that we hold of one address, over every network: to hand over or to erase (GDPR, 15 and 17)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from shared.access.sign_in import SignIn
from shared.aws import items, keys
from shared.aws.store import Store
from shared.aws.table import Table
from shared.domain.decision import Decision
from shared.domain.form.kept_post import KeptPost
from shared.domain.outbox import MailRecord
from shared.domain.registration.erasure import scrub_address
from shared.domain.registration.identity import address_key
from shared.domain.registration.registration import ERASED, Registration


class Held(NamedTuple):
    """What one network holds of an address; `elsewhere` are registrations of others in which it stands."""

    network: str
    own: tuple[Registration, ...]
    mails: tuple[MailRecord, ...]
    elsewhere: tuple[Registration, ...]
    decisions: tuple[Decision, ...]
    sign_in: SignIn | None
    misfits: tuple[KeptPost, ...]  # posts in which the address stands

    @property
    def counts(self) -> Counter[str]:
        """How much there is of each kind."""
        return +Counter(
            registrations=len(self.own),
            mails=len(self.mails),
            mentions=len(self.elsewhere),
            decisions=len(self.decisions),
            codes=int(self.sign_in is not None),
            misfits=len(self.misfits),
        )


class DataSubject:
    """Somebody with an address, in the table of a stack; raises `UnavailableError`."""

    def __init__(self, store: Store, email: str) -> None:
        self._store, self._table, self._email = store, Table(store), email

    def held(self, at: datetime) -> tuple[Held, ...]:
        """Return what there is, of the networks that have anything."""
        found = (self._in(network, at) for network in self._table.networks())
        return tuple(held for held in found if held.counts)

    def school_rulings(self) -> tuple[Decision, ...]:
        """Return what this person said, as an organiser, of how schools are typed."""
        return tuple(filter(self._said, self._table.school_rulings()))

    def unreadable_count(self) -> int:
        """Count the items that only a later release can read: each may be of anybody."""
        found = [keys.NETWORKS, keys.SAID]
        found += [pk for network in self._table.networks() for pk in keys.about_people(network)]
        return sum(map(self._store.unknown, found))

    def erase(self, at: datetime) -> None:
        """Erase all of it; what somebody changes at this very moment is left, and found the next time."""
        for held in self.held(at):
            for registration in (*held.own, *held.elsewhere):
                self._table.save(scrub_address(registration, self._email, at))
            for pk, sk in _goes(held):
                self._store.delete(pk, sk)
            self._sign_off(held.decisions)
        self._sign_off(self.school_rulings())

    def _in(self, network: str, at: datetime) -> Held:
        everyone = self._table.registrations(network)
        own = tuple(r for r in everyone if r.email.casefold() == self._email.casefold())
        changed = (r for r in everyone if scrub_address(r, self._email, at) != r)
        key = address_key(network, self._email)
        return Held(
            network,
            own,
            tuple(mail for r in own for mail in self._table.mails(network, f"{r.reference}-")),
            tuple(r for r in changed if r not in own),
            tuple(filter(self._said, self._table.decisions(network))),
            next((code for code in self._table.sign_ins(network) if code.organiser == key), None),
            tuple(m for m in self._table.kept_posts.all(network, at) if m.contains_address(self._email)),
        )

    def _said(self, decision: Decision) -> bool:
        return decision.by.casefold() == self._email.casefold()

    def _sign_off(self, decisions: tuple[Decision, ...]) -> None:
        """Keep that something was decided, and no longer by whom."""
        for decision in decisions:
            self._store.put(items.from_decision(replace(decision, by=ERASED)))


def _goes(held: Held) -> Iterator[tuple[str, str]]:
    yield from ((keys.mails_of(held.network), mail.id) for mail in held.mails)
    yield from ((keys.misfits_of(held.network), misfit.id) for misfit in held.misfits)
    if held.sign_in:
        yield keys.codes_of(held.network), held.sign_in.organiser
