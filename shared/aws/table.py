"""The table: everything that Tweetal knows, behind conditions that make each write happen once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from shared.access import sign_ins as codes
from shared.access.sign_in import SignIn
from shared.aws import items, keys
from shared.aws.kept_posts import KeptPosts
from shared.aws.mailboxes import Mailboxes
from shared.aws.store import Store
from shared.aws.store_post import store_post, versioned_puts
from shared.aws.versions import is_known, tell
from shared.domain.decision import Decision
from shared.domain.network.network import Network, read_network
from shared.domain.outbox import FOLLOWS, OPEN, MailRecord, MailState, ReportRequest
from shared.domain.registration.registration import Registration

if TYPE_CHECKING:
    from shared.domain.schools.matching import Register

_AT_ONCE = 10_000  # items that one check deletes: at 10 ms each well within its five minutes


class Table:
    """What is kept of networks, registrations, reports and mails; raises `UnavailableError`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.kept_posts, self.mailboxes = KeptPosts(store), Mailboxes(store)

    def networks(self) -> dict[str, str]:
        """Return the network files by id, as TOML; empty for one that only a later release can read."""
        every = self._store.every(keys.NETWORKS)
        return {item["sk"]: item["toml"] if is_known(item) else "" for item in every}

    def tell_unreadable(self, network: str) -> None:
        """Have the operator know of a network file that this release cannot read."""
        tell(self._store.name, [{"pk": keys.NETWORKS, "sk": network}])

    def apply_network(self, toml: str, source: str, at: datetime) -> Network:
        """Keep a network file; raise `NetworkError`, and keep what was there, for one that is wrong."""
        network = read_network(toml, source)
        kept = {"pk": keys.NETWORKS, "sk": network.id, "toml": toml, "applied_at": items.stamp(at)}
        self._store.put(kept)
        self._store.put({**kept, "pk": keys.versions_of(network.id), "sk": kept["applied_at"]})
        return network

    def network_at(self, network: str, moment: datetime) -> Network | None:
        """Return a network as its file said at a moment of the past; None before it was first applied."""
        versions = list(self._store.query(keys.versions_of(network)))
        then = [item for item in versions if items.instant(item["applied_at"]) <= moment]
        return read_network(then[-1]["toml"], network) if then else None

    def registrations(self, network: str) -> tuple[Registration, ...]:
        """Return every registration of a network, as it stands at this moment."""
        return tuple(map(items.to_registration, self._store.query(keys.registrations_of(network))))

    def unreadable_count(self, network: str) -> int:
        """Count the registrations and decisions of a network that only a later release can read."""
        of = (keys.registrations_of(network), keys.decisions_of(network))
        return sum(map(self._store.unknown, of))

    def registration(self, network: str, person: str) -> Registration | None:
        """Return one person's registration."""
        found = self._store.get(keys.registrations_of(network), person)
        return items.to_registration(found) if found else None

    def register(self, registrations: Sequence[Registration]) -> tuple[Registration, ...]:
        """Store everyone in one post or nobody, and return each of them as they now stand."""
        return store_post(self._store, registrations)

    def save(self, *registrations: Registration) -> bool:
        """Store changed registrations together; False, and nothing stored, when one was changed meanwhile."""
        return not self._store.put_all(versioned_puts(registrations))

    def delete_people(self, network: str, counts: Mapping[str, int], at: datetime) -> int:
        """Delete what is about people in a network, and return how many items that were.

        The counts of the first time are kept. Safe to do again: what is too much for once, what a check that
        was cut off left behind, or what came after, goes the next time; the people themselves go first.
        """
        self._store.put_new({"pk": keys.counts_of(network), "sk": "COUNTS", "at": items.stamp(at), **counts})
        found = (item for pk in keys.about_people(network) for item in self._store.every(pk))
        gone = [(item["pk"], item["sk"]) for item in islice(found, _AT_ONCE)]
        for pk, sk in gone:
            self._store.delete(pk, sk)
        return len(gone)

    def counts(self, network: str) -> Mapping[str, Any] | None:
        """Return what is left of a network after retention; None as long as its people are there."""
        return self._store.get(keys.counts_of(network), "COUNTS")

    def last_report(self, network: str) -> datetime | None:
        """Return the instant of the latest report, in UTC."""
        return max((asked.at for asked in self.reports(network)), default=None)

    def owe_report(self, network: str, day: str, at: datetime, previous: datetime | None) -> bool:
        """Have the mail function send the report of a day; False when it was asked before."""
        return self._store.put_new(items.from_report_request(network, ReportRequest(day, at, previous)))

    def decide(self, decision: Decision) -> bool:
        """Keep an organiser's decision; False when one with this id is there already."""
        return self._store.put_new(items.from_decision(decision))

    def undo(self, decision: Decision, at: datetime) -> None:
        """Keep that a decision holds no longer."""
        self._store.put(items.from_decision(replace(decision, undone_at=at)))

    def decisions(self, network: str) -> tuple[Decision, ...]:
        """Return every decision of a network's organiser, undone ones too."""
        return tuple(map(items.to_decision, self._store.query(keys.decisions_of(network))))

    def sign_in(self, network: str, organiser: str) -> SignIn | None:
        """Return the latest code of an organiser."""
        found = self._store.get(keys.codes_of(network), organiser)
        return codes.to_sign_in(found) if found else None

    def keep_sign_in(self, sign_in: SignIn) -> bool:
        """Store a code as it now is; False, and nothing stored, when another try came first."""
        item = codes.from_sign_in(replace(sign_in, revision=sign_in.revision + 1))
        return not self._store.put_all([(item, sign_in.revision or None)])

    def school_rulings(self) -> tuple[Decision, ...]:
        """Return what organisers of all networks said of how schools are typed, undone words too."""
        return tuple(map(items.to_decision, self._store.query(keys.SAID)))

    def keep_register(self, register: "Register", at: datetime) -> None:
        """Keep a register of schools, in place of the one that was there."""
        from shared.aws.registers import from_register  # only who matches schools pays for what that takes

        self._store.put(from_register(register, at))

    def register_of_schools(self) -> "Register | None":
        """Return the register of schools; None when none was imported."""
        from shared.aws.registers import KEY, to_register

        found = self._store.get(KEY, KEY)
        return to_register(found) if found else None

    def reports(self, network: str) -> tuple[ReportRequest, ...]:
        """Return every report that was asked for, by day."""
        return tuple(map(items.to_report_request, self._store.query(keys.reports_of(network))))

    def sign_ins(self, network: str) -> tuple[SignIn, ...]:
        """Return the latest code of every organiser of a network who asked for one."""
        return tuple(map(codes.to_sign_in, self._store.query(keys.codes_of(network))))

    def claim(self, record: MailRecord, now: datetime) -> bool:
        """Write that we are about to send a mail; False where it was claimed before and is not due again."""
        return self._store.take(items.from_mail(record), OPEN, items.stamp(now))

    def postpone(self, record: MailRecord, due: datetime, reason: str = "") -> bool:
        """Write when a mail that has not gone out may be offered again, in the state of its record."""
        told = {"state": record.state.value, "reason": reason, "due": items.stamp(due)}
        return self._store.move(keys.mails_of(record.network), record.id, (MailState.SENDING,), told)

    def drop(self, record: MailRecord) -> bool:
        """Forget a pending mail that nobody is owed any longer; False where it is not pending now."""
        return self._store.delete_in(keys.mails_of(record.network), record.id, MailState.PENDING)

    def mark(self, network: str, mail: str, state: MailState, reason: str = "") -> bool:
        """Write what became of a mail; False for a mail that we do not know, or know better of."""
        told = {"state": state.value, "reason": reason}
        return self._store.move(keys.mails_of(network), mail, FOLLOWS[state], told)

    def mails(self, network: str, prefix: str = "") -> tuple[MailRecord, ...]:
        """Return a network's mail records, all or those whose id starts with a prefix."""
        return tuple(map(items.to_mail, self._store.query(keys.mails_of(network), prefix)))
