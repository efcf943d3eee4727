"""What goes of somebody, and when: their data on request, and that of who is off the list by itself."""

import re
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from shared.domain.network.fields import PERSON_DETAILS
from shared.domain.network.network import Network
from shared.domain.registration.history import settled
from shared.domain.registration.registration import ERASED, Change, Invitation, Registration, State

_OURS = frozenset({"person", "check"})  # who explain themselves in our words; organisers write their own


def erased(me: Registration, at: datetime) -> Registration:
    """Return what we keep to count somebody by: a reference, a school and a history, and no person."""
    why = "heeft de gegevens laten wissen"
    left = me if me.state is State.CANCELLED else me.become(State.CANCELLED, at, "person", why)
    return replace(_nameless(left), email="")


def scrub_address(r: Registration, email: str, at: datetime) -> Registration:
    """Return a registration without an address: erased where it is that person's, or else itself unnamed.

    Others may have invited that person, named them in a remark, or decided about them as an organiser.
    """
    left = erased(r, at) if r.email.casefold() == email.casefold() else r
    hide = partial(re.compile(rf"(?<![\w.+-]){re.escape(email)}(?![\w-])", re.IGNORECASE).sub, ERASED)
    return replace(
        left,
        remarks=hide(left.remarks),
        extra={name: hide(value) for name, value in left.extra.items()},
        again={name: hide(value) for name, value in left.again.items()},
        invitations=tuple(_uninvited(sent, email) for sent in left.invitations),
        history=tuple(replace(change, by=hide(change.by), why=hide(change.why)) for change in left.history),
    )


def _uninvited(sent: Invitation, email: str) -> Invitation:
    return replace(sent, email="") if sent.email.casefold() == email.casefold() else sent


def after_leaving(
    network: Network, me: Registration, now: datetime, reported: datetime | None
) -> Registration:
    """Return what a check leaves of somebody who is off the list; of anybody else, everything.

    First a report tells the organiser who left: that of `reported`, the latest of an earlier day. Then
    everything goes but the address, with which they can come back for a while, and then that too.
    """
    if me.state is not State.CANCELLED or not _is_told(network, me, now, reported):
        return me
    may_undo = me.history[-1].by == "person" and now < undo_until(network, me)
    return _nameless(me) if may_undo else replace(_nameless(me), email="")


def undo_until(network: Network, me: Registration) -> datetime:
    """Return until when somebody who left can undo that: the deadline, or while they can be replaced."""
    left_at = settled(me.history).at
    return max(network.closes_at, network.end_of_day(left_at, network.rule.repair_days))


def may_return(stored: Registration) -> bool:
    """Say whether who registers where somebody was erased is taken for them, and has their reference again.

    The name cannot tell. Who asked to be forgotten is not known again, unless no other key is left to give.
    """
    return stored.is_erased and bool(stored.email or "#" in stored.person_key)


def _is_told(network: Network, me: Registration, now: datetime, reported: datetime | None) -> bool:
    today = network.local(now).date()
    if today > network.last_day:  # there is no report any longer
        return True
    if reported is None or network.local(reported).date() >= today:
        return False
    return settled(me.history).at <= reported


def _nameless(me: Registration) -> Registration:
    invited = tuple(Invitation("", sent.at) for sent in me.invitations)
    history = tuple(map(_plain, me.history))
    empty: dict[str, Any] = dict.fromkeys((*PERSON_DETAILS, "remarks"), "")
    bare = replace(me, name=ERASED, extra={}, again={}, **empty)
    return replace(bare, invitations=invited, history=history)


def _plain(change: Change) -> Change:
    return change if change.by in _OURS else replace(change, why="")
