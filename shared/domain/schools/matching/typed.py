"""What a person typed about their school, and how it reads."""

import re
from dataclasses import dataclass

from shared.domain.schools.matching.fields import is_no_name, sort_fields
from shared.domain.schools.matching.names import Name, read_name_and_parts
from shared.domain.schools.matching.places import place_words
from shared.domain.schools.matching.register import Register
from shared.domain.schools.matching.words import SEPARATE_KINDS

_BRIN = re.compile(r"\s*(\d\d[A-Za-z]{2})[\s-]?(\d\d)?\s*")


_MOST_OWN_WORDS = 8  # the longest name in the register has five; longer is a story, and no school's name


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed about their school, and the domain of their e-mail address."""

    name: str
    place: str = ""
    email_domain: str = ""
    brin: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A typing in parts; without a typed place, its place comes from the name, and counts for less."""

    names: tuple[Name, ...]
    place: str
    has_typed_place: bool
    domain: str
    brin: str
    is_no_name: bool = False

    @property
    def separate_kinds(self) -> frozenset[str]:
        """Its kinds that exist beside a school of the same name: a praktijkschool, an ISK."""
        return self.names[0].kinds & SEPARATE_KINDS

    @property
    def is_doubtful(self) -> bool:
        """Tell whether the name is meaningless, or that of a board, a group or no secondary school."""
        is_group = self.names[0].is_group and len(self.names) == 1
        is_meaningless = all(name.is_meaningless for name in self.names)
        is_nameless = is_meaningless or self.is_story or self.is_no_name
        return is_group or self.names[0].is_not_secondary or is_nameless

    @property
    def is_story(self) -> bool:
        """Tell whether this is too long for a name: then it is compared with no other."""
        return len(self.names[0].core) > _MOST_OWN_WORDS

    @property
    def towns(self) -> frozenset[str]:
        """The words of its place, which a name may have or leave out."""
        return place_words(self.place)


def towns_of(a: Reading, b: Reading) -> frozenset[str]:
    """Return the words of the places of two typings; of one place the same object, because many are kept."""
    return a.towns if a.towns == b.towns else a.towns | b.towns


def brin_of(typed: Typed) -> str:
    """Return the BRIN of a typing, with the vestiging if typed; people also type it as the name."""
    brin = _BRIN.fullmatch(typed.brin) or _BRIN.fullmatch(typed.name)
    return "".join(part or "" for part in brin.groups()).upper() if brin else ""


def read(typed: Typed, register: Register | None = None) -> Reading:
    """Read a typing, with the places of the register if there is one."""
    fields, brin = sort_fields(typed.name, typed.place, typed.email_domain), brin_of(typed)[:4]
    names, place = read_name_and_parts(fields.name), fields.place
    if register:
        place = register.index.correct_place(place) or register.index.find_place_in(names[0])
    return Reading(
        names, place, bool(fields.place), fields.domain, brin, is_no_name(fields.name, fields.place)
    )
