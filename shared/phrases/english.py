"""English phrases that mails and pages share: the same as `dutch`, in short and plain sentences."""

from collections.abc import Sequence
from datetime import date, datetime, time

from shared.domain.network.network import Network
from shared.domain.registration.cause import Actor, Cause
from shared.domain.registration.reason import ReasonCode
from shared.phrases.field_labels import field_names

YOU = "you"
COLLEAGUE = "colleague"
A_COLLEAGUE = "A colleague"
YOUR_COLLEAGUE = "Your colleague"
YOUR_SCHOOL = "Your school"
FREE = "free"
MISTAKE = "Error"
TO_CONTENT = "To the content"
REQUIRED = "required"
CHOOSE = "Choose"
YES, NO = "yes", "no"
SHARE = "Will you join {title}? Register here, then we go together."
MAIL = "Email"
REFERENCE = "Reference"

MISTAKES = {
    "name": "Enter your name.",
    "email": "Enter your email address.",
    "school": "Enter the name of your school.",
    "colleague_name": "Enter your colleague’s name.",
    "colleague_email": "Enter your colleague’s email address.",
    "question": "Answer this question.",
    "not_a_number": "Enter a whole number, in digits.",
    "not_a_choice": "Choose an answer from the list.",
    "sure": "First tick that you want this.",
    "too_long": "This is too long. Use {max} characters at most.",
    "too_many": "You can register {max} colleagues at a time at most.",
    "invalid_email": "This email address is not right. Check it for a typing mistake.",
    "several_emails": "There is more than one address here. Enter one; a colleague has a field of their own.",
    "email_sign_at_end": "There is one sign too many at the end of this email address. Remove it.",
    "email_accent": "We cannot send email to an address with an accent, such as é. Do you have another one?",
    "email_lookalike": "This email address has letters of another alphabet. Type it once more yourself.",
    "wrong_type": "We cannot read this. Enter plain text here.",
    "known": "This email address does not work. "
    "Is your colleague registered already? Then you can simply cancel.",
    "invitations": "We email {max} colleagues for you at most. You can send them the link yourself.",
}

FIELDS = field_names("en")
PEOPLE = ("person", "people")

REASONS = {
    ReasonCode.REGISTERED: "registered",
    ReasonCode.REGISTERED_BY_COLLEAGUE: "registered by a colleague",
    ReasonCode.AFTER_DEADLINE: "registered after the deadline",
    ReasonCode.REPAIRS_SCHOOL: "replaces a colleague",
    ReasonCode.CHANGED: "changed: {fields}",
    ReasonCode.MOVED_WITH_COLLEAGUE: "moved along with a colleague: {fields}",
    ReasonCode.CANCELLED: "cancelled",
    ReasonCode.CAME_BACK: "registered again",
    ReasonCode.GAVE_PLACE: "gave their place to a colleague",
    ReasonCode.TOOK_PLACE: "in the place of {reference}",
    ReasonCode.ERASED: "had their data erased",
    ReasonCode.RELEASED: "reviewed: belongs here",
    ReasonCode.REJECTED: "reviewed: does not belong here",
    ReasonCode.RESTORED: "is on the list again",
    ReasonCode.REMINDED: "reminder sent",
    ReasonCode.MAILED_AGAIN: "email sent again",
    ReasonCode.FORM_CHANGED: "the form had changed",
    ReasonCode.FORM_MENDED: "the form was repaired",
    ReasonCode.HONEYPOT: "the hidden field was filled in",
    ReasonCode.TOO_FAST: "filled in faster than anyone can type",
    ReasonCode.NO_WORK: "without proof of work",
    ReasonCode.TOO_MANY: "too many registrations from one place",
    ReasonCode.UNLISTED_SITE: "from a website that is not on the list",
    ReasonCode.NOBODY_COUNTS: "nobody takes part",
    ReasonCode.COMPLETE: "{people} counted",
    ReasonCode.SHORT: "{people} short",
    ReasonCode.MAY_REPLACE: "was complete and can replace someone up to and including {until}",
    ReasonCode.REPAIR_ENDED: "{reference} left on {day}, "
    "and the school was not complete again up to and including {until}",
    ReasonCode.WAIVED: "exception for this school, by {by} on {day}",
    ReasonCode.CONFIRMED: "confirmed the email address",
    ReasonCode.UNCONFIRMED: "did not confirm the email address",
    ReasonCode.REMOVED: "cancelled by the organisers",
    ReasonCode.DOUBLE: "listed twice",
    ReasonCode.DECLINED: "declined",
    ReasonCode.LATE: "registered too late",
    ReasonCode.QUARANTINED: "waiting to be reviewed",
    ReasonCode.HELD: "waits for a decision",
    ReasonCode.NETWORK_FULL: "waiting list: all places are taken",
    ReasonCode.SCHOOL_FULL: "waiting list: the school has its maximum number of people",
}

CAUSES = {
    Cause.PLAIN: "",
    Cause.SCHOOL_SHORT: "At least {minimum} people from each school take part. "
    "At the deadline too few people from your school were registered.",
    Cause.COLLEAGUE_LEFT: "At least {minimum} people from each school take part. "
    "A colleague at your school has left{since}. "
    "Your school was not complete again in time{until}.",
    Cause.NETWORK_FULL: "More people are registered than there are places. You are on the waiting list.",
    Cause.SCHOOL_FULL: "Your school already has its maximum number of people. You are on the waiting list.",
    Cause.LATE: "Your registration came in after the {deadline}.",
    Cause.ORGANISER: "{organiser} has decided this.",
    Cause.TOOK_PLACE: "You took a place that was not certain.",
    Cause.GAVE_PLACE: "{colleague} has taken your place.",
}
DEADLINE, OLD_DEADLINE = "deadline", "earlier deadline"
SINCE, UNTIL = ", on {day}", ": it had up to and including {day}"
ACTORS = {
    Actor.FORM: "the form",
    Actor.PERSON: "you",
    Actor.COLLEAGUE: "a colleague",
    Actor.CHECK: "the daily check",
    Actor.ORGANISER: "the organisers",
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
    last = network.deadline
    if isinstance(last, datetime):
        return f"until {moment(last)}"
    return f"up to and including {full_day(last)}"


def present(people: int, minimum: int) -> str:
    """Write how many of a school have registered: "1 of 2 registered"."""
    return (
        f"{people} of {minimum} registered" if people <= minimum else f"{people} registered, {minimum} needed"
    )


def needed(people: int, minimum: int, is_closed: bool, is_waived: bool = False) -> str:
    """Write what a school needs: "1 more colleague needed", and after the deadline "1 colleague short"."""
    missing = minimum - people
    if missing <= 0:
        return "your school is complete"
    if is_waived:
        return "an exception applies"
    if is_closed:
        return f"{count(missing, 'colleague', 'colleagues')} short"
    return f"{count(missing, 'more colleague', 'more colleagues')} needed"


def awaited(names: Sequence[str], people: int, minimum: int) -> str:
    """Write whose address a school lacks: "1 of 2: we lack the email address of Jan Bos."."""
    lack = f"we lack the email address of {listing([name or 'your colleague' for name in names])}."
    return f"{people} of {minimum}: {lack}" if people < minimum else f"W{lack[1:]}"


def days_left(days: int) -> str:
    """Write how long people can still register: "7 days left", "Today is the last day"."""
    return f"{count(days, 'day', 'days')} left" if days > 0 else "Today is the last day"


def opening(local: datetime) -> str:
    """Write from when people can register: "Friday 14 April 2023", with the time unless it is midnight."""
    return full_day(local) + (f", {clock(local)}" if local.time() != time() else "")
