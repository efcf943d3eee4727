"""Which field holds what: people type a place as name, a domain as name, and a postcode as place."""

import re
from typing import NamedTuple

from shared.domain.schools.matching.domains import first_label, school_domain
from shared.domain.schools.matching.places import EVERYDAY, place_key
from shared.domain.schools.matching.towns import (
    MUNICIPALITIES,
    NICKNAMES,
    PROVINCES,
    TOWNS,
    is_town,
    town_at,
    town_shortened,
)
from shared.domain.schools.matching.words import GENERIC, NO_NAME, POINTERS, SMALL, TAUGHT, y
from shared.domain.text import fold

_DOMAIN = re.compile(
    r"\s*(?:https?://)?(?:[\w.+-]*@)?((?:[\w-]+\.)+(?:nl|org|com|net|eu|nu|info|be|frl))/?\s*", re.IGNORECASE
)
_POSTCODE = re.compile(r"\b([1-9]\d{3})(?:\s?[A-Za-z]{2})?\b")
_SHORTENED = re.compile(r"\s*([A-Za-z])['’‘`´]\s?([A-Za-z]{2,})\s*")
_PARTS = re.compile(r"[(),;/]|\s-\s")
_PLACE_AFTER_NAME = re.compile(r"(.*\w.*?)(?:\s*\(([^()]+)\)|\s*[,;]\s*([^,;()]+)|\s+te\s+(\S.*))\s*")


class Fields(NamedTuple):
    """What a person meant as name, as place and as e-mail domain."""

    name: str
    place: str
    domain: str


def sort_fields(name: str, place: str, email_domain: str) -> Fields:
    """Put what a person typed in the field where it belongs; the place is a key, or empty."""
    domain = school_domain(email_domain)
    if typed := _DOMAIN.fullmatch(name):
        host = school_domain(typed[1])
        return Fields(first_label(host).replace("-", ""), read_place(place), domain or host)
    if is_place(name) and is_name(place):
        name, place = place, name
    key = read_place(place)
    if not key and (parted := _PLACE_AFTER_NAME.fullmatch(name)):
        rest = next(filter(None, parted.groups()[1:]))
        if is_place(rest) and is_name(parted[1]):
            return Fields(parted[1], read_place(rest), domain)
    return Fields(name, key, domain)


def read_place(text: str) -> str:
    """Return the key of a place: "1071 XA", "A'veen" and "Hoorn (Noord-Holland)" are places too."""
    if shortened := _SHORTENED.fullmatch(text):
        letter, end = (part.casefold() for part in shortened.groups())
        return EVERYDAY.get(letter + end) or town_shortened(letter, y(end))
    without = _POSTCODE.sub(" ", text)
    if without != text and not any(map(str.isalpha, without)):
        return next(filter(None, (town_at(int(code)) for code in _POSTCODE.findall(text))), "")
    keys = [_key(part) for part in (without, *_PARTS.split(without))]
    meant = [key for key in keys if key and not _is_no_place(key)]
    return next((key for key in meant if is_town(key)), meant[0] if meant else "")


def _key(text: str) -> str:
    key = place_key(text) if any(map(str.isalnum, text)) else ""
    return NICKNAMES.get(key, key)


def _is_no_place(key: str) -> bool:
    return key in PROVINCES or all(w in NO_NAME or w in GENERIC or w in SMALL for w in key.split())


def is_place(text: str) -> bool:
    """Tell whether a text is a town, a municipality or a postcode, and nothing else."""
    is_code = _POSTCODE.fullmatch(text.strip()) or _SHORTENED.fullmatch(text)
    return is_town(read_place(text) if is_code else _key(text))


def is_name(text: str) -> bool:
    """Tell whether a text can be a school's name: it is no place, and has a word that says something."""
    return not is_place(text) and not is_no_name(text)


def is_no_name(text: str, place: str = "") -> bool:
    """Tell whether a text names no school: only a role, a subject, a place, a pointer or a placeholder."""
    typed = _join_letters([y(w) for w in fold(text).split()])
    is_class = any(w in TAUGHT for w in typed)  # "mavo 3" is a class, and "School 3" is a school
    own = [w for w in typed if w not in _SAYS_NOTHING and (len(w) > 1 or (w.isdigit() and not is_class))]
    key = _key(" ".join(own))
    is_town = key in TOWNS or key in PROVINCES or (key in MUNICIPALITIES and place in ("", key))
    return not own or typed[0] in POINTERS or is_town or (is_place(text) and key not in MUNICIPALITIES)


def _join_letters(typed: list[str]) -> list[str]:
    """Read "O.V.C." and "n/a" as one word."""
    return ["".join(typed)] if all(len(w) == 1 for w in typed) else typed


_SAYS_NOTHING = SMALL | GENERIC | NO_NAME | TAUGHT
