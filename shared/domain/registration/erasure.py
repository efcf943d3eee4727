"""Erasing a person's data: at their request, and by itself some time after they left the list."""

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from shared.domain.network.fields import PERSON_DETAILS
from shared.domain.network.network import Network
from shared.domain.registration.history import settled
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import ERASED, Change, Invitation, Registration, State

_TEXTS = ("remarks", "origin", "new_email", "former_email", "posted_from")


def erased(me: Registration, at: datetime, domain: str = "") -> Registration:
    """Return what is kept to count a person by: a reference, a school and a history, and no person.

    `domain` is the mail domain of their school, if that is kept.
    """
    reason = Reason(ReasonCode.ERASED)
    left = me if me.state is State.CANCELLED else me.become(State.CANCELLED, at, "person", reason=reason)
    return without_address(_nameless(left), domain)


def without_address(me: Registration, domain: str) -> Registration:
    """Return a person without their address; the mail domain of their school stays, if that is kept."""
    return replace(me, email="", mail_domain=domain or me.mail_domain)


def scrub_address(r: Registration, email: str, at: datetime, domain: str = "") -> Registration:
    """Return a registration without an address: erased where it is that person's own, otherwise scrubbed.

    Others may have invited that person, named them in a remark, or decided about them as an organiser.
    """
    left = erased(r, at, domain) if r.email.casefold() == email.casefold() else r
    if left.new_email.casefold() == email.casefold():
        left = replace(left, new_email="", new_email_at=None)
    if left.former_email.casefold() == email.casefold():
        left = replace(left, former_email="")
    hide = partial(re.compile(rf"(?<![\w.+-]){re.escape(email)}(?![\w-])", re.IGNORECASE).sub, ERASED)
    return replace(
        left,
        remarks=hide(left.remarks),
        extra=_values(hide, left.extra),
        again=_values(hide, left.again),
        questions=_values(hide, left.questions),
        consents=_values(hide, left.consents),
        without_address=tuple(map(hide, left.without_address)),
        invitations=tuple(_scrub_invitation(sent, email) for sent in left.invitations),
        history=tuple(_scrub_change(hide, change) for change in left.history),
    )


def still_has(r: Registration, email: str) -> bool:
    """Say whether an address stands in a registration: of the person, or of somebody whom they invited."""
    return email in (r.email, r.new_email, r.former_email, *(sent.email for sent in r.invitations))


def _scrub_change(hide: Callable[[str], str], change: Change) -> Change:
    reason = change.reason and replace(change.reason, by=hide(change.reason.by))
    return replace(change, by=hide(change.by), note=hide(change.note), reason=reason)


def _values(change: Callable[[str], str], texts: Mapping[str, str]) -> dict[str, str]:
    return {name: change(text) for name, text in texts.items()}


def _scrub_invitation(sent: Invitation, email: str) -> Invitation:
    return replace(sent, email="") if sent.email.casefold() == email.casefold() else sent


def after_leaving(
    network: Network, me: Registration, now: datetime, reported: datetime | None
) -> Registration:
    """Return what a check leaves of a person who is off the list; of anybody else, everything.

    First a report tells the organiser that the person left: `reported` is the latest report of an earlier
    day. Then everything goes but the address, with which they can come back for a while, and then that too.
    """
    if me.state is not State.CANCELLED or not _is_reported(network, me, now, reported):
        return me
    may_undo = me.history[-1].by == "person" and now < undo_until(network, me)
    return _nameless(me) if may_undo else replace(_nameless(me), email="")


def without_sensitive_answers(network: Network, me: Registration) -> Registration:
    """Return a person without sensitive answers, of whom a check leaves no more a week after the last day.

    An answer that did not fit its question stands among the unknown fields, by the question's id.
    """
    sensitive = {question.id for question in network.form.questions if question.sensitive}
    return replace(me, questions=_without(sensitive, me.questions), extra=_without(sensitive, me.extra))


def _without(names: Container[str], texts: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if name not in names}


def undo_until(network: Network, me: Registration) -> datetime:
    """Return until when a person who left can come back: the deadline, or the end of a repair window."""
    left_at = settled(me.history).at
    return max(network.closes_at, network.end_of_day(left_at, network.rule.repair_days))


def may_return(stored: Registration) -> bool:
    """Say whether a new registration on an erased one's key is taken for the same person, with its reference.

    The name cannot tell. A person who asked to be erased is not recognised, unless no other key is left.
    """
    return stored.is_erased and bool(stored.email or "#" in stored.person_key)


def _is_reported(network: Network, me: Registration, now: datetime, reported: datetime | None) -> bool:
    today = network.local(now).date()
    if network.is_over(now):  # there are no reports any longer
        return True
    if reported is None or network.local(reported).date() >= today:
        return False
    return settled(me.history).at <= reported


def _nameless(me: Registration) -> Registration:
    invited = tuple(Invitation("", sent.at) for sent in me.invitations)
    history = tuple(replace(change, note="") for change in me.history)
    empty: dict[str, Any] = dict.fromkeys((*PERSON_DETAILS, *_TEXTS), "")
    bare = replace(
        me, name=ERASED, extra={}, again={}, questions={}, consents={}, without_address=(), **empty
    )
    return replace(bare, invitations=invited, history=history, new_email_at=None)
