"""The mails in which a person gets what organisers wrote to them."""

from collections.abc import Iterator
from functools import partial

from shared.domain.mail import Mail
from shared.domain.message import Message
from shared.domain.registration.registration import Registration, State
from shared.mails.message import message_mail
from shared.mails.owed.context import MailContext, OwedMail, owed_mail
from shared.mails.owed.reach import may_be_written_to

_LEFT = (State.CANCELLED, State.QUARANTINED)


def of_messages(me: Registration, context: MailContext) -> Iterator[OwedMail]:
    """Yield a mail for each message of the last days that a person was chosen for, unless they left."""
    mine = context.mails.get(me.reference, ())
    if me.state in _LEFT or not may_be_written_to(me, mine, context.bounces):
        return
    for message in context.messages:
        if me.reference in message.people and message.is_owed(context.at):
            write = partial(_write, me, message, context)
            yield owed_mail(me, context, "message", message.mail_number, write, message.at)


def _write(me: Registration, message: Message, context: MailContext) -> Mail:
    return message_mail(context.network, message, ((me, context.links(me)),))
