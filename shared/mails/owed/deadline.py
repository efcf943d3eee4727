"""The mail that a person is owed when the deadline is no longer what we wrote to them."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from shared.domain.mail import Mail
from shared.domain.network.version_history import closing
from shared.domain.outbox import MailState
from shared.domain.registration.registration import COUNTED, Registration, State
from shared.domain.rule.reminder import next_reminder
from shared.mails import registrant
from shared.mails.owed.context import STATING, MailContext, OwedMail, owed_mail


def of_deadline(me: Registration, context: MailContext) -> Iterator[OwedMail]:
    """Yield the mail about a deadline that differs from what a person last read, once it has settled.

    Whoever counts or was late hears of it while they can still bring a colleague; afterwards only those
    about whom nobody has decided, and within a day those who read that they could.
    """
    if me.state not in COUNTED | {State.LATE} or context.is_over:
        return
    if not context.versions.is_deadline_settled(context.at):
        return
    records = context.mails.get(me.reference, ())
    sent = [r for r in records if r.kind in STATING and not r.is_untold]
    arrived = [r for r in sent if r.state is not MailState.BOUNCED]
    stated = next((r.deadline for r in reversed(arrived) if r.deadline), None)
    before = stated or context.versions.unstated
    waits = context.is_open or me.state is State.REGISTERED or _was_cut_short(stated, context)
    if waits and arrived and before and before != context.network.closes_at:
        write = partial(_write, me, context, stated)
        yield owed_mail(me, context, "deadline", f"{len(sent) + 1}", write, context.at)


def _was_cut_short(stated: datetime | None, context: MailContext) -> bool:
    """Say whether somebody read of a deadline that is still ahead, in a window that has just been closed."""
    return stated is not None and stated > context.at and context.versions.is_deadline_new(context.at)


def _write(me: Registration, context: MailContext, stated: datetime | None) -> Mail:
    network = context.network
    return registrant.deadline(
        network,
        me,
        context.school_of[me.person_key],
        context.links(me),
        closing(network, stated) if stated else None,
        next_reminder(network, network.local(context.at).date()),
        context.at,
    )
