"""Makes what people typed safe to mail, and words our states for organisers."""

import re
import unicodedata

from shared.domain.registration.registration import Registration, State
from shared.domain.schools.school import School
from shared.domain.text import fold
from shared.phrases.language import Phrases

STATES = {
    State.REGISTERED: "aangemeld",
    State.ADMITTED: "doet mee",
    State.HELD: "aangehouden",
    State.DECLINED: "afgewezen",
    State.LATE: "te laat",
    State.CANCELLED: "afgemeld",
    State.QUARANTINED: "wacht op controle",
}

# Mail programs make a link of each of these, even when a person did not mean one.
_LINK = re.compile(r"://|www[.。]|\w[.。]\w{2,}|\d[.。]\d|\S@\S", re.IGNORECASE)
_FIRST_NAME = re.compile(r"[^\W\d_](?:[\w'’-]{0,28}[^\W\d_])")
_LONG = 100  # a school's name is shorter; an advertisement is not


def looks_like_advertising(text: str) -> bool:
    """Tell whether a typed text could be an advertisement: it has a link, an address or a phone number."""
    plain = unicodedata.normalize("NFKC", text)
    return bool(_LINK.search(plain)) or sum(c.isdigit() for c in plain) > 6 or len(plain) > _LONG


def first_name(registration: Registration, phrases: Phrases) -> str:
    """Return the name for a greeting; "collega" when no word can only be a name."""
    last, comma, first = registration.name.partition(",")
    word = next(iter((first if comma else last).split()), "")
    return word if _FIRST_NAME.fullmatch(word) else phrases.COLLEAGUE


def full_name(registration: Registration, phrases: Phrases) -> str:
    """Return a colleague's name, or "Een collega" when it is not certain to be only a name."""
    return (
        phrases.A_COLLEAGUE if registration.is_erased else only_name(registration.name) or phrases.A_COLLEAGUE
    )


def only_name(name: str) -> str:
    """Return a typed name, or nothing when it is not certain to be only a name."""
    is_name = len(name) <= 60 and not looks_like_advertising(name) and not any(c.isdigit() for c in name)
    return name if is_name else ""


def school_name(registration: Registration, phrases: Phrases) -> str:
    """Return the school as this person typed it, or "Je school" when it may be more than a name."""
    return phrases.YOUR_SCHOOL if looks_like_advertising(registration.school) else registration.school


def read_as(registration: Registration, school: School) -> str:
    """Return the register's name for a school that a person wrote differently; empty when it is not sure."""
    return "" if fold(registration.school) == fold(school.name) else school.register_name


def unlinked(text: str) -> str:
    """Return a typed text for an organiser, with spaces where a mail program would make a link."""
    return re.sub(r"([.。:/@])(?=\S)", r"\1 ", text) if looks_like_advertising(text) else text
