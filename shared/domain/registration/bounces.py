"""People whom no mail reaches: their latest mail bounced for good, and no later one arrived.

An address can be of several people: the latest mail there to any of them tells it of all.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from shared.domain.outbox import MailRecord, MailState
from shared.domain.registration.address import first_correction, last_correction, last_corrector
from shared.domain.registration.identity import address_key
from shared.domain.registration.registration import COLLEAGUE, COUNTED, Registration, State

# A complaint proves that the mail was read; a mail underway proves nothing yet.
_ARRIVED = frozenset({MailState.DELIVERED, MailState.COMPLAINED})
# These go to an address that is not, or no longer, this person's.
_TO_OTHERS = frozenset({"invitation", "address", "readdressed"})


class BouncedColleague(NamedTuple):
    """A colleague by reference, the address that takes no mail, and whether its typist may correct it."""

    reference: str
    email: str
    may_correct: bool = False


class BouncedAddresses(NamedTuple):
    """The addresses that a person typed and that take no mail: of colleagues they registered, or invited."""

    registered: tuple[BouncedColleague, ...] = ()
    invited: tuple[str, ...] = ()


def last_bounces(people: Iterable[Registration], mails: Iterable[MailRecord]) -> Mapping[str, MailRecord]:
    """Return the last mail to each person and each of their addresses, by reference or key, if it bounced."""
    records = [m for m in mails if m.kind not in _TO_OTHERS and m.state in _ARRIVED | {MailState.BOUNCED}]
    if not any(mail.state is MailState.BOUNCED for mail in records):
        return {}
    by_reference, latest = {r.reference: r for r in people}, dict[str, MailRecord]()
    for mail in records:
        if person := by_reference.get(mail.reference):
            for key in (person.reference, _address_then(person, mail.at)):
                latest[key] = max(latest.get(key, mail), mail, key=_time_and_arrival)
    return {key: mail for key, mail in latest.items() if mail.state is MailState.BOUNCED}


def bounce_of(person: Registration, bounces: Mapping[str, MailRecord]) -> MailRecord | None:
    """Return the mail by which we know, from the last bounces, that a person's address takes no mail.

    None if the person was mailed anew meanwhile, perhaps at another address.
    """
    bounce = bounces.get(person.reference) or bounces.get(_address_now(person))
    is_news = bounce and (person.resent_at is None or bounce.at >= person.resent_at)
    return bounce if is_news else None


def addresses_of(person: Registration) -> frozenset[str]:
    """Return the keys of a person's address and of the one that they registered with: nearly always one."""
    return frozenset((_first_address(person), _address_now(person)))


def with_mailbox_sharers(
    some: Iterable[Registration], everyone: Iterable[Registration]
) -> tuple[Registration, ...]:
    """Return these people, with whoever of everyone has an address of theirs, or had it first."""
    addresses = {address for person in some for address in addresses_of(person)}
    return tuple(r for r in everyone if not addresses.isdisjoint(addresses_of(r)))


def _first_address(person: Registration) -> str:
    return person.person_key.partition("#")[0]


def _address_now(person: Registration) -> str:
    if last_correction(person) is None:
        return _first_address(person)
    return address_key(person.network, person.email)


def _address_then(person: Registration, at: datetime) -> str:
    """Return the key of the address of an instant; empty for one of between two corrections."""
    first, last = first_correction(person), last_correction(person)
    if not first or not last or at < first.at:
        return _first_address(person)
    return _address_now(person) if at >= last.at else ""


def _time_and_arrival(mail: MailRecord) -> tuple[float, bool]:
    return mail.at.timestamp(), mail.state in _ARRIVED


def brought_by(me: Registration, everyone: Iterable[Registration]) -> tuple[Registration, ...]:
    """Return the people on the list whose addresses this person typed when registering them."""
    mine = (r for r in everyone if r.invited_by == me.reference and r.email)
    return tuple(r for r in mine if is_on_the_list(r) and is_as_typed(r))


def is_on_the_list(person: Registration) -> bool:
    """Say whether a person takes part, or may yet."""
    return person.state in COUNTED or person.state is State.LATE


def is_as_typed(person: Registration) -> bool:
    """Say whether an address is the one that whoever brought this person typed, or their correction of it."""
    return last_corrector(person) in ("", COLLEAGUE)


def may_colleague_correct(
    person: Registration, mails: Iterable[MailRecord], bounces: Mapping[str, MailRecord]
) -> bool:
    """Say whether whoever brought this person may correct the address: none of these mails arrived there."""
    has_arrived = any(m.reference == person.reference and m.state in _ARRIVED for m in mails)
    return bool(bounce_of(person, bounces)) and is_as_typed(person) and not has_arrived


def unreachable_people(
    people: Iterable[Registration], bounces: Mapping[str, MailRecord]
) -> tuple[Registration, ...]:
    """Return the people on the list whom no mail reaches."""
    return tuple(r for r in people if is_on_the_list(r) and bounce_of(r, bounces))


def bounced_addresses_of(
    me: Registration,
    brought: Sequence[Registration],
    mails: Iterable[MailRecord],
    sharers: Sequence[Registration] = (),
) -> BouncedAddresses:
    """Return which of the addresses that a person typed take no mail, according to these mails.

    Only addresses as this person typed them, who may read those. A name may be corrected later. `sharers`
    are others on the same mailboxes.
    """
    records = tuple(mails)
    bounces = last_bounces((*brought, *sharers), records)
    bounced = {m.id for m in records if m.kind == "invitation" and m.state is MailState.BOUNCED}
    invited = (
        sent.email
        for number, sent in enumerate(me.invitations, 1)
        if sent.email and f"{me.reference}-invitation-{number}" in bounced
    )
    registered = (
        BouncedColleague(r.reference, r.email, may_colleague_correct(r, records, bounces))
        for r in unreachable_people(brought, bounces)
    )
    return BouncedAddresses(tuple(registered), tuple(invited))
