"""The mails that ask a person to confirm their address, besides the one that welcomed them."""

from collections.abc import Iterator
from datetime import datetime

from shared.domain.mail import Mail
from shared.domain.registration.confirming import awaits_confirmation, reminder_at, since
from shared.domain.registration.history import settled
from shared.domain.registration.registration import Registration, State
from shared.mails import registrant
from shared.mails.owed.context import MailContext, OwedMail, owed_mail


def of_confirming(me: Registration, context: MailContext) -> Iterator[OwedMail]:
    """Yield the mail for whom no welcome asked it, and the reminder of the second day."""
    if me.state is State.UNCONFIRMED or not me.unconfirmed_since:
        return
    if not awaits_confirmation(context.network, me):
        return
    begun = since(me, me.unconfirmed_since)
    if settled(me.history).at < begun and not (me.resent_at and me.resent_at >= begun):
        yield _ask(me, context, begun)
    second = reminder_at(context.network, begun)
    if context.at >= second:
        yield _ask(me, context, second)


def _ask(me: Registration, context: MailContext, at: datetime) -> OwedMail:
    def write() -> Mail:
        return registrant.confirm(context.network, me, context.links(me))

    mail = owed_mail(me, context, "confirm", f"{int(at.timestamp())}", write, at)
    return mail._replace(from_strangers=True)
