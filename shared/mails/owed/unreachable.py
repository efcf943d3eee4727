"""The mails about colleagues whom no mail reaches, to whoever brought them."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from shared.domain.mail import Mail
from shared.domain.registration.bounces import bounce_of, is_as_typed, is_on_the_list, may_colleague_correct
from shared.domain.registration.identity import address_key
from shared.domain.registration.registration import Registration, State
from shared.mails import registrant
from shared.mails.owed.context import NEWS, MailContext, OwedMail, owed_mail


def of_unreachable(me: Registration, context: MailContext) -> Iterator[OwedMail]:
    """Yield a mail for each address of a colleague, brought by this person, that bounced for good."""
    if me.state is State.QUARANTINED or context.is_over:
        return
    for colleague in context.school_of[me.person_key].registrations:
        if not _is_brought_by(me, colleague):
            continue
        bounce = bounce_of(colleague, context.bounces)
        # Earlier releases did not store when a mail bounced, and a release mails nobody of those.
        if not bounce or not bounce.bounced_at:
            continue
        since = _known_since(me, colleague, bounce.bounced_at)
        # They knew nothing of the bounce of somebody else on the mailbox either.
        if bounce.reference == colleague.reference or context.at < since + NEWS:
            # One mail for each address that bounced: a correction that bounces too is another.
            number = f"{int(address_key(colleague.network, colleague.email)[:8], 16)}"
            write = partial(_write, me, colleague, context)
            mail = owed_mail(me, context, "unreachable", number, write, since)
            yield mail._replace(from_strangers=True)


def _is_brought_by(me: Registration, colleague: Registration) -> bool:
    brought_by = colleague.invited_by or colleague.via
    return brought_by == me.reference and is_on_the_list(colleague) and is_as_typed(colleague)


def _known_since(me: Registration, colleague: Registration, bounced_at: datetime) -> datetime:
    """Return since when it can be told: the bounce, the colleague and this person's own address are known."""
    return max(bounced_at, colleague.received_at, me.resent_at or bounced_at)


def _write(me: Registration, colleague: Registration, context: MailContext) -> Mail:
    by_link = not colleague.invited_by
    mails = context.mails.get(colleague.reference, ())
    may_correct = not by_link and may_colleague_correct(colleague, mails, context.bounces)
    return registrant.unreachable(
        context.network, me, context.links(me), by_link=by_link, may_correct=may_correct
    )
