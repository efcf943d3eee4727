"""What an order leads to, worked out before it is carried out by the rules that will then apply."""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from shared.domain.actions.organiser.order import Order, OrderContext
from shared.domain.mail import PersonalLinks
from shared.domain.network.network import Network
from shared.domain.network.sessions import session_entries
from shared.domain.network.version_history import SETTLES, UNKNOWN, VersionHistory
from shared.domain.outbox import OPEN, MailRecord, MailState
from shared.domain.registration.bounces import bounce_of, last_bounces, with_mailbox_sharers
from shared.domain.registration.person_name import name_parts, title_case
from shared.domain.registration.registration import Registration
from shared.domain.rule.plan import next_check, plan
from shared.domain.rule.standing import SchoolStanding
from shared.mails.owed import owed
from shared.mails.owed.context import MailContext, OwedMail, by_reference

# What each kind of mail tells its reader, for the organiser who causes it.
MAIL_SUMMARIES = {
    "confirmation": "bevestiging van de aanmelding",
    "invited": "een collega heeft je aangemeld",
    "late": "je aanmelding kwam na de deadline",
    "admitted": "je doet mee, met de data als agendabestand",
    "held": "je plek is niet zeker",
    "declined": "je kunt niet meedoen",
    "cancelled": "je bent afgemeld",
    "complete": "je school is compleet",
    "changed": "je school is niet meer compleet",
    "reminder": "herinnering: nog een collega nodig",
    "waiting": "op de wachtlijst",
    "place": "er is een plek",
    "upcoming": "herinnering aan de bijeenkomst",
    "deadline": "de deadline is veranderd",
    "moved": "een bijeenkomst is veranderd",
    "unreachable": "je collega is onbereikbaar",
    "address": "bevestig je nieuwe adres",
    "readdressed": "je adres is gewijzigd",
    "confirm": "bevestig je e-mailadres",
    "unconfirmed": "je aanmelding telt niet mee: het adres is niet bevestigd",
    "already": "je was al aangemeld",
    "links": "je eigen links",
    "data": "al je gegevens",
    "invitation": "uitnodiging van een collega",
    "message": "bericht van jullie",
}


ReadMails = Callable[[Sequence[str]], Iterable[MailRecord]]  # the mails to people, by their references


class AnnouncedMail(NamedTuple):
    """A mail that will go out: what it says in short, the person it is about, where it goes, and its kind."""

    text: str
    registration: Registration
    address: str
    kind: str


class OrderPreview(NamedTuple):
    """What an order leads to: the mails at once, those of the next check, and the schools that change.

    `unreached` are those whom the order changes and no mail of ours reaches.
    """

    mails_now: tuple[AnnouncedMail, ...]
    mails_later: tuple[AnnouncedMail, ...]
    standings_before: tuple[SchoolStanding, ...]
    standings_after: tuple[SchoolStanding, ...]
    unreached: tuple[Registration, ...] = ()


def preview_order(context: OrderContext, order: Order, read_mails: ReadMails) -> OrderPreview:
    """Return what an order adds to what happens without it; only of whom it affects are the mails read."""
    after = context.after(order)
    checked, checked_after = _after_next_check(context), _after_next_check(after)
    affected = _differing(context, after) | _differing(checked, checked_after)
    people = [r for r in after.registrations if r.person_key in affected]
    around = with_mailbox_sharers(people, after.registrations)
    records = tuple(read_mails([r.reference for r in around]))
    without = _outgoing_mails((context, checked), affected, records)
    with_order = _outgoing_mails((after, checked_after), affected, records)
    preview, bounces = _compared(context, after, without, with_order), last_bounces(around, records)
    mailed = {mail.registration.person_key for mail in (*preview.mails_now, *preview.mails_later)}
    others = (person for person in order.save if person.person_key not in mailed)
    unreached = tuple(person for person in others if bounce_of(person, bounces))
    return preview._replace(unreached=unreached)


def preview_settings(
    context: OrderContext, network: Network, history: VersionHistory, read_mails: ReadMails
) -> OrderPreview:
    """Return what other settings of a network add to what happens without them, once dates have settled."""
    before = replace(context, now=context.now + SETTLES, regrouped=context.grouping)
    after = replace(before, network=network)
    is_deadline = network.closes_at != context.network.closes_at
    is_sessions = session_entries(network) != session_entries(context.network)
    moved = VersionHistory(
        context.now if is_deadline else history.deadline_since,
        context.now if is_sessions else history.sessions_since,
        history.unstated,
    )
    everybody = {r.person_key for r in context.registrations}
    records = tuple(read_mails([r.reference for r in context.registrations]))
    without = _outgoing_mails((before, _after_next_check(before)), everybody, records, history)
    with_settings = _outgoing_mails((after, _after_next_check(after)), everybody, records, moved)
    # Of a date that moved before, the mail waits already; what it says, it says of this one.
    renewed = {kind for kind, is_other in (("deadline", is_deadline), ("moved", is_sessions)) if is_other}
    return _compared(before, after, without, with_settings, renewed)


def _compared(
    before: OrderContext,
    after: OrderContext,
    without: "_OutgoingMails",
    outgoing: "_OutgoingMails",
    renewed: Container[str] = (),
) -> OrderPreview:
    """Return what the mails and schools of one course of things have that those of another have not."""
    ids = {mail.record.id for mail in without.now if mail.record.kind not in renewed}
    # What a check decides is numbered by what happened before it, so mails of a check are compared by kind.
    kinds = {(mail.record.reference, mail.record.kind) for mail in without.later}
    later = (mail for mail in outgoing.later if (mail.record.reference, mail.record.kind) not in kinds)
    old, new = set(map(_look, before.standings)), set(map(_look, after.standings))
    return OrderPreview(
        _announce(after, (mail for mail in outgoing.now if mail.record.id not in ids)),
        _announce(after, later),
        tuple(s for s in before.standings if _look(s) not in new and s.school.counted),
        tuple(s for s in after.standings if _look(s) not in old and s.school.registrations),
    )


def _differing(one: OrderContext, other: OrderContext) -> set[str]:
    """Return the person keys of the schools that differ; the mails of all others are the same in both."""
    a, b = ({s.school.key: s.school for s in context.standings} for context in (one, other))
    schools = [
        school
        for key in a.keys() | b.keys()
        if a.get(key) != b.get(key)
        for school in (a.get(key), b.get(key))
    ]
    return {r.person_key for school in schools if school for r in school.registrations}


def _look(standing: SchoolStanding) -> tuple[object, ...]:
    """Return what an organiser sees of a standing, to compare two of them."""
    return standing.standing, frozenset(r.person_key for r in standing.school.counted)


def _announce(context: OrderContext, mails: Iterable[OwedMail]) -> tuple[AnnouncedMail, ...]:
    people = {r.reference: r for r in context.registrations}
    announced = (
        AnnouncedMail(MAIL_SUMMARIES[kind], people[mail.record.reference], mail.to, kind)
        for mail in mails
        for kind in [mail.record.kind]
    )
    return tuple(sorted(announced, key=lambda mail: name_parts(title_case(mail.registration.name)).sort_key))


class _OutgoingMails(NamedTuple):
    """The mails that go out now and at the next check if nothing else happens."""

    now: list[OwedMail]
    later: list[OwedMail]


def _outgoing_mails(
    contexts: tuple[OrderContext, OrderContext],
    people: Container[str],
    mails: Iterable[MailRecord],
    versions: VersionHistory = UNKNOWN,
) -> _OutgoingMails:
    sent = {mail.id: mail for mail in mails if mail.state not in OPEN}
    now, later = contexts
    return _OutgoingMails(_send_owed(now, people, sent, versions), _send_owed(later, people, sent, versions))


def _send_owed(
    context: OrderContext, people: Container[str], sent: dict[str, MailRecord], versions: VersionHistory
) -> list[OwedMail]:
    """Return the owed mails and add them to `sent`; those of schools and sessions wait for the rest."""
    mails: list[OwedMail] = []
    around = _mail_context(context, versions)
    chosen = [person for person in context.registrations if person.person_key in people]
    for _ in ("the rest", "of schools and sessions"):
        bounces = last_bounces(context.registrations, sent.values())
        mailed = around._replace(mails=by_reference(sent.values()), bounces=bounces)
        new = [mail for person in chosen for mail in owed(person, mailed) if mail.record.id not in sent]
        mails += new
        sent |= {mail.record.id: replace(mail.record, state=MailState.SENT) for mail in new}
    return mails


def _mail_context(context: OrderContext, versions: VersionHistory) -> MailContext:
    return MailContext(
        context.network,
        context.now,
        {r.person_key: s.school for s in context.standings for r in s.school.registrations},
        {},
        {},
        lambda _: PersonalLinks("", ""),
        versions,
        with_reference={r.reference: r for r in context.registrations}.get,
    )


def _after_next_check(context: OrderContext) -> OrderContext:
    """Return the context as the next check leaves it."""
    at = next_check(context.now)
    knowledge = context.knowledge.as_of(at)
    then = replace(context.with_knowledge(knowledge), now=at)
    grouped = then.grouping.schools
    planned = plan(then.network, then.registrations, then.decisions, at, knowledge, grouped=grouped)
    return then.with_registrations(*planned.session_reminders, *planned.reminders, *planned.decisions)
