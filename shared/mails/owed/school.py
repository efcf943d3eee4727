"""What somebody is owed of their school: a reminder, and word when it is complete or no longer."""

from collections.abc import Iterator, Sequence
from functools import partial

from shared.domain.mail import Mail
from shared.domain.outbox import OPEN, MailRecord
from shared.domain.registration.registration import Registration, State
from shared.domain.rule.reminder import next_reminder
from shared.mails import registrant
from shared.mails.owed.context import TELLING, MailContext, OwedMail, instant_after, owed_mail


def of_school(me: Registration, scene: MailContext) -> Iterator[OwedMail]:
    """Yield what somebody is owed of their school: a reminder, and word when it is complete or no longer."""
    school = scene.school_of[me.person_key]
    records = scene.mails.get(me.reference, ())
    told = [r for r in records if r.kind in TELLING and r.state not in OPEN]
    missing = school.missing(scene.minimum)
    if missing and _to_remind(me, scene, told):
        yield owed_mail(
            me, scene, "reminder", f"{me.reminded}", partial(_reminder, me, scene), me.reminded_at
        )
    if told and me in school.counted and bool(told[-1].missing) != bool(missing) and not scene.is_over:
        say = registrant.changed if missing else registrant.complete
        write = partial(say, scene.network, me, school)
        # Numbered by what it answers: two colleagues at once make one answer.
        number = f"{len(told) + 1}"
        word = owed_mail(
            me,
            scene,
            say.__name__,
            number,
            lambda: write(scene.links(me), scene.at),
            instant_after(told, scene),
        )
        # The first time strangers can bring it about; for it to change again somebody must have left.
        yield word._replace(from_strangers=len(told) == 1)


def _to_remind(me: Registration, scene: MailContext, told: Sequence[MailRecord]) -> bool:
    """Say whether a reminder of the check still says something new."""
    if me.reminded_at is None or me.state is not State.REGISTERED or not scene.is_open:
        return False
    name = f"{me.reference}-reminder-{me.reminded}"
    return all(record.at <= me.reminded_at for record in told if record.id != name)


def _reminder(me: Registration, scene: MailContext) -> Mail:
    today, school = scene.network.local(scene.at).date(), scene.school_of[me.person_key]
    following = next_reminder(scene.network, today)
    return registrant.reminder(scene.network, me, school, scene.links(me), today, following)
