"""Makes what people typed safe to mail, and words our states for organisers."""

import re
import unicodedata

from shared.domain.network.network import Network
from shared.domain.registration.cause import FOR_PLACES, Actor, actor_of, cause_of, successor
from shared.domain.registration.person_name import ROLES, is_infix, title_case, without_role
from shared.domain.registration.registration import Change, Registration, State
from shared.domain.report.participation import Participation
from shared.domain.schools.school import School
from shared.domain.text import fold
from shared.phrases.language import Phrases
from shared.phrases.reasons import cause_text

STATES = {
    State.REGISTERED: "aangemeld",
    State.ADMITTED: "doet mee",
    State.HELD: "wacht op besluit",
    State.DECLINED: "afgewezen",
    State.LATE: "te laat",
    State.CANCELLED: "afgemeld",
    State.QUARANTINED: "wacht op controle",
    State.UNCONFIRMED: "niet bevestigd",
}
PARTICIPATION_NAMES = {
    Participation.ADMITTED: "doet mee",
    Participation.FORESEEN: "zou nu meedoen",
    Participation.SHORT: "school is te kort",
    Participation.WAITING: "wacht op een plek",
    Participation.HELD: "wacht op besluit",
    Participation.LATE: "te laat",
    Participation.UNCONFIRMED: "niet bevestigd",
    Participation.QUARANTINED: "wacht op controle",
    Participation.DECLINED: "afgewezen",
    Participation.CANCELLED: "afgemeld",
    Participation.DOUBLE: "dubbel",
}

_ACTORS = {
    Actor.FORM: "via het formulier",
    Actor.PERSON: "door de persoon zelf",
    Actor.COLLEAGUE: "door een collega",
    Actor.CHECK: "door de dagelijkse controle",
}

# Mail programs make a link of each of these, even when a person did not mean one.
_LINK = re.compile(r"://|www[.。]|\w[.。]\w{2,}|\d[.。]\d|\S@\S", re.IGNORECASE)
_FIRST_NAME = re.compile(r"[^\W\d_](?:[\w'’-]{0,28}[^\W\d_])")
# How somebody is addressed, and what a mailbox of several people is called: no first names.
_NO_FIRST_NAMES = ROLES | frozenset(
    (
        *("mevrouw", "mevr", "mw", "mej", "meneer", "mijnheer", "dhr", "hr", "heer", "fam", "familie"),
        *("mr", "mrs", "ms", "miss", "mister", "sir", "prof", "professor", "dr", "drs", "ir", "ing", "juf"),
        *("meester", "administratie", "secretariaat", "directie", "receptie", "team", "school"),
    )
)
_LONG = 100  # a school's name is shorter; an advertisement is not


def looks_like_advertising(text: str) -> bool:
    """Tell whether a typed text could be an advertisement: it has a link, an address or a phone number."""
    plain = unicodedata.normalize("NFKC", text)
    return bool(_LINK.search(plain)) or sum(c.isdigit() for c in plain) > 6 or len(plain) > _LONG


def first_name(registration: Registration, phrases: Phrases) -> str:
    """Return the first name for a greeting, and "collega" when no word is certain to be one.

    Titles are skipped. Neither an infix ("de Vries") nor initials ("JP de Vries") are a first name.
    """
    last, comma, first = without_role(registration.name).partition(",")
    words = [word for word in (first if comma else last).split() if not _is_title(word)]
    word = next(iter(words), "")
    if not _FIRST_NAME.fullmatch(word) or is_infix(word) or _are_initials(word, registration.name):
        return phrases.COLLEAGUE
    if len(words) == 1 and not comma and len(last.split()) > 1:  # "mevrouw Jansen"
        return phrases.COLLEAGUE
    if len(words) == 2 and words[1].startswith("("):  # "Jansen (Noor)"
        return phrases.COLLEAGUE
    return title_case(word)


def _is_title(word: str) -> bool:
    return fold(word) in _NO_FIRST_NAMES


def _are_initials(word: str, name: str) -> bool:
    """Say whether a word of capitals stands in a name that has small letters, or has no vowel."""
    return word.isupper() and (not name.isupper() or not re.search("[AEIOUY]", word))


def full_name(registration: Registration, phrases: Phrases) -> str:
    """Return a colleague's name, or "Een collega" when it is not certain to be only a name."""
    name = "" if registration.is_erased else only_name(registration.name)
    return name or phrases.A_COLLEAGUE


def made_by(person: Registration, change: Change) -> str:
    """Write for an organiser who made a change of a person."""
    return _ACTORS.get(actor_of(person, change), f"door {change.by}")


def because(network: Network, me: Registration, school: School, phrases: Phrases) -> str:
    """Write why a person stands where they do; only whoever typed a colleague's name reads it.

    That places were too few says nothing any more once they no longer wait for one.
    """
    if cause_of(me) in FOR_PLACES and me.person_key not in school.waiting:
        return ""
    colleague = successor(me, school.registrations)
    name = "" if colleague is None or colleague.is_erased else only_name(colleague.name)
    return cause_text(me, network, phrases, name and f"{phrases.YOUR_COLLEAGUE} {name}")


def only_name(name: str) -> str:
    """Return a typed name, not in capitals, or nothing when it is not certain to be only a name."""
    is_name = len(name) <= 60 and not looks_like_advertising(name) and not any(c.isdigit() for c in name)
    return title_case(name) if is_name else ""


def school_name(registration: Registration, phrases: Phrases) -> str:
    """Return the school as this person typed it, or "Je school" when it may be more than a name."""
    return phrases.YOUR_SCHOOL if looks_like_advertising(registration.school) else registration.school


def read_as(registration: Registration, school: School) -> str:
    """Return the register's name for a school that a person wrote differently; empty when it is not sure."""
    return "" if fold(registration.school) == fold(school.name) else school.register_name


def unlinked(text: str) -> str:
    """Return a typed text for an organiser, with spaces where a mail program would make a link."""
    return re.sub(r"([.。:/@])(?=\S)", r"\1 ", text) if looks_like_advertising(text) else text
