"""A name in its parts, as Dutch lists have them: first name, infix (tussenvoegsel) and last name."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from shared.domain.registration.identity import INFIXES
from shared.domain.text import fold, plain

# Besides those by which two names are compared.
_INFIXES = INFIXES | frozenset(
    (
        *("von", "vom", "zu", "zur", "da", "das", "dos", "di", "del", "della", "des", "los", "las"),
        *("uit", "onder", "over", "voor", "tot"),
    )
)
_SHORT_INFIXES = frozenset(("v.d.", "v.d", "v/d", "vd", "vd.", "v.", "v/h"))
# An infix that opens a name where no first name is; "Al" and "Di" may be first names there.
_OPENING = frozenset(("van", "de", "der", "den", "het", "t", "ten", "ter", "te", "von"))
# Words that open a last name of two words: "Lars Oude Nijhuis".
_OPENS_LAST = frozenset(("oude", "olde", "nieuwe", "grote", "groot", "groote", "kleine", "klein"))
# What people are at school, which some type behind their name: "Noor van Dijk, docent wiskunde".
ROLES = frozenset(
    (
        *("docent", "docente", "leraar", "lerares", "leerkracht", "directeur", "directrice", "rector"),
        *("conrector", "teamleider", "schoolleider", "afdelingsleider", "decaan", "mentor", "coordinator"),
        *("onderwijsassistent", "teacher", "principal"),
    )
)
_ROLE_BEHIND = re.compile(r" ?(?:[,|/(]| [-–] ) ?(\w+)")
# They stand behind a last name, and are none.
_DEGREES = frozenset(("msc", "bsc", "mba", "phd", "llm"))
_WORD = re.compile(r"[^\W\d_]+")


class PersonName(NamedTuple):
    """A name in parts; any may be empty, but only an empty name lacks the last."""

    first: str
    infix: str
    last: str

    @property
    def full(self) -> str:
        """The parts as one name."""
        return " ".join(filter(None, self))

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """The key by which Dutch lists are sorted: "de Vries" under the V, "Øster" under the O."""
        return plain(self.last), plain(self.first), plain(self.infix)


def name_parts(name: str) -> PersonName:
    """Return a typed name in its parts: "Jan van der Berg", also where it was typed "Berg, Jan van der".

    Without an infix the last word is the last name: a second first name and a second last name look alike.
    """
    last, comma, first = without_role(name).partition(",")
    if comma and last.strip() and first.replace(",", " ").strip():
        return _turned(last.split(), first.replace(",", " ").split())
    words = last.split()
    degree = words.pop() if len(words) > 2 and fold(words[-1].replace(".", "")) in _DEGREES else ""
    start = _start_of_last(words)
    end = start
    while end < len(words) - 1 and is_infix(words[end]):
        end += 1
    last = " ".join(filter(None, (*words[end:], degree)))
    return PersonName(" ".join(words[:start]), " ".join(words[start:end]), last)


def without_role(name: str) -> str:
    """Return a name of more than one word without the role that was typed behind it."""
    for sign in _ROLE_BEHIND.finditer(name):
        before = name[: sign.start()].strip()
        if fold(sign[1]) in ROLES and " " in before:
            return before
    return name


def _turned(last: Sequence[str], first: Sequence[str]) -> PersonName:
    """Return the parts of a name that was typed last name first: "Vries, Jan de" or "de Vries, Jan"."""
    before = next((i for i, word in enumerate(last) if not is_infix(word)), len(last) - 1)
    infix = [*(word for word in first if is_infix(word)), *last[:before]]
    return PersonName(
        " ".join(word for word in first if not is_infix(word)), " ".join(infix), " ".join(last[before:])
    )


def _start_of_last(words: Sequence[str]) -> int:
    """Return the index of the word that opens the last name, its infix included."""
    if len(words) > 1 and fold(words[0]) in _OPENING and is_infix(words[0]):
        return 0
    inner = range(1, len(words) - 1)
    return next((i for i in inner if _opens_last(words[i], words[i + 1])), max(0, len(words) - 1))


def _opens_last(word: str, following: str) -> bool:
    is_double = following in ("-", "–") or is_infix(word.rpartition("-")[2])  # "Jansen-de Vries"
    return is_double or fold(word) in _OPENS_LAST


def is_infix(word: str) -> bool:
    """Say whether a word is an infix like "van" or "'t", and not an initial: "T." or "S"."""
    if word.lower() in _SHORT_INFIXES and word[:2] != "V.":
        return True
    return fold(word) in _INFIXES and not word.endswith(".") and not (len(word) == 1 and word.isupper())


def title_case(name: str) -> str:
    """Return a name typed in one case as it is written: "ANNA DE VRIES" is "Anna de Vries".

    Any other name stays as it is, and so do initials: "JP" and "J.P.".
    """
    if name not in (name.upper(), name.lower()):
        return name
    return " ".join("-".join(map(_titled, word.split("-"))) for word in name.split(" "))


def _titled(word: str) -> str:
    if is_infix(word):
        return word.lower()
    if "." in word or not re.search("[AEIOUYÀ-Ý]", word.upper()):
        return word
    return _WORD.sub(lambda part: _capital(part[0].lower()), word)


def _capital(word: str) -> str:
    return "IJ" + word[2:] if word.startswith("ij") else word.capitalize()
