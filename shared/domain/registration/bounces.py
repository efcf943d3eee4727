"""People whom no mail reaches: their latest mail bounced for good, and no later one arrived."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from shared.domain.outbox import MailRecord, MailState
from shared.domain.registration.registration import COUNTED, Registration, State

# A complaint proves that the mail was read; a mail underway proves nothing yet.
_ARRIVED = frozenset({MailState.DELIVERED, MailState.COMPLAINED})
_ON_THE_LIST = COUNTED | {State.LATE}


class BouncedAddresses(NamedTuple):
    """The addresses that a person typed and that take no mail: of colleagues they registered, or invited."""

    registered: tuple[str, ...] = ()
    invited: tuple[str, ...] = ()


def unreachable_references(mails: Iterable[MailRecord]) -> frozenset[str]:
    """Return the references of people whom no mail reaches; an invitation goes to another person."""
    latest: dict[str, MailRecord] = {}
    for mail in mails:
        if mail.kind != "invitation" and (mail.state in _ARRIVED or mail.state is MailState.BOUNCED):
            latest[mail.reference] = max(latest.get(mail.reference, mail), mail, key=_time_and_arrival)
    return frozenset(reference for reference, mail in latest.items() if mail.state is MailState.BOUNCED)


def _time_and_arrival(mail: MailRecord) -> tuple[float, bool]:
    return mail.at.timestamp(), mail.state in _ARRIVED


def brought_by(me: Registration, everyone: Iterable[Registration]) -> tuple[Registration, ...]:
    """Return the people on the list whose addresses this person typed when registering them."""
    mine = (r for r in everyone if r.invited_by == me.reference and r.email)
    return tuple(r for r in mine if r.state in _ON_THE_LIST)


def unreachable_people(
    people: Iterable[Registration], mails: Iterable[MailRecord]
) -> tuple[Registration, ...]:
    """Return the people on the list whom no mail reaches."""
    references = unreachable_references(mails)
    return tuple(r for r in people if r.state in _ON_THE_LIST and r.reference in references)


def bounced_addresses_of(
    me: Registration, brought: Sequence[Registration], mails: Iterable[MailRecord]
) -> BouncedAddresses:
    """Return which of the addresses that a person typed take no mail, according to these mails.

    Only addresses: they never change, so the person who typed one may read it. A name may be corrected later.
    """
    records = tuple(mails)
    bounced = {m.id for m in records if m.kind == "invitation" and m.state is MailState.BOUNCED}
    invited = (
        sent.email
        for number, sent in enumerate(me.invitations, 1)
        if sent.email and f"{me.reference}-invitation-{number}" in bounced
    )
    return BouncedAddresses(tuple(r.email for r in unreachable_people(brought, records)), tuple(invited))
