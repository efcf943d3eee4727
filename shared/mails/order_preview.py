"""What an order leads to, told before it is done, by the rules that will decide it and mail about it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from shared.domain.actions.organiser.order import Order, OrderContext
from shared.domain.mail import PersonalLinks
from shared.domain.outbox import OPEN, MailRecord, MailState
from shared.domain.registration.registration import Registration
from shared.domain.rule.plan import next_check, plan
from shared.domain.rule.standing import SchoolStanding
from shared.mails.owed import owed
from shared.mails.owed.context import MailContext, OwedMail, by_reference

SAYS = {
    "confirmation": "bevestiging van de aanmelding",
    "invited": "een collega heeft je aangemeld",
    "late": "je aanmelding kwam na de deadline",
    "admitted": "je doet mee, met de data als agendabestand",
    "held": "je plaats is nog niet zeker",
    "declined": "je kunt niet meedoen",
    "cancelled": "je bent afgemeld",
    "complete": "je school is compleet",
    "changed": "je school is niet meer compleet",
    "reminder": "herinnering: nog een collega nodig",
    "upcoming": "herinnering aan de bijeenkomst",
    "moved": "een bijeenkomst is veranderd",
    "already": "je was al aangemeld",
    "links": "je eigen links",
    "data": "al je gegevens",
    "invitation": "uitnodiging van een collega",
}


class Announced(NamedTuple):
    """A mail that will go out: what it says, whose it is, and to which address."""

    what: str
    about: Registration
    to: str


class OrderPreview(NamedTuple):
    """What an order leads to: the mails at once, those of the next check, and the schools that change."""

    letters: tuple[Announced, ...]
    later: tuple[Announced, ...]
    before: tuple[SchoolStanding, ...]
    after: tuple[SchoolStanding, ...]


def preview_order(scene: OrderContext, order: Order, mails: Iterable[MailRecord]) -> OrderPreview:
    """Return what comes of an order, and would not come anyhow; `mails` are all of the network."""
    records, then = tuple(mails), scene.after(order)
    was, becomes = _mailed(scene, records), _mailed(then, records)
    known = {letter.record.id for letter in was.now}
    # What a check decides is numbered by what happened before: it is compared by what it says.
    anyhow = {(letter.record.reference, letter.record.kind) for letter in was.later}
    old, new = set(map(_look, scene.standings)), set(map(_look, then.standings))
    return OrderPreview(
        _told(then, (x for x in becomes.now if x.record.id not in known)),
        _told(then, (x for x in becomes.later if (x.record.reference, x.record.kind) not in anyhow)),
        tuple(s for s in scene.standings if _look(s) not in new and s.school.counted),
        tuple(s for s in then.standings if _look(s) not in old and s.school.registrations),
    )


def _look(stand: SchoolStanding) -> tuple[object, ...]:
    return stand.standing, frozenset(r.person_key for r in stand.school.counted)


def _told(scene: OrderContext, letters: Iterable[OwedMail]) -> tuple[Announced, ...]:
    people = {r.reference: r for r in scene.everyone}
    return tuple(Announced(SAYS[x.record.kind], people[x.record.reference], x.to) for x in letters)


class _Mailed(NamedTuple):
    """What goes out, now and at the next check, were nothing else to happen."""

    now: list[OwedMail]
    later: list[OwedMail]


def _mailed(scene: OrderContext, mails: Iterable[MailRecord]) -> _Mailed:
    sent = {mail.id: mail for mail in mails if mail.state not in OPEN}
    return _Mailed(_sent(scene, sent), _sent(_checked(scene), sent))


def _sent(scene: OrderContext, sent: dict[str, MailRecord]) -> list[OwedMail]:
    """Return what is sent, and note it; what is of schools and sessions waits until the rest went out."""
    found: list[OwedMail] = []
    for _ in ("the rest", "of schools and sessions"):
        new = [letter for letter in _owed(scene, sent) if letter.record.id not in sent]
        found += new
        sent |= {x.record.id: replace(x.record, state=MailState.SENT) for x in new}
    return found


def _owed(scene: OrderContext, sent: Mapping[str, MailRecord]) -> Iterator[OwedMail]:
    school_of = {r.person_key: school for school in scene.grouping.schools for r in school.registrations}
    mails = by_reference(sent.values())
    around = MailContext(scene.network, scene.now, school_of, mails, lambda _: PersonalLinks("", ""), {})
    return (letter for person in scene.everyone for letter in owed(person, around))


def _checked(scene: OrderContext) -> OrderContext:
    """Return a scene as the next check leaves it."""
    at = next_check(scene.now)
    known = scene.known.as_of(at)
    does = plan(scene.network, scene.everyone, scene.decisions, at, known)
    return replace(scene, now=at, known=known).with_registrations(
        *does.session_reminders, *does.reminders, *does.decisions
    )
