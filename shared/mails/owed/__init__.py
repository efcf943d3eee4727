"""The mails that a person is owed, computed from the table alone, so that stream and sweeper agree.

A mail is owed because of a state, not because of an event: a record of the stream only says where to look.
Each mail has an id that follows from its cause, so that it is sent once, whichever function finds it.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial

from shared.domain.mail import Mail
from shared.domain.outbox import OPEN, MailState
from shared.domain.registration.address import last_correction, last_corrector, may_confirm
from shared.domain.registration.bounces import bounce_of, last_bounces
from shared.domain.registration.history import settled_index
from shared.domain.registration.reason import ReasonCode
from shared.domain.registration.registration import COLLEAGUE, ORGANISER, Change, Registration, State
from shared.domain.rule.reminder import next_reminder
from shared.mails import on_request, registrant
from shared.mails.owed.confirming import of_confirming
from shared.mails.owed.context import NEXT, MailContext, OwedMail, owed_mail
from shared.mails.owed.deadline import of_deadline
from shared.mails.owed.messages import of_messages
from shared.mails.owed.reach import WELCOMES, withheld_welcomes
from shared.mails.owed.school import of_school
from shared.mails.owed.sessions import of_sessions
from shared.mails.owed.unreachable import of_unreachable

_OUTSIDE = (None, State.CANCELLED, State.QUARANTINED)  # a person who comes from there is new to us


def owed(me: Registration, context: MailContext) -> Iterator[OwedMail]:
    """Yield every mail that a person is owed, also those already sent: the records tell which."""
    if not me.email or not me.history:  # their data is erased
        return
    mine = context.mails.get(me.reference, ())
    withheld = withheld_welcomes(me, mine)
    if not all(r.is_untold for r in withheld):
        return  # they complained, or an earlier release withheld it: an organiser can have them mailed again
    if bounce_of(me, context.bounces):  # nothing goes to a dead address, nor is kept for the next one
        yield from _elsewhere(me, context)
        return
    own = list(_of_state(me, context))
    yield from own
    yield from _on_request(me, context)
    yield from of_messages(me, context)
    if withheld and all(record.is_untold for record in mine):
        # Perhaps a stranger used this address: its owner hears what is decided, and what they ask for.
        return
    yield from of_unreachable(me, context)
    yield from of_confirming(me, context)
    # A mail that is under way may say the same of the school.
    sent = {record.id for record in mine if record.state not in OPEN}
    if all(mail.record.id in sent for mail in own):
        news = list(of_school(me, context))
        yield from news
        late = {record.id for record in mine if record.waits_for_evening}
        if not any(mail.record.deadline and mail.record.id not in sent | late for mail in news):
            yield from of_deadline(me, context)  # no mail that goes now says it already
    held_back = {record.id for record in mine if record.is_held_back}
    if all(mail.record.id in sent | held_back for mail in own):
        yield from of_sessions(me, context)


def _of_state(me: Registration, context: MailContext) -> Iterator[OwedMail]:
    """Yield the mail of a person's state, one for each time that they came into it."""
    index = settled_index(me.history)
    change, before = me.history[index], me.history[index - 1].state if index else None
    # A person whom somebody else brought must be told who (GDPR, article 14).
    inviter = _inviter(me, context) if before in _OUTSIDE and not _came_back(change) else None
    is_stranger = before in (*_OUTSIDE, State.LATE) and change.by == "person"
    by_others = me.state is State.UNCONFIRMED  # perhaps a stranger used their address
    if inviter and me.state in (State.ADMITTED, State.HELD):
        write = partial(_invited, me, context, inviter)
        yield owed_mail(me, context, "invited", f"{index + 1}", write)._replace(from_strangers=is_stranger)
    if me.state is State.QUARANTINED or (me.state, before) == (State.CANCELLED, State.QUARANTINED):
        return  # suspected spam is not answered
    kind = "invited" if inviter and me.state is State.REGISTERED else _KINDS[me.state]
    write = partial(_WRITE[kind], me, context, inviter)
    first = owed_mail(me, context, kind, f"{index + 1}", write, _after_reminder(me, kind, change.at))
    if not me.resent_at or me.resent_at < change.at:
        yield first._replace(from_strangers=by_others or (is_stranger and kind in WELCOMES))
        return
    number = f"{index + 1}-{_number(me.resent_at)}"
    by_colleague = by_others or last_corrector(me) == COLLEAGUE
    bringer = _inviter(me, context) if kind in ("admitted", "held") and _never_knew_why(me, context) else None
    if bringer:
        write_first = partial(_invited, me, context, bringer)
        invited = owed_mail(me, context, "invited", number, write_first, me.resent_at)
        yield invited._replace(from_strangers=by_colleague)
    again = owed_mail(me, context, kind, number, write, _after_reminder(me, kind, me.resent_at))
    yield again._replace(from_strangers=by_colleague)


def _after_reminder(me: Registration, kind: str, at: datetime) -> datetime:
    """Return the instant of a mail, after a reminder that was due before it went: it says the same."""
    if kind not in ("confirmation", "invited") or not me.reminded_at:
        return at
    return max(at, me.reminded_at + NEXT)


def _never_knew_why(me: Registration, context: MailContext) -> bool:
    """Say whether a person at another address was never told who registered them: that mail bounced."""
    if not me.resent_at or not last_correction(me):
        return False
    mails = context.mails.get(me.reference, ())
    earlier = [r.state for r in mails if r.kind == "invited" and r.at < me.resent_at]
    return bool(earlier) and set(earlier) == {MailState.BOUNCED}


def _came_back(change: Change) -> bool:
    return change.reason is not None and change.reason.code is ReasonCode.CAME_BACK


def _inviter(me: Registration, context: MailContext) -> Registration | None:
    """Return the colleague who registered a person, if they did not register by themselves."""
    if not me.invited_by or me.invited_by == ORGANISER:
        return None
    # Nearly always of the same school; one of the two may have corrected theirs.
    colleagues = context.school_of[me.person_key].registrations
    colleague = next((r for r in colleagues if r.reference == me.invited_by), None)
    return colleague or context.with_reference(me.invited_by)


def _invited(me: Registration, context: MailContext, inviter: Registration | None) -> Mail:
    assert inviter  # noqa: S101 only a person with an inviter is owed this mail # nosec B101
    return registrant.invited(
        context.network, me, inviter, context.school_of[me.person_key], context.links(me), context.at
    )


def _confirmation(me: Registration, context: MailContext, _: Registration | None) -> Mail:
    following = next_reminder(context.network, context.network.local(context.at).date())
    school = context.school_of[me.person_key]
    return registrant.confirmation(context.network, me, school, context.links(me), following, context.at)


def _without_place(
    mail: Callable[..., Mail], me: Registration, context: MailContext, _: Registration | None
) -> Mail:
    """Write a mail to a person without a place; it takes the sessions out of the agenda of who had one."""
    school, moves = context.school_of[me.person_key], context.times_moved(me)
    return mail(context.network, me, school, context.links(me), moves, context.calendar_owner(me))


_KINDS = {
    State.REGISTERED: "confirmation",
    State.LATE: "late",
    State.ADMITTED: "admitted",
    State.HELD: "held",
    State.DECLINED: "declined",
    State.CANCELLED: "cancelled",
    State.UNCONFIRMED: "unconfirmed",
}
_WRITE: Mapping[str, Callable[[Registration, MailContext, Registration | None], Mail]] = {
    "invited": _invited,
    "confirmation": _confirmation,
    "late": lambda me, c, inviter: registrant.late(c.network, me, c.links(me), inviter, c.at),
    "admitted": lambda me, c, _: registrant.admitted(
        c.network,
        me,
        c.links(me),
        me.history[settled_index(me.history)].at,
        c.times_moved(me),
        c.calendar_owner(me),
        c.at,
    ),
    "held": lambda me, c, _: _without_place(partial(registrant.held, at=c.at), me, c, _),
    "declined": lambda me, c, _: _without_place(partial(registrant.declined, at=c.at), me, c, _),
    "cancelled": partial(_without_place, registrant.cancelled),
    "unconfirmed": partial(_without_place, registrant.unconfirmed),
}


def _on_request(me: Registration, context: MailContext) -> Iterator[OwedMail]:
    """Yield the mails of a person's own acts: register again, ask for links or data, invite colleagues."""
    links, correction, since = context.links, last_correction(me), _answers_since(me, context)
    if correction and me.former_email:
        goodbye = partial(on_request.readdressed, context.network, me)
        former = owed_mail(
            me, context, "readdressed", _number(correction.at), lambda: goodbye(links(me)), correction.at
        )
        yield former._replace(to=me.former_email)
    if me.again_at and me.again_at >= since:
        write = partial(on_request.already, context.network, me)
        again = owed_mail(me, context, "already", _number(me.again_at), lambda: write(links(me)), me.again_at)
        yield again._replace(from_strangers=True)
    if me.links_at and me.links_at >= since:
        mine = partial(on_request.links, context.network, me)
        lost = owed_mail(me, context, "links", _number(me.links_at), lambda: mine(links(me)), me.links_at)
        yield lost._replace(from_strangers=not me.links_by_owner)
    if me.data_at and me.data_at >= since:
        all_of_me = partial(on_request.data, context.network, me, mails=context.mails.get(me.reference, ()))
        yield owed_mail(me, context, "data", _number(me.data_at), lambda: all_of_me(links(me)), me.data_at)
    yield from _elsewhere(me, context)


def _answers_since(me: Registration, context: MailContext) -> datetime:
    """Return since when requests are answered: none of before, at another address or at a dead one."""
    correction, mine = last_correction(me), context.mails.get(me.reference, ())
    since = correction.at if correction else me.history[0].at
    if me.resent_at and last_bounces([me], (r for r in mine if r.at < me.resent_at)):
        return max(since, me.resent_at.replace(microsecond=0))  # "at once" differs by milliseconds
    return since


def _elsewhere(me: Registration, context: MailContext) -> Iterator[OwedMail]:
    """Yield the mails that a person causes at another address than their own."""
    if me.new_email_at and may_confirm(me, context.at):
        confirm = partial(on_request.address, context.network, me)
        wish = owed_mail(
            me,
            context,
            "address",
            _number(me.new_email_at),
            lambda: confirm(context.links(me)),
            me.new_email_at,
        )
        yield wish._replace(to=me.new_email, from_strangers=True)
    school, links = context.school_of[me.person_key], context.links
    ask = partial(on_request.invitation, context.network, me, school)
    for number, invitation in enumerate(me.invitations, 1):
        if not invitation.email:  # erased meanwhile
            continue
        written = owed_mail(
            me, context, "invitation", f"{number}", lambda: ask(links(me), context.at), invitation.at
        )
        yield written._replace(to=invitation.email, from_strangers=True)


def _number(at: datetime) -> str:
    return f"{int(at.timestamp())}"
