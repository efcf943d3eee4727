"""Which mails somebody is owed, told from the table alone; pure, so that stream and sweeper say the same.

A mail is owed because something is so, not because it was seen to happen: a record of the stream only says
where to look. Each has an id that follows from its cause, so that it is sent once, whoever finds it and when.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from itertools import chain

from shared.domain.actions.registrant import CAME_BACK
from shared.domain.mail import Mail
from shared.domain.outbox import OPEN, MailState
from shared.domain.registration.history import settled_index
from shared.domain.registration.registration import ORGANISER, Registration, State
from shared.domain.rule.reminder import next_reminder
from shared.mails import on_request as asked
from shared.mails import registrant
from shared.mails.owed.context import MailContext, OwedMail, owed_mail
from shared.mails.owed.school import of_school
from shared.mails.owed.sessions import of_sessions

_WELCOMES = frozenset({"confirmation", "invited", "late"})
_OUTSIDE = (None, State.CANCELLED, State.QUARANTINED)  # who comes from there is new to us


def owed(me: Registration, scene: MailContext) -> Iterator[OwedMail]:
    """Yield every mail that somebody is owed, those that they were sent too: their records tell which."""
    if not me.email or not me.history:  # their data has gone
        return
    mine = scene.mails.get(me.reference, ())
    if not me.resent_at and any(r.state is MailState.WITHHELD and r.kind in _WELCOMES for r in mine):
        return  # who could not be told at first is not told the rest; an organiser can have them mailed again
    own = list(_of_state(me, scene))
    yield from own
    yield from _asked(me, scene)
    # One that is under way may say the same of the school.
    sent = {record.id for record in mine if record.state not in OPEN}
    if all(letter.record.id in sent for letter in own):
        yield from of_school(me, scene)
        yield from of_sessions(me, scene)


def _of_state(me: Registration, scene: MailContext) -> Iterator[OwedMail]:
    """Yield what somebody is owed for where they stand: a mail for each time that they came to be so."""
    turn = settled_index(me.history)
    before = me.history[turn - 1].state if turn else None
    # Who came at somebody else's word must know at whose (GDPR, article 14).
    brought = before in _OUTSIDE and me.history[turn].why != CAME_BACK
    inviter = _inviter(me, scene) if brought else None
    stranger = before in _OUTSIDE and me.history[turn].by == "person"
    if inviter and me.state in (State.ADMITTED, State.HELD):
        write = partial(_invited, me, scene, inviter)
        yield owed_mail(me, scene, "invited", f"{turn + 1}", write)._replace(from_strangers=stranger)
    if me.state is State.QUARANTINED or (me.state, before) == (State.CANCELLED, State.QUARANTINED):
        return  # suspected spam is not answered
    kind = "invited" if inviter and me.state is State.REGISTERED else _KINDS[me.state]
    write = partial(_WRITE[kind], me, scene, inviter)
    first = owed_mail(me, scene, kind, f"{turn + 1}", write, me.history[turn].at)
    yield first._replace(from_strangers=stranger and kind in _WELCOMES)
    if me.resent_at and me.resent_at >= me.history[turn].at:
        yield owed_mail(me, scene, kind, f"{turn + 1}-{int(me.resent_at.timestamp())}", write, me.resent_at)


def _inviter(me: Registration, scene: MailContext) -> Registration | None:
    """Return who registered somebody, where they did not come by themselves."""
    if not me.invited_by or me.invited_by == ORGANISER:
        return None
    # Nearly always of the same school; one of the two may have corrected theirs.
    schools = chain([scene.school_of[me.person_key]], scene.school_of.values())
    return next((r for s in schools for r in s.registrations if r.reference == me.invited_by), None)


def _invited(me: Registration, scene: MailContext, inviter: Registration | None) -> Mail:
    assert inviter  # noqa: S101 only who has one is written this mail # nosec B101
    return registrant.invited(scene.network, me, inviter, scene.school_of[me.person_key], scene.links(me))


def _confirmation(me: Registration, scene: MailContext, _: Registration | None) -> Mail:
    following = next_reminder(scene.network, scene.network.local(me.received_at).date())
    school, waits = scene.school_of[me.person_key], scene.waits.get(me.person_key, "")
    return registrant.confirmation(scene.network, me, school, scene.links(me), following, waits)


_KINDS = {
    State.REGISTERED: "confirmation",
    State.LATE: "late",
    State.ADMITTED: "admitted",
    State.HELD: "held",
    State.DECLINED: "declined",
    State.CANCELLED: "cancelled",
}
_WRITE: Mapping[str, Callable[[Registration, MailContext, Registration | None], Mail]] = {
    "invited": _invited,
    "confirmation": _confirmation,
    "late": lambda me, s, inviter: registrant.late(s.network, me, s.links(me), inviter),
    "admitted": lambda me, s, _: registrant.admitted(
        s.network, me, s.links(me), me.history[settled_index(me.history)].at, s.times_moved(me)
    ),
    "held": lambda me, s, _: registrant.held(s.network, me, s.school_of[me.person_key], s.links(me)),
    "declined": lambda me, s, _: registrant.declined(s.network, me, s.school_of[me.person_key], s.links(me)),
    "cancelled": lambda me, s, _: registrant.cancelled(s.network, me, s.links(me), s.times_moved(me)),
}


def _asked(me: Registration, scene: MailContext) -> Iterator[OwedMail]:
    """Yield what follows from what somebody did: register again, ask for links or data, invite colleagues."""
    links = scene.links
    if me.again_at:
        write = partial(asked.already, scene.network, me)
        again = owed_mail(me, scene, "already", _number(me.again_at), lambda: write(links(me)), me.again_at)
        yield again._replace(from_strangers=True)
    if me.links_at:
        mine = partial(asked.links, scene.network, me)
        yield owed_mail(me, scene, "links", _number(me.links_at), lambda: mine(links(me)), me.links_at)
    if me.data_at:
        all_of_me = partial(asked.data, scene.network, me, mails=scene.mails.get(me.reference, ()))
        yield owed_mail(me, scene, "data", _number(me.data_at), lambda: all_of_me(links(me)), me.data_at)
    ask = partial(asked.invitation, scene.network, me)
    for number, invitation in enumerate(me.invitations, 1):
        if not invitation.email:  # erased meanwhile
            continue
        written = owed_mail(me, scene, "invitation", f"{number}", lambda: ask(links(me)), invitation.at)
        yield written._replace(to=invitation.email, from_strangers=True)


def _number(at: datetime) -> str:
    return f"{int(at.timestamp())}"
