"""Correcting a person's address: they stay the same person, with the same key and reference."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from shared.domain.registration.identity import is_same_name
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import COLLEAGUE, ORGANISER, Change, Registration

_FIELDS = ("email",)
_CONFIRM_WITHIN = timedelta(days=7)


def with_address(
    person: Registration,
    email: str,
    at: datetime,
    by: str,
    note: str = "",
    *,
    tells_former: bool,
    domain: str = "",
) -> Registration:
    """Return a person at another address, who is mailed there where they stand.

    `tells_former` where the address of before takes mail: it is told that it gets no more. `domain` is the
    domain of that address, where it is a school's: whom it linked stays of one school.
    """
    change = Change(at, person.state, by, note, Reason(ReasonCode.CHANGED, fields=_FIELDS))
    return replace(
        person,
        email=email,
        mail_domain=domain or person.mail_domain,
        former_email=person.email if tells_former else "",
        new_email="",
        new_email_at=None,
        resent_at=_after(person.resent_at, at + timedelta(milliseconds=1)),
        unconfirmed_since=person.unconfirmed_since and at,
        confirmed_at=None,
        history=(*person.history, change),
    )


def _after(last: datetime | None, at: datetime) -> datetime:
    """Return an instant, in another second than the last one of its kind: mails are named after it."""
    return max(last + timedelta(seconds=1), at) if last else at


def with_first_address(left: Registration, new: Registration) -> Registration:
    """Return a person who left, before they are registered again at the address of their first registration.

    Where that was corrected since, this is one more correction, and nobody confirmed that address.
    """
    if not last_correction(left) or left.email.casefold() == new.email.casefold():
        return left
    by = COLLEAGUE if new.invited_by not in ("", ORGANISER) else new.history[0].by
    change = Change(new.received_at, left.state, by, reason=Reason(ReasonCode.CHANGED, fields=_FIELDS))
    return replace(left, email=new.email, confirmed_at=None, history=(*left.history, change))


def request_address(me: Registration, email: str, at: datetime) -> Registration:
    """Return a person who asks for another address; their own stays until the other is confirmed."""
    return replace(me, new_email=email, new_email_at=_after(me.new_email_at, at))


def may_confirm(me: Registration, at: datetime) -> bool:
    """Say whether a requested address can still be confirmed."""
    return bool(me.new_email and me.new_email_at and at < me.new_email_at + _CONFIRM_WITHIN)


def last_correction(person: Registration) -> Change | None:
    """Return the last change of a person's address; None if it is the one that they registered with."""
    return next(filter(_is_correction, reversed(person.history)), None)


def first_correction(person: Registration) -> Change | None:
    """Return the first change of a person's address; None if it is the one that they registered with."""
    return next(filter(_is_correction, person.history), None)


def _is_correction(change: Change) -> bool:
    return change.reason is not None and change.reason.fields == _FIELDS


def last_corrector(person: Registration) -> str:
    """Return who last corrected an address; empty if nobody did."""
    correction = last_correction(person)
    return correction.by if correction else ""


def same_person_at(person: Registration, email: str, everyone: Iterable[Registration]) -> Registration | None:
    """Return the other registration with an address that is nearly of this name: the same person twice."""
    others = (
        r for r in everyone if r.email.casefold() == email.casefold() and r.person_key != person.person_key
    )
    return next((r for r in others if is_same_name(r.name, person.name)), None)
