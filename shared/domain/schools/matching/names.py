"""A school's name, taken apart: what tells it from others, and what it only says along."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rapidfuzz import fuzz, process

from shared.domain.schools.matching.words import (
    ASIDE,
    COLOUR,
    ENDINGS,
    GENERIC,
    GROUPS,
    KINDS,
    LEVELS,
    OTHER,
    SMALL,
    TITLES,
    WRITTEN_OUT,
    y,
)
from shared.domain.text import fold

_SPLIT = re.compile(
    r"\s-+\s|-\s|\s-|[,;:/]|\b(?:locatie|locactie|vestiging|loc\b\.?|vest\b\.?|vst\b\.?)", re.IGNORECASE
)
_ASIDE = re.compile(r"\(([^)]*)\)?")


@dataclass(frozen=True, eq=False)
class Name:
    """A name's own words, the words it shares with many schools, and all of them in order.

    Compared by identity, which is fast: `read_name` returns one object for equal names.
    """

    core: tuple[str, ...]
    weak: frozenset[str]
    full: tuple[str, ...]
    other: bool = False

    @property
    def key(self) -> str:
        """The name written together, never empty for a name with a letter or a digit."""
        return "".join(self.core or sorted(self.weak) or self.full)

    @cached_property
    def spellings(self) -> frozenset[str]:
        """Its own words written together, as in a domain: "hugogroot" and "hugodegroot"."""
        own = "".join(w for w in self.full if w in self.core or w in SMALL)
        return frozenset(("".join(self.core), own)) if self.core else frozenset()

    @property
    def group(self) -> bool:
        """Tell whether this is the name of a group of schools; what says "voortgezet onderwijs" is not."""
        return bool(GROUPS & set(self.full)) and "voortgezet" not in self.full

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of school it names; levels after "college" or "lyceum" are what is taught, not a kind."""
        kinds = self.weak & KINDS
        return (kinds - LEVELS) or kinds

    @property
    def says_nothing(self) -> bool:
        """Tell a name like "vmbo", "school" or "-", that every school and none has."""
        own = any(w.isalnum() for w in self.core)
        # "LOC@" is a school that is written as we write "locatie".
        return (
            not own and self.weak <= LEVELS | {"school", "scholengemeenschap"} and self.full != ("locatie",)
        )

    def shortened(self, places: frozenset[str] = frozenset()) -> frozenset[str]:
        """Return its first letters, its place said or not: "Willem Lodewijk Gymnasium" is WLG."""
        return _initials(self.full) | _initials(tuple(w for w in self.full if w not in places))


@lru_cache(maxsize=50_000)
def _initials(full: tuple[str, ...]) -> frozenset[str]:
    spelled = [w for w in full if w not in SMALL]
    return frozenset(
        form
        for said in (list(full), spelled, _after_generic(spelled))
        for short in ("s", "sg")
        if len(form := "".join(short if w == "scholengemeenschap" else w[0] for w in said)) > 1
    )


def _after_generic(words: list[str]) -> list[str]:
    start = next((i for i, w in enumerate(words) if w not in COLOUR and w not in GENERIC), 0)
    return words[start:]


def words(text: str) -> tuple[str, ...]:
    """Return a text's words as every spelling of it gives them: "St.-Jozefmavo" is "st jozef mavo"."""
    return tuple(w for token in fold(text.replace("&", " en ")).split() for w in _written_out(token))


@lru_cache(maxsize=20_000)
def _written_out(token: str) -> tuple[str, ...]:
    if token in WRITTEN_OUT:
        return tuple(y(WRITTEN_OUT[token]).split())
    for ending in ENDINGS:
        stem = token.removesuffix(ending)
        if stem != token and len(stem) >= 3:
            return (*_written_out(stem), *_written_out(ending))
    return _mistyped(token) or (y(token),)


def _mistyped(token: str) -> tuple[str, ...]:
    """Read a common word through a typing error: "Bonnefantencoollege", "Christelijjk"."""
    if len(token) < 6 or not token.isalpha() or y(token) in _KNOWN:
        return ()
    if near := process.extractOne(y(token), _KNOWN, scorer=fuzz.ratio, score_cutoff=88):
        return _written_out(near[0])
    for ending in ("college", "lyceum", "gymnasium"):
        for size in (len(ending) - 1, len(ending), len(ending) + 1):
            stem, tail = token[:-size], token[-size:]
            framed = (tail[0], tail[-1]) == (ending[0], ending[-1])
            if len(stem) >= 3 and framed and fuzz.ratio(tail, ending) >= 85:
                return (*_written_out(stem), ending)
    return ()


_KNOWN = tuple(w for w in sorted({*WRITTEN_OUT, *COLOUR, *KINDS, *GENERIC, *ENDINGS}) if len(w) > 6)
_LITTLE = SMALL | GENERIC | TITLES | {"stichting"}
_WEAK = COLOUR | KINDS


@lru_cache(maxsize=50_000)
def read_name(text: str) -> Name:
    """Take one name apart."""
    full = words(_ASIDE.sub(" ", text)) or words(text) or (text.strip().casefold() or "-",)
    said, taught = _taught(full)
    weak = frozenset(w for w in said if w in _WEAK) | (frozenset() if taught & LEVELS else taught & ASIDE)
    weak |= frozenset(w for w in taught if w in _WEAK - KINDS)
    core = tuple(
        w for i, w in enumerate(full) if w not in _LITTLE and w not in _WEAK and not _initial(full, i)
    )
    if weak & LEVELS:
        weak -= ASIDE  # who names a mavo or a havo too is no praktijkschool
    return _name(core, weak, said, bool(OTHER & set(full)))


_name = lru_cache(maxsize=50_000)(Name)


def _taught(full: tuple[str, ...]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Split an official name at "voor": after it stands what is taught there."""
    at = full.index("voor") if "voor" in full[1:] else len(full)
    return full[:at], frozenset(full[at:])


def _initial(full: tuple[str, ...], i: int) -> bool:
    """Tell a single letter before a name: "C.T. Stork" is Stork, but the X of "Pius X" stays."""
    following = full[i + 1 :]
    return len(full[i]) == 1 and any(w not in _LITTLE and w not in _WEAK and len(w) > 1 for w in following)


@lru_cache(maxsize=50_000)
def parts(text: str) -> tuple[Name, ...]:
    """Return a name whole, then its parts: "Vallei College, locatie Vathorst" is also Vathorst."""
    pieces = [*_SPLIT.split(_ASIDE.sub(" ", text)), *_ASIDE.findall(text)]
    named = [name for name in map(read_name, reversed(pieces)) if any(w.isalnum() for w in name.core)]
    return tuple(dict.fromkeys([read_name(text), *named]))
