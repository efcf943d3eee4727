"""The mails that a person is owed about their school: a reminder, and that its people or places changed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from shared.domain.mail import Mail
from shared.domain.outbox import MailRecord
from shared.domain.registration.registration import Registration, State
from shared.domain.rule.reminder import may_be_reminded, next_reminder
from shared.domain.rule.repair import may_repair
from shared.domain.schools.school import School
from shared.mails import registrant
from shared.mails.facts import has_left
from shared.mails.owed.context import NEWS, TELLING, MailContext, OwedMail, owed_mail

_WRITE: Mapping[str, Callable[..., Mail]] = {
    "complete": registrant.complete,
    "changed": registrant.changed,
    "waiting": registrant.about_places,
    "place": registrant.about_places,
}


def of_school(me: Registration, context: MailContext) -> Iterator[OwedMail]:
    """Yield the mails that a person is owed about their school."""
    school = context.school_of[me.person_key]
    records = context.mails.get(me.reference, ())
    sent = [r for r in records if r.kind in TELLING and not r.is_untold]
    missing = school.missing(context.minimum)
    reminds = bool(missing) and not school.is_waived and _needs_reminder(me, context, sent)
    if reminds:
        write_reminder = partial(_reminder, me, context)
        yield owed_mail(me, context, "reminder", _reminder_number(me), write_reminder, me.reminded_at)
    kind = _kind_of_change(me, school, sent[-1], context) if sent and me in school.counted else ""
    if kind == "changed" and reminds:
        return  # the reminder that goes now says it
    if kind and not context.is_over:
        more = {"told_at": sent[-1].at} if kind == "changed" else {}
        answer = partial(_WRITE[kind], context.network, me, school, **more)
        # Numbered by the mails that it answers: two colleagues at once make one answer.
        number = f"{len(sent) + 1}"
        mail = owed_mail(
            me,
            context,
            kind,
            number,
            lambda: answer(context.links(me), context.at),
            context.at,
        )
        yield mail._replace(from_strangers=True)  # colleagues can come, leave and come back


def _kind_of_change(me: Registration, school: School, last: MailRecord, context: MailContext) -> str:
    """Return the kind of mail that mends what the last mail said; empty if all of it still holds.

    Of places only who registered hears, until the deadline: after it, what is decided tells.
    """
    waits, missing = me.person_key in school.waiting, bool(school.missing(context.minimum))
    hears_of_places = me.state is State.REGISTERED and context.is_open
    if hears_of_places and last.waits not in (None, waits):
        return "waiting" if waits else "place"
    if bool(last.missing) != missing:
        return "changed" if missing else "complete"
    return "changed" if missing and _must_replace_more(school, last, context) else ""


def _must_replace_more(school: School, last: MailRecord, context: MailContext) -> bool:
    """Say whether somebody else just left a school that may replace them, which was told to find fewer."""
    since = max(last.at, context.at - NEWS)
    is_more = school.missing(context.minimum) > last.missing
    return is_more and may_repair(context.network, school, context.at) and has_left(school, since)


def _needs_reminder(me: Registration, context: MailContext, sent: Sequence[MailRecord]) -> bool:
    """Say whether a reminder of the check still says something new."""
    if me.reminded_at is None or not may_be_reminded(me) or not context.is_open:
        return False
    if me.reminded_of not in (None, context.network.deadline_day):
        return False
    name = f"{me.reference}-reminder-{_reminder_number(me)}"
    return all(record.at <= me.reminded_at for record in sent if record.id != name)


def _reminder_number(me: Registration) -> str:
    """Number a reminder by its deadline and days; those of earlier releases have only their days."""
    return f"{me.reminded_of:%Y%m%d}-{me.reminded}" if me.reminded_of else f"{me.reminded}"


def _reminder(me: Registration, context: MailContext) -> Mail:
    today, school = context.network.local(context.at).date(), context.school_of[me.person_key]
    following = next_reminder(context.network, today)
    return registrant.reminder(context.network, me, school, context.links(me), today, following)
