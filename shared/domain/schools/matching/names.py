"""A school's name in parts: the words that tell it from others, and the words that many schools share."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from shared.domain.schools.matching.initials import first_letters
from shared.domain.schools.matching.words import (
    COLOUR,
    ENDINGS,
    FORMER,
    GENERIC,
    GROUPS,
    KINDS,
    LEVELS,
    NOT_SECONDARY,
    NUMBERS,
    ROLES,
    SEPARATE_KINDS,
    SMALL,
    TITLES,
    WRITTEN_OUT,
    y,
)
from shared.domain.text import fold

_SEPARATOR = re.compile(
    r"\s-+\s|-\s|\s-|[,;:/]|\b(?:locatie|locactie|vestiging|loc\b\.?|vest\b\.?|vst\b\.?)", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"\(([^)]*)\)?")

_WORD_SIMILARITY = 88  # of 100, for a common word with a typing error
_ENDING_SIMILARITY = 85  # of 100, for an ending such as "college" with a typing error


@dataclass(frozen=True, eq=False)
class Name:
    """A name's own words (`core`), those it shares with many schools (`weak`), and all of them in order.

    Names are compared by identity, which is fast: `read_name` returns one object for equal names.
    """

    core: tuple[str, ...]
    weak: frozenset[str]
    full: tuple[str, ...]
    is_not_secondary: bool = False

    @cached_property
    def key(self) -> str:
        """The name as one word; never empty for a name that has a letter or a digit."""
        return "".join(self.core or sorted(self.weak) or self.full)

    @cached_property
    def spellings(self) -> frozenset[str]:
        """Its own words as one word, as a domain has them: "hugogroot" and "hugodegroot"."""
        own = "".join(w for w in self.full if w in self.core or w in SMALL)
        return frozenset(("".join(self.core), own)) if self.core else frozenset()

    @property
    def is_group(self) -> bool:
        """Tell whether this is the name of a group of schools; a name with "voortgezet onderwijs" is not."""
        return bool(GROUPS & set(self.full)) and "voortgezet" not in self.full

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of school it names; after "college" or "lyceum" a level is what is taught, not a kind."""
        kinds = self.weak & KINDS
        return (kinds - LEVELS) or kinds

    @property
    def is_meaningless(self) -> bool:
        """Tell whether this name could be any school's: "vmbo", "school" or "-"."""
        has_own_word = any(word.isalnum() for word in self.core)
        # A school named "LOC@" reads as "locatie", so that word alone still has a meaning.
        return (
            not has_own_word
            and self.weak <= LEVELS | {"school", "scholengemeenschap"}
            and self.full != ("locatie",)
        )

    def initials(self, places: frozenset[str] = frozenset()) -> frozenset[str]:
        """Return its first letters, with and without its place: "Willem Lodewijk Gymnasium" is WLG."""
        return first_letters(self.full) | first_letters(tuple(w for w in self.full if w not in places))


def words(text: str) -> tuple[str, ...]:
    """Return a text's words, the same for every spelling of it: "St.-Jozefmavo" is "st jozef mavo"."""
    return tuple(w for token in fold(text.replace("&", " en ")).split() for w in _write_out(token))


@lru_cache(maxsize=20_000)
def _write_out(token: str) -> tuple[str, ...]:
    if token in WRITTEN_OUT:
        return tuple(y(WRITTEN_OUT[token]).split())
    for ending in ENDINGS:
        stem = token.removesuffix(ending)
        if stem != token and len(stem) >= 3:
            return (*_write_out(stem), *_write_out(ending))
    return _read_mistyped(token) or (y(token),)


def _read_mistyped(token: str) -> tuple[str, ...]:
    """Recognise a common word despite a typing error: "Bonnefantencoollege", "Christelijjk"."""
    if len(token) < 6 or not token.isalpha() or y(token) in _COMMON_WORDS:
        return ()
    if near := process.extractOne(y(token), _COMMON_WORDS, scorer=fuzz.ratio, score_cutoff=_WORD_SIMILARITY):
        return _write_out(near[0])
    for ending in ("college", "lyceum", "gymnasium"):
        for size in (len(ending) - 1, len(ending), len(ending) + 1):
            stem, tail = token[:-size], token[-size:]
            is_framed = (tail[0], tail[-1]) == (ending[0], ending[-1])
            if len(stem) >= 3 and is_framed and fuzz.ratio(tail, ending) >= _ENDING_SIMILARITY:
                return (*_write_out(stem), ending)
    return ()


_COMMON_WORDS = tuple(w for w in sorted({*WRITTEN_OUT, *COLOUR, *KINDS, *GENERIC, *ENDINGS}) if len(w) > 6)
_IGNORED = SMALL | GENERIC | TITLES | ROLES | {"stichting"}
_MEANT = NUMBERS | FORMER
_WRITABLE = {y(w) for w in WRITTEN_OUT} | COLOUR | KINDS | GENERIC | set(ENDINGS)
_LONG_WORDS = tuple(sorted(w.replace("y", "ij") for w in _WRITABLE if len(w) > 7))
_WEAK = COLOUR | KINDS


@lru_cache(maxsize=50_000)
def read_name(text: str) -> Name:
    """Split one name into its own, its weak and its ignored words."""
    written = words(_IN_BRACKETS.sub(" ", text)) or words(text) or (text.strip().casefold() or "-",)
    full = _join_number(tuple(m for w in written for m in _meant(w)))
    before_voor, taught = _split_at_voor(full)
    weak = frozenset(w for w in before_voor if w in _WEAK) | (
        frozenset() if taught & LEVELS else taught & SEPARATE_KINDS
    )
    weak |= frozenset(w for w in taught if w in _WEAK - KINDS)
    core = tuple(
        w for i, w in enumerate(full) if w not in _IGNORED and w not in _WEAK and not _is_initial(full, i)
    )
    if weak & LEVELS:
        weak -= SEPARATE_KINDS  # a school that also names a mavo or a havo is no praktijkschool
    return _make_name(core, weak, before_voor, bool(NOT_SECONDARY & set(full)))


@lru_cache(maxsize=20_000)
def _meant(word: str) -> tuple[str, ...]:
    """Return the words that a written word means: another form, or a common word but for one letter."""
    if word in _MEANT or len(word) < 7 or word in _WRITABLE:
        return (_MEANT.get(word, word),)
    near = process.extractOne(word.replace("y", "ij"), _LONG_WORDS, scorer=OSA.distance, score_cutoff=1)
    return _write_out(near[0]) if near and near[0][0] == word[0] else (word,)


def _join_number(full: tuple[str, ...]) -> tuple[str, ...]:
    """Write "Twee College" as the school does: 2College."""
    is_number = len(full) > 1 and full[0].isdigit() and full[1] in ENDINGS
    return (full[0] + full[1], *full[2:]) if is_number else full


_make_name = lru_cache(maxsize=50_000)(Name)


def _split_at_voor(full: tuple[str, ...]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Split an official name at "voor": the words after it say what is taught there."""
    index = full.index("voor") if "voor" in full[1:] else len(full)
    return full[:index], frozenset(full[index:])


def _is_initial(full: tuple[str, ...], i: int) -> bool:
    """Tell whether a word is an initial: "C.T. Stork" is Stork, but the X of "Pius X" is not one."""
    following = full[i + 1 :]
    return len(full[i]) == 1 and any(w not in _IGNORED and w not in _WEAK and len(w) > 1 for w in following)


def read_name_and_parts(text: str) -> tuple[Name, ...]:
    """Return the whole name first, then its parts: "Vallei College, locatie Vathorst" is also Vathorst."""
    pieces = [*_SEPARATOR.split(_IN_BRACKETS.sub(" ", text)), *_IN_BRACKETS.findall(text)]
    names = [name for name in map(read_name, reversed(pieces)) if any(w.isalnum() for w in name.core)]
    return tuple(dict.fromkeys([read_name(text), *names]))
