"""When a short school is reminded of the deadline."""

from datetime import date, datetime, timedelta

from shared.domain.network.network import Network
from shared.domain.registration.registration import Registration, State

_SATURDAY = 5


def reminder_days(network: Network) -> list[tuple[date, int]]:
    """Return the dates of a network's reminders with their days before the deadline, earliest first.

    A reminder in a weekend waits for Monday, unless the deadline comes first.
    """
    days = sorted(set(network.rule.remind_days_before), reverse=True)
    return [(_weekday(network.deadline_day - timedelta(before), network), before) for before in days]


def _weekday(day: date, network: Network) -> date:
    monday = day + timedelta(7 - day.weekday())
    return monday if day.weekday() >= _SATURDAY and monday < network.deadline_day else day


def due_reminder(network: Network, now: datetime) -> tuple[date, int] | None:
    """Return the latest reminder that is due; None before the first one and after the deadline."""
    if network.is_closed(now):
        return None
    today = network.local(now).date()
    due = [reminder for reminder in reminder_days(network) if reminder[0] <= today]
    return due[-1] if due else None


def next_reminder(network: Network, today: date) -> date | None:
    """Return the date of the first reminder after today."""
    return next((day for day, _ in reminder_days(network) if day > today), None)


def needs_reminder(person: Registration, before: int) -> bool:
    """Say whether a person was not yet reminded this many days before the deadline, or later."""
    return person.state is State.REGISTERED and (person.reminded is None or person.reminded > before)
