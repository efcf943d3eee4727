"""Who cannot be reached: their latest mail came back for good, and no later one arrived."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from shared.domain.outbox import MailRecord, MailState
from shared.domain.registration.registration import COUNTED, Registration, State

# Who complains has read the mail; what is still underway proves nothing yet.
_ARRIVED = frozenset({MailState.DELIVERED, MailState.COMPLAINED})
_ON_THE_LIST = COUNTED | {State.LATE}


class BouncedAddresses(NamedTuple):
    """The addresses that somebody gave us and that take no mail: of whom they registered, or invited."""

    registered: tuple[str, ...] = ()
    invited: tuple[str, ...] = ()


def unreachable_references(mails: Iterable[MailRecord]) -> frozenset[str]:
    """Return the references of whom no mail reaches; an invitation went to somebody else."""
    known: dict[str, MailRecord] = {}
    for mail in mails:
        if mail.kind != "invitation" and (mail.state in _ARRIVED or mail.state is MailState.BOUNCED):
            known[mail.reference] = max(known.get(mail.reference, mail), mail, key=_which_counts)
    return frozenset(reference for reference, mail in known.items() if mail.state is MailState.BOUNCED)


def _which_counts(mail: MailRecord) -> tuple[float, bool]:
    return mail.at.timestamp(), mail.state in _ARRIVED


def brought_by(me: Registration, everyone: Iterable[Registration]) -> tuple[Registration, ...]:
    """Return whom somebody registered and who are still on the list: their addresses this person typed."""
    mine = (r for r in everyone if r.invited_by == me.reference and r.email)
    return tuple(r for r in mine if r.state in _ON_THE_LIST)


def unreachable_people(
    people: Iterable[Registration], mails: Iterable[MailRecord]
) -> tuple[Registration, ...]:
    """Return who of these people is on the list while no mail reaches them."""
    gone = unreachable_references(mails)
    return tuple(r for r in people if r.state in _ON_THE_LIST and r.reference in gone)


def bounced_addresses_of(
    me: Registration, brought: Sequence[Registration], mails: Iterable[MailRecord]
) -> BouncedAddresses:
    """Return which of the addresses that somebody gave us take no mail, told from these mails.

    Only addresses: they never change, so whoever typed one may read it. A name may have been corrected since.
    """
    records = tuple(mails)
    came_back = {m.id for m in records if m.kind == "invitation" and m.state is MailState.BOUNCED}
    invited = (
        sent.email
        for number, sent in enumerate(me.invitations, 1)
        if sent.email and f"{me.reference}-invitation-{number}" in came_back
    )
    return BouncedAddresses(tuple(r.email for r in unreachable_people(brought, records)), tuple(invited))
