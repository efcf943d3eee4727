"""When a short school is reminded of the deadline."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from shared.domain.network.network import Network
from shared.domain.registration.history import settled
from shared.domain.registration.registration import Registration, State
from shared.domain.rule.holidays import is_holiday, working_day


def reminder_days(network: Network) -> list[tuple[date, int]]:
    """Return the dates of a network's reminders with their days before the deadline, earliest first.

    A reminder in a weekend waits for the next working day, unless the deadline comes first; one on a holiday
    goes on the working day before.
    """
    days = sorted(set(network.rule.remind_days_before), reverse=True)
    return [(_reminder_day(network.deadline_day - timedelta(before), network), before) for before in days]


def _reminder_day(day: date, network: Network) -> date:
    if is_holiday(day):
        return working_day(day, -1)
    after = working_day(day, 1)
    return after if after < network.deadline_day else day


def due_reminder(network: Network, now: datetime) -> tuple[date, int] | None:
    """Return the latest reminder that is due; None before the first one and after the deadline.

    A reminder that was missed goes on the next working day, if there is one before the deadline.
    """
    if network.is_closed(now):
        return None
    today = network.local(now).date()
    due = [reminder for reminder in reminder_days(network) if reminder[0] <= today]
    if not due or (due[-1][0] < today != working_day(today, 1) < network.deadline_day):
        return None
    return due[-1]


def next_reminder(network: Network, today: date) -> date | None:
    """Return the date of the first reminder after today."""
    return next((day for day, _ in reminder_days(network) if day > today), None)


def needs_reminder(network: Network, person: Registration, before: int, unstated: date | None = None) -> bool:
    """Say whether a person was not yet reminded this many days before this deadline, or later.

    `unstated` is the deadline of reminders that do not say of which they are; if it is unknown, of this one.
    """
    deadline = network.deadline_day
    is_about_another = (person.reminded_of or unstated or deadline) != deadline
    return may_be_reminded(person) and (
        person.reminded is None or is_about_another or person.reminded > before
    )


def reminded(network: Network, person: Registration, before: int, now: datetime) -> Registration:
    """Return a person who is reminded of the deadline, this many days before it."""
    return replace(person, reminded=before, reminded_at=now, reminded_of=network.deadline_day)


def may_be_reminded(person: Registration) -> bool:
    """Say whether a person waits for what the deadline decides, also after an earlier deadline held them."""
    if person.state is State.HELD:
        return bool(person.history) and settled(person.history).by == "check"
    return person.state is State.REGISTERED
