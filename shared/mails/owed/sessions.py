"""The mails that a participant is owed about sessions: those that moved, and a reminder of the next."""

from collections.abc import Iterator
from functools import partial

from shared.domain.network.sessions import session_changes
from shared.domain.outbox import OPEN
from shared.domain.registration.registration import Registration, State
from shared.mails import registrant
from shared.mails.calendar import CalendarRevision
from shared.mails.owed.context import MailContext, OwedMail, owed_mail


def of_sessions(me: Registration, context: MailContext) -> Iterator[OwedMail]:
    """Yield the mails that a participant is owed about the sessions."""
    if me.state is not State.ADMITTED:
        return
    network, today, links = context.network, context.network.local(context.at).date(), context.links
    records = context.mails.get(me.reference, ())
    sent = [r for r in records if r.sessions is not None and r.state not in OPEN]
    entries = (sent[-1].sessions or ()) if sent else None
    is_other = entries is not None and session_changes(entries, network, today)
    if entries is not None and is_other and context.versions.are_sessions_settled(context.at):
        number = f"{len(sent) + 1}"
        moves_told = context.times_moved(me) + 1
        turn = CalendarRevision(context.at, me.history, moves_told, context.calendar_owner(me))
        write = partial(registrant.moved, network, me, entries=entries, revision=turn)
        yield owed_mail(me, context, "moved", number, lambda: write(links=links(me)), context.at)
    session = next((s for s in network.sessions if s.date == me.session_reminded and s.date >= today), None)
    if session:
        remind = partial(registrant.upcoming, network, me, session=session)
        number = f"{session.date:%Y%m%d}"
        yield owed_mail(me, context, "upcoming", number, lambda: remind(links=links(me)), context.at)
