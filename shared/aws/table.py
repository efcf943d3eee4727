"""The table: everything that Tweetal stores, behind conditions that make each write happen once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.aws import items, keys
from shared.aws.but_aside import everybody_but_aside
from shared.aws.judge_post import judge_post
from shared.aws.kept_posts import KeptPosts, answer_of
from shared.aws.mailboxes import Mailboxes
from shared.aws.memberships import Memberships
from shared.aws.messages import Messages
from shared.aws.network_versions import NetworkFiles, from_version, network_versions
from shared.aws.store import Filter, Store, pieces
from shared.aws.store_post import Judge, pointed_to, store_post, versioned_puts
from shared.aws.versions import is_known, tell
from shared.domain.decision import Decision
from shared.domain.form.kept_post import KeptPost
from shared.domain.network.network import Network, read_network
from shared.domain.network.version_history import NetworkVersion, VersionHistory, version_history
from shared.domain.outbox import FOLLOWS, OPEN, UNDELIVERED, MailRecord, MailState, ReportRequest
from shared.domain.registration.bounces import with_mailbox_sharers
from shared.domain.registration.identity import address_key, name_key
from shared.domain.registration.judging import unjudged_posts
from shared.domain.registration.registration import ERASED, Registration

if TYPE_CHECKING:
    from shared.domain.schools.matching import Register

_FEW = 8  # people whose mails are read one by one: nearly every school's team
_STATES = {
    f":s{number}": state.value for number, state in enumerate(sorted((*UNDELIVERED, MailState.PENDING)))
}
_UNDELIVERED = Filter(f"#state IN ({', '.join(_STATES)})", _STATES, {"#state": "state"})
_AT_ONCE = 10_000  # items that one check deletes: at 10 ms each well within its five minutes


class WholeNetwork(NamedTuple):
    """Everybody in a network, judged or not, every decision, and how many of these a later release wrote."""

    everybody: tuple[Registration, ...]
    decisions: tuple[Decision, ...]
    unreadable_count: int

    @property
    def registrations(self) -> tuple[Registration, ...]:
        """Everybody who is judged; the others count for nothing."""
        return tuple(person for person in self.everybody if not person.unjudged)


class Table:
    """The stored networks, registrations, decisions, reports and mails; raises `UnavailableError`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.kept_posts, self.mailboxes = KeptPosts(store), Mailboxes(store)
        self.messages, self.memberships = Messages(store), Memberships(store)
        self.network_files = NetworkFiles(store)

    def networks(self) -> dict[str, str]:
        """Return the network files by id, as TOML; empty for a file that only a later release can read."""
        files = self._store.query_all_versions(keys.NETWORKS)
        return {item["sk"]: item["toml"] if is_known(item) else "" for item in files}

    def alert_unreadable_network(self, network: str) -> None:
        """Alert the operator to a network file that this release cannot read."""
        tell(self._store.name, [{"pk": keys.NETWORKS, "sk": network}])

    def apply_network(self, toml: str, source: str, at: datetime) -> Network:
        """Store a network file; raise `NetworkError`, and keep the stored file, if the new one is wrong."""
        network = read_network(toml, source)
        file = {"pk": keys.NETWORKS, "sk": network.id, "toml": toml, "applied_at": items.stamp(at)}
        # Together: applying a file again finds no difference, so a version that was lost stays so.
        self._store.put(file, from_version(network, toml, at))
        return network

    def network_revision(self, network: str) -> str:
        """Return when the stored file of a network was applied, which names that version; empty for none."""
        item = self._store.get(keys.NETWORKS, network)
        return str(item["applied_at"]) if item else ""

    def network_at(self, network: str, moment: datetime) -> Network | None:
        """Return a network as its file was at a moment in the past; None before it was first applied."""
        versions = list(self._store.query(keys.versions_of(network)))
        earlier = [item for item in versions if items.instant(item["applied_at"]) <= moment]
        return read_network(earlier[-1]["toml"], network) if earlier else None

    def version_history(self, network: Network, now: datetime) -> VersionHistory:
        """Return how a network's deadline and sessions moved, up to an instant."""
        return version_history(network, network_versions(self._store, network.id), now)

    def versions_between(self, network: str, since: datetime, until: datetime) -> list[NetworkVersion]:
        """Return the versions of a network's file from an instant until another."""
        return [each for each in network_versions(self._store, network) if since <= each.since < until]

    def registrations(self, network: str) -> tuple[Registration, ...]:
        """Return every judged registration of a network, as it is now; the others count for nothing."""
        return tuple(r for r in self.everybody(network) if not r.unjudged)

    def everybody(
        self, network: str, unreadable: list[Mapping[str, Any]] | None = None
    ) -> tuple[Registration, ...]:
        """Return every registration of a network, as it is now, judged or not."""
        stored = self._store.query(keys.registrations_of(network), unreadable=unreadable)
        return tuple(items.to_registration(item) for item in stored if not items.is_pointer(item))

    def whole(self, network: str) -> WholeNetwork:
        """Return everybody in a network and all decisions on it; each item is read once."""
        unreadable: list[Mapping[str, Any]] = []
        people = self.everybody(network, unreadable)
        stored = self._store.query(keys.decisions_of(network), unreadable=unreadable)
        return WholeNetwork(people, tuple(map(items.to_decision, stored)), len(unreadable))

    def everybody_but_aside(self, network: str) -> tuple[Registration, ...]:
        """Return everybody but who is aside, judged or not: strangers make nobody's page or mail slow."""
        return everybody_but_aside(self._store, network)

    def registration(self, network: str, person_key: str) -> Registration | None:
        """Return one person's registration, judged or not.

        It is found by the key of the address that they corrected theirs to as well.
        """
        item = self._store.get(keys.registrations_of(network), person_key)
        return pointed_to(self._store, item) if item else None

    def register(
        self, registrations: Sequence[Registration], judge: Judge | None = None
    ) -> tuple[Registration, ...]:
        """Store everyone in one post or nobody, and return each of them as stored now.

        `judge` judges who is unjudged, and registered or once cancelled before, for that changes at once.
        """
        return store_post(self._store, registrations, judge=judge)

    def judge(self, network: Network, people: Iterable[Registration], now: datetime) -> bool:
        """Count whoever is unjudged with their client address; set them free, or put them aside, by post.

        False where nobody was unjudged.
        """
        posts = unjudged_posts(people)
        for post in posts:
            judge_post(self._store, post, network.abuse.people_an_hour_per_address, now)
        return bool(posts)

    def complete(self, post: KeptPost, people: Sequence[Registration]) -> tuple[Registration, ...]:
        """Register the people in a kept post and delete it; nobody where that was done before."""
        stored = store_post(self._store, people, answer_of(post))
        self.kept_posts.delete(post)
        return stored

    def save(self, *registrations: Registration) -> bool:
        """Store changed registrations together; False, and nothing stored, if one has changed since."""
        return not self._store.put_all(versioned_puts(registrations))

    def save_in_pieces(self, *registrations: Registration) -> bool:
        """Store changed registrations, many of them in pieces; False if somebody has changed since.

        The first piece is stored last: what is judged again after a failure still finds what is left to do.
        """
        return all(self.save(*piece) for piece in reversed(pieces(registrations)))

    def save_address(self, person: Registration) -> bool:
        """Store a person with a corrected address, which now finds them; False if they changed since.

        The address's first key may be that of somebody else on the mailbox; then the name tells them apart.
        """
        key = address_key(person.network, person.email)
        for sk in (key, f"{key}#{name_key(person.name)}"):
            if sk == person.person_key:
                break
            pointer = items.address_pointer(person.network, sk, person.person_key)
            blocking = list(filter(None, self._store.put_all([*versioned_puts([person]), (pointer, None)])))
            if not blocking:
                return True
            if any(item["sk"] == person.person_key for item in blocking):
                return False
            if blocking[0].get("person_key") == person.person_key:  # this address was theirs before
                break
        return self.save(person)

    def delete_people(self, network: str, counts: Mapping[str, int], at: datetime) -> int:
        """Delete what is about people in a network, the people first, and return the number of items.

        The counts of the first call are kept. A next call deletes what was too much for one call, what an
        interrupted check left, and what came later.
        """
        self._store.put_new({"pk": keys.counts_of(network), "sk": "COUNTS", "at": items.stamp(at), **counts})
        stored = (item for pk in keys.about_people(network) for item in self._store.query_all_versions(pk))
        deletable = [(item["pk"], item["sk"]) for item in islice(stored, _AT_ONCE)]
        for pk, sk in deletable:
            self._store.delete(pk, sk)
        return len(deletable)

    def counts(self, network: str) -> Mapping[str, Any] | None:
        """Return the counts that retention left of a network; None as long as its people are stored."""
        return self._store.get(keys.counts_of(network), "COUNTS")

    def last_report_at(self, network: str) -> datetime | None:
        """Return the instant of the latest report, in UTC."""
        return max((report.at for report in self.reports(network)), default=None)

    def request_report(self, network: str, day: str, at: datetime, weekly_since: str = "") -> bool:
        """Make the mail function send the report of a day; False if that was requested before."""
        return self._store.put_new(items.from_report_request(network, ReportRequest(day, at, weekly_since)))

    def save_decision(self, decision: Decision) -> bool:
        """Store an organiser's decision; False if one with this id is stored already."""
        return self._store.put_new(items.from_decision(decision))

    def undo_decision(self, decision: Decision, at: datetime) -> bool:
        """Store that a decision is undone; False if it was undone before, or is there no longer."""
        # A retry may find its own first try.
        is_new = "(attribute_not_exists(#name) OR #name = :value)"
        return self._change_decision(decision, "undone_at", items.stamp(at), is_new)

    def erase_author(self, decision: Decision) -> bool:
        """Store that nobody made a decision; it stays undone if it was. False if it is there no longer."""
        return self._change_decision(decision, "by", ERASED, "attribute_exists(#name)")

    def _change_decision(self, decision: Decision, name: str, value: str, condition: str) -> bool:
        """Set one attribute of a stored decision: what another write changed meanwhile stays."""
        item = items.from_decision(decision)
        condition = f"attribute_exists(pk) AND {condition}"
        values, names = {":value": value}, {"#name": name}
        change = "SET #name = :value"
        return bool(self._store.update(item["pk"], item["sk"], change, values, condition, names))

    def decisions(self, network: str) -> tuple[Decision, ...]:
        """Return every decision of a network's organisers, undone ones too."""
        return tuple(map(items.to_decision, self._store.query(keys.decisions_of(network))))

    def school_rulings(self) -> tuple[Decision, ...]:
        """Return the rulings of the organisers of all networks on typed schools, undone ones too."""
        return tuple(map(items.to_decision, self._store.query(keys.SCHOOL_RULINGS)))

    def save_register(self, register: "Register", at: datetime) -> None:
        """Store a register of schools in place of the stored one."""
        from shared.aws.registers import from_register  # slow to import; only matching schools needs it

        self._store.put(from_register(register, at))

    def register_of_schools(self) -> "Register | None":
        """Return the register of schools; None if none was imported."""
        from shared.aws.registers import KEY, to_register

        item = self._store.get(KEY, KEY)
        return to_register(item) if item else None

    def reports(self, network: str) -> tuple[ReportRequest, ...]:
        """Return every requested report, by day."""
        return tuple(map(items.to_report_request, self._store.query(keys.reports_of(network))))

    def claim_mail(self, record: MailRecord, now: datetime) -> bool:
        """Store that we are about to send a mail; False if it was claimed before and is not due again."""
        return self._store.put_if_due(items.from_mail(record), OPEN, items.stamp(now))

    def postpone_mail(self, record: MailRecord, due: datetime, reason: str = "") -> bool:
        """Store from when a claimed mail may be offered again, in the state of its record."""
        changes = {"state": record.state.value, "reason": reason, "due": items.stamp(due)}
        pk = keys.mails_of(record.network)
        return self._store.set_if_state(pk, record.id, (MailState.SENDING,), changes)

    def delete_open_mail(self, record: MailRecord) -> bool:
        """Delete the record of a mail that nobody is owed any longer; False if its state has changed."""
        return self._store.delete_if_state(keys.mails_of(record.network), record.id, record.state)

    def set_mail_state(
        self, network: str, mail: str, state: MailState, reason: str = "", bounced_at: datetime | None = None
    ) -> bool:
        """Store what became of a mail; False for an unknown mail, or one with a state that outranks it."""
        changes = {"state": state.value, "reason": reason}
        if bounced_at:
            changes["bounced_at"] = items.stamp(bounced_at)
        return self._store.set_if_state(keys.mails_of(network), mail, FOLLOWS[state], changes)

    def mails(self, network: str, prefix: str = "") -> tuple[MailRecord, ...]:
        """Return a network's mail records: all, or those whose id starts with a prefix."""
        return tuple(map(items.to_mail, self._store.query(keys.mails_of(network), prefix)))

    def undelivered_mails(self, network: str, people: Iterable[Registration]) -> tuple[MailRecord, ...]:
        """Return the mails that did not arrive or wait, and every mail to a mailbox that one bounced from."""
        stored = self._store.query(keys.mails_of(network), only=_UNDELIVERED)
        lost = tuple(map(items.to_mail, stored))
        bounced = {mail.reference for mail in lost if mail.state is MailState.BOUNCED}
        reports = self.mails(network, "report-") if "" in bounced else ()  # these are to no registrant
        everyone = tuple(people)
        on_mailboxes = with_mailbox_sharers((r for r in everyone if r.reference in bounced), everyone)
        others = self.mails_to(network, sorted(r.reference for r in on_mailboxes))
        return tuple({mail.id: mail for mail in (*lost, *reports, *others)}.values())

    def mails_to(self, network: str, references: Sequence[str]) -> tuple[MailRecord, ...]:
        """Return some people's mail records: one by one, or of a crowd in one Query of everybody's."""
        if len(references) <= _FEW:
            return tuple(mail for each in references for mail in self.mails(network, f"{each}-"))
        crowd, stored = frozenset(references), self._store.query(keys.mails_of(network))
        return tuple(items.to_mail(item) for item in stored if item["reference"] in crowd)
