"""People whom no mail reaches: their latest mail bounced for good, and no later one arrived."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from shared.domain.outbox import MailRecord, MailState
from shared.domain.registration.address import last_corrector
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


def last_bounces(mails: Iterable[MailRecord]) -> Mapping[str, MailRecord]:
    """Return each person's last mail, by reference, if it bounced; an invitation goes to another person."""
    latest: dict[str, MailRecord] = {}
    for mail in mails:
        if mail.kind not in _TO_OTHERS and (mail.state in _ARRIVED or mail.state is MailState.BOUNCED):
            latest[mail.reference] = max(latest.get(mail.reference, mail), mail, key=_time_and_arrival)
    return {reference: mail for reference, mail in latest.items() if mail.state is MailState.BOUNCED}


def bounce_of(person: Registration, mails: Iterable[MailRecord]) -> MailRecord | None:
    """Return the mail by which we know that a person's address takes no mail.

    None if mail arrived later, or if the person was mailed anew meanwhile, perhaps at another address.
    """
    bounce = last_bounces(mails).get(person.reference)
    is_news = bounce and (person.resent_at is None or bounce.at >= person.resent_at)
    return bounce if is_news else None


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


def may_colleague_correct(person: Registration, mails: Iterable[MailRecord]) -> bool:
    """Say whether whoever brought this person may correct the address: nothing ever arrived there."""
    records = tuple(mails)
    has_arrived = any(m.reference == person.reference and m.state in _ARRIVED for m in records)
    return bool(bounce_of(person, records)) and is_as_typed(person) and not has_arrived


def unreachable_people(
    people: Iterable[Registration], mails: Iterable[MailRecord]
) -> tuple[Registration, ...]:
    """Return the people on the list whom no mail reaches."""
    bounces = last_bounces(mails)
    return tuple(
        r for r in people if is_on_the_list(r) and bounce_of(r, filter(None, [bounces.get(r.reference)]))
    )


def bounced_addresses_of(
    me: Registration, brought: Sequence[Registration], mails: Iterable[MailRecord]
) -> BouncedAddresses:
    """Return which of the addresses that a person typed take no mail, according to these mails.

    Only addresses as this person typed them, who may read those. A name may be corrected later.
    """
    records = tuple(mails)
    bounced = {m.id for m in records if m.kind == "invitation" and m.state is MailState.BOUNCED}
    invited = (
        sent.email
        for number, sent in enumerate(me.invitations, 1)
        if sent.email and f"{me.reference}-invitation-{number}" in bounced
    )
    registered = (
        BouncedColleague(r.reference, r.email, may_colleague_correct(r, records))
        for r in unreachable_people(brought, records)
    )
    return BouncedAddresses(tuple(registered), tuple(invited))
