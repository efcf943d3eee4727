"""What we say in English wherever it is said: the same as `dutch` says, in short and plain sentences."""

from collections.abc import Sequence
from datetime import date, datetime, time

from shared.domain.network.network import Network

YOU = "you"
COLLEAGUE = "colleague"
A_COLLEAGUE = "A colleague"
YOUR_SCHOOL = "Your school"
FREE = "free"
MISTAKE = "Error"
REQUIRED = "required"
REFERENCE = "Reference"

MISTAKES = {
    "name": "Enter your name.",
    "email": "Enter your email address.",
    "school": "Enter the name of your school.",
    "colleague_name": "Enter your colleague’s name.",
    "colleague_email": "Enter your colleague’s email address.",
    "sure": "Tick the box first.",
    "too_long": "This is too long. Use {max} characters at most.",
    "too_many": "You can register {max} colleagues at a time at most.",
    "invalid_email": "This email address is not right. Check it for a typing mistake.",
    "wrong_type": "We cannot read this. Enter plain text here.",
    "known": "This email address does not work. "
    "Is your colleague registered already? Then you can simply cancel.",
    "invitations": "We email {max} colleagues for you at most. You can send them the link yourself.",
}

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day(d: date) -> str:
    """Write a date without its year: "Friday 14 April"."""
    return f"{_DAYS[d.weekday()]} {d.day} {_MONTHS[d.month - 1]}"


def full_day(d: date) -> str:
    """Write a date in full: "Friday 14 April 2023"."""
    return f"{day(d)} {d.year}"


def clock(t: time | datetime) -> str:
    """Write a time of day on the 24-hour clock: "17:00"."""
    return f"{t.hour}:{t.minute:02}"


def hours(start: time, end: time) -> str:
    """Write a span of the day: "12:00-17:00"."""
    return f"{clock(start)}-{clock(end)}"


def count(n: int, one: str, many: str) -> str:
    """Write a number with its noun: "1 school", "2 schools"."""
    return f"{n} {one if n == 1 else many}"


def listing(parts: Sequence[str]) -> str:
    """Write a list as a sentence does: "a, b and c"."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def moment(local: datetime) -> str:
    """Write a date with its time: "Friday 14 April 2023 at 17:00"."""
    return f"{full_day(local)} at {clock(local)}"


def deadline(network: Network) -> str:
    """Write until when people can register: "up to and including Friday 14 April 2023"."""
    last = network.registration.deadline
    if isinstance(last, datetime):
        return f"until {moment(network.local(last))}"
    return f"up to and including {full_day(last)}"


def present(there: int, minimum: int) -> str:
    """Write how many of a school have registered: "1 of 2 registered"."""
    return f"{there} of {minimum} registered" if there <= minimum else f"{there} registered, {minimum} needed"


def needed(there: int, minimum: int) -> str:
    """Write what a school still needs: "1 more colleague needed"."""
    missing = minimum - there
    return (
        f"{count(missing, 'more colleague', 'more colleagues')} needed"
        if missing > 0
        else "your school is complete"
    )


def days_left(days: int) -> str:
    """Write how long people can still register: "7 days left", "Today is the last day"."""
    return f"{count(days, 'day', 'days')} left" if days > 0 else "Today is the last day"


def opening(local: datetime) -> str:
    """Write from when people can register: "Friday 14 April 2023", with the time unless it is midnight."""
    return full_day(local) + (f", {clock(local)}" if local.time() != time() else "")
