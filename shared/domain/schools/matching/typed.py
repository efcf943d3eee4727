"""What someone typed about their school, read once."""

import re
from dataclasses import dataclass

from shared.domain.schools.matching.mail import school_domain
from shared.domain.schools.matching.names import Name, parts
from shared.domain.schools.matching.places import place_key, place_words
from shared.domain.schools.matching.register import Register
from shared.domain.schools.matching.words import ASIDE

_BRIN = re.compile(r"\s*(\d\d[A-Za-z]{2})[\s-]?(\d\d)?\s*")


@dataclass(frozen=True, slots=True)
class Typed:
    """What someone typed about their school, and the domain of their e-mail address."""

    name: str
    place: str = ""
    email_domain: str = ""
    brin: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A typing, taken apart; the place may come from the name, which then counts for less."""

    names: tuple[Name, ...]
    place: str
    said: bool
    domain: str
    brin: str

    @property
    def aside(self) -> frozenset[str]:
        """Tell which of its kinds stand beside a school of the same name: a praktijkschool, an ISK."""
        return self.names[0].kinds & ASIDE

    @property
    def doubtful(self) -> bool:
        """Tell whether the name is a board's, a group's or of no secondary school, or says nothing at all."""
        of_group = self.names[0].group and len(self.names) == 1
        return of_group or self.names[0].other or all(name.says_nothing for name in self.names)

    @property
    def towns(self) -> frozenset[str]:
        """The words of its place, which a name may say or leave out."""
        return place_words(self.place)


def brin_of(typed: Typed) -> str:
    """Return the BRIN, with its vestiging when typed, of a typing that has one; the name may be one."""
    found = _BRIN.fullmatch(typed.brin) or _BRIN.fullmatch(typed.name)
    return "".join(part or "" for part in found.groups()).upper() if found else ""


def read(typed: Typed, register: Register | None = None) -> Reading:
    """Read a typing, with the register's places when there is one."""
    names = parts(typed.name)
    said = any(map(str.isalnum, typed.place))
    place = place_key(typed.place) if said else ""
    if register:
        place = register.index.known_place(place) or register.index.place_in(names[0])
    return Reading(names, place, said, school_domain(typed.email_domain), brin_of(typed)[:4])
