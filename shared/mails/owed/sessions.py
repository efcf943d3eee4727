"""What who takes part is owed of the sessions: word of those that moved, and a reminder of the next one."""

from collections.abc import Iterator
from functools import partial

from shared.domain.network.sessions import session_moves
from shared.domain.outbox import OPEN
from shared.domain.registration.registration import Registration, State
from shared.mails import registrant
from shared.mails.calendar import CalendarRevision
from shared.mails.owed.context import MailContext, OwedMail, instant_after, owed_mail


def of_sessions(me: Registration, scene: MailContext) -> Iterator[OwedMail]:
    """Yield what who takes part is owed of the sessions: word of those that moved, and of the next one."""
    if me.state is not State.ADMITTED:
        return
    today, links = scene.network.local(scene.at).date(), scene.links
    told = [r for r in scene.mails.get(me.reference, ()) if r.sessions is not None and r.state not in OPEN]
    changed = session_moves(told[-1].sessions or (), scene.network, today) if told else ()
    if changed:
        number, turn = f"{len(told) + 1}", CalendarRevision(scene.at, me.history, scene.times_moved(me) + 1)
        write = partial(registrant.moved, scene.network, me, moves=changed, revision=turn)
        yield owed_mail(
            me, scene, "moved", number, lambda: write(links=links(me)), instant_after(told, scene)
        )
    session = next(
        (s for s in scene.network.sessions if s.date == me.session_reminded and s.date >= today), None
    )
    if session:
        remind = partial(registrant.upcoming, scene.network, me, session=session)
        number = f"{session.date:%Y%m%d}"
        yield owed_mail(me, scene, "upcoming", number, lambda: remind(links=links(me)), scene.at)
