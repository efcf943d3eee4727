"""The mails that a person is owed about their school: a reminder, and that it is complete or short again."""

from collections.abc import Iterator, Sequence
from functools import partial

from shared.domain.mail import Mail
from shared.domain.outbox import MailRecord
from shared.domain.registration.registration import Registration, State
from shared.domain.rule.reminder import next_reminder
from shared.mails import registrant
from shared.mails.owed.context import TELLING, MailContext, OwedMail, instant_after, owed_mail


def of_school(me: Registration, context: MailContext) -> Iterator[OwedMail]:
    """Yield the mails that a person is owed about their school."""
    school = context.school_of[me.person_key]
    records = context.mails.get(me.reference, ())
    sent = [r for r in records if r.kind in TELLING and not r.is_untold]
    missing = school.missing(context.minimum)
    if missing and _needs_reminder(me, context, sent):
        yield owed_mail(
            me, context, "reminder", f"{me.reminded}", partial(_reminder, me, context), me.reminded_at
        )
    if sent and me in school.counted and bool(sent[-1].missing) != bool(missing) and not context.is_over:
        kind, write = ("changed", registrant.changed) if missing else ("complete", registrant.complete)
        answer = partial(write, context.network, me, school)
        # Numbered by the mails that it answers: two colleagues at once make one answer.
        number = f"{len(sent) + 1}"
        mail = owed_mail(
            me,
            context,
            kind,
            number,
            lambda: answer(context.links(me), context.at),
            instant_after(sent, context),
        )
        yield mail._replace(from_strangers=True)  # colleagues can come, leave and come back


def _needs_reminder(me: Registration, context: MailContext, sent: Sequence[MailRecord]) -> bool:
    """Say whether a reminder of the check still says something new."""
    if me.reminded_at is None or me.state is not State.REGISTERED or not context.is_open:
        return False
    name = f"{me.reference}-reminder-{me.reminded}"
    return all(record.at <= me.reminded_at for record in sent if record.id != name)


def _reminder(me: Registration, context: MailContext) -> Mail:
    today, school = context.network.local(context.at).date(), context.school_of[me.person_key]
    following = next_reminder(context.network, today)
    return registrant.reminder(context.network, me, school, context.links(me), today, following)
