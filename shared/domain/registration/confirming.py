"""Confirming an address: who was asked to and does not in time counts for nothing until they do."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta

from shared.domain.network.network import Network
from shared.domain.outbox import MailRecord
from shared.domain.registration.history import settled
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import COUNTED, ORGANISER, Registration, State

_WITHIN = timedelta(hours=72)
_MORNING = time(7)  # at which we remind, on the day after we asked
# The mails that ask somebody to confirm their address.
ASKING = frozenset({"confirmation", "invited", "confirm"})


def awaits_confirmation(network: Network, person: Registration) -> bool:
    """Say whether a person can still confirm their address, and that matters."""
    if person.state is State.UNCONFIRMED:
        return True
    return network.confirms_addresses and person.state in COUNTED and ends(person) is not None


def ends(person: Registration) -> datetime | None:
    """Return the instant from which a person no longer counts; None for who need not confirm."""
    if person.unconfirmed_since is None or person.confirmed_at or _is_organisers(person):
        return None
    return since(person, person.unconfirmed_since) + _WITHIN


def since(person: Registration, begun: datetime) -> datetime:
    """Return from when a person has their days: as they came back on the list, if that is later."""
    is_listed = person.state is State.REGISTERED and person.history
    return max(begun, settled(person.history).at) if is_listed else begun


def reminder_at(network: Network, begun: datetime) -> datetime:
    """Return when a person is reminded: in the morning of the second day."""
    day = network.local(begun).date() + timedelta(days=1)
    return datetime.combine(day, _MORNING, network.zone)


def must_confirm(network: Network, person: Registration, at: datetime) -> Registration:
    """Return a person who counts as somebody who must confirm from now, where their network asks for it."""
    is_new = person.unconfirmed_since is None and person.confirmed_at is None
    if not network.confirms_addresses or person.state not in COUNTED or not is_new or _is_organisers(person):
        return person
    return replace(person, unconfirmed_since=at)


def confirmed(person: Registration, at: datetime) -> Registration:
    """Return a person who proves that they read this address, because they act by a link that it was sent.

    Who no longer counted comes back as of now, so that nobody who has a place loses it.
    """
    is_unconfirmed = person.state is State.UNCONFIRMED
    if person.unconfirmed_since is None or (person.confirmed_at and not is_unconfirmed):
        return person
    proven = replace(person, confirmed_at=at)
    if not is_unconfirmed:
        return proven
    back = proven.become(State.REGISTERED, at, "person", reason=Reason(ReasonCode.CONFIRMED))
    return replace(back, received_at=at, reminded=None, reminded_at=None, reminded_of=None)


def confirmed_there(network: Network, person: Registration, at: datetime) -> Registration:
    """Return a person who acts by the link that their next address was sent: it needs no other confirmation.

    Whoever waits for the deadline is not asked later either, where their network has just begun to ask.
    """
    waits = person.state is State.REGISTERED
    return confirmed(must_confirm(network, person, at) if waits else person, at)


def confirmation_changes(
    network: Network, people: Iterable[Registration], mailed: Mapping[str, datetime], now: datetime
) -> Iterator[Registration]:
    """Yield everybody who must confirm from now, and everybody who counts no longer, as they will be.

    `mailed` is when a mail last asked it, by reference. What was decided before the network asked stands.
    """
    for person in people if network.confirms_addresses else ():
        until = ends(person)
        if person.state is State.REGISTERED and person.unconfirmed_since is None:
            after = must_confirm(network, person, now)
        elif until and until <= now and person.state in COUNTED and _is_mailed(person, mailed):
            reason = Reason(ReasonCode.UNCONFIRMED)
            after = person.become(State.UNCONFIRMED, now, "check", reason=reason)
        else:
            continue
        if after != person:
            yield after


def mailed_to_confirm(records: Iterable[MailRecord]) -> Mapping[str, datetime]:
    """Return when a mail that went out last asked to confirm, by reference."""
    asking = (r for r in records if r.kind in ASKING and not r.is_untold)
    return {r.reference: r.at for r in sorted(asking, key=lambda r: r.at)}


def _is_mailed(person: Registration, mailed: Mapping[str, datetime]) -> bool:
    last = mailed.get(person.reference)
    return bool(last and person.unconfirmed_since and last >= person.unconfirmed_since)


def _is_organisers(person: Registration) -> bool:
    """Say whether an organiser answers for a person: registered them, or decided that they take part."""
    if person.invited_by == ORGANISER:
        return True
    is_decided = bool(person.history) and person.state is not State.REGISTERED
    return is_decided and settled(person.history).by not in ("check", "person")
