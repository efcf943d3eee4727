"""How alike two names are, in five steps that a sentence can explain."""

from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from shared.domain.schools.matching.names import Name
from shared.domain.schools.matching.words import KINDS, SEPARATE_KINDS

_SURE_OF_START = 8  # letters: in a shorter word the first letter is right, or swapped with the second
_ANY_SCHOOL = frozenset(("school", "scholengemeenschap"))


class Likeness(IntEnum):
    """How alike two names are, from not at all to the same."""

    NONE = 0
    SHARED = 1  # a word of one is a word of the other
    PART = 2  # one is the other without some words, or its first letters
    TYPO = 3  # they differ by a typing error or by initials
    SAME = 4


@lru_cache(maxsize=100_000)
def likeness(a: Name, b: Name, places: frozenset[str] = frozenset()) -> Likeness:
    """Compare two names; it makes no difference whether they have the words of the given places."""
    own_a, own_b = _words_without(a, places), _words_without(b, places)
    if a.spellings & b.spellings and not places.issuperset(a.core):
        return Likeness.SAME
    step = _compare_words(own_a, own_b) if own_a and own_b else _compare_kinds(a, b, own_a, own_b)
    if step == Likeness.SHARED and any(_is_typing_error(x, y) for x in a.spellings for y in b.spellings):
        return Likeness.TYPO
    if step < Likeness.PART and own_a and own_b:
        shorter_a, shorter_b = (
            _without_abbreviation(own_a, b, places),
            _without_abbreviation(own_b, a, places),
        )
        if len(shorter_a) < len(own_a) or len(shorter_b) < len(own_b):
            step = max(step, _compare_words(shorter_a, shorter_b))
    if step < Likeness.PART and (_is_abbreviation(a, b, places) or _is_abbreviation(b, a, places)):
        return Likeness.PART
    return step


def have_different_kinds(a: Name, b: Name) -> bool:
    """Tell whether the kinds of two names exclude each other, or only one of them is a praktijkschool."""
    return (
        bool(a.kinds and b.kinds and not a.kinds & b.kinds)
        or a.kinds & SEPARATE_KINDS != b.kinds & SEPARATE_KINDS
    )


def _words_without(name: Name, places: frozenset[str]) -> tuple[str, ...]:
    return tuple(w for w in name.core if w not in places and _strip_adjective(w) not in places)


@lru_cache(maxsize=20_000)
def _strip_adjective(word: str) -> str:
    """Return the place in an adjective: "Utrechts Stedelijk Gymnasium" is in Utrecht."""
    return next((word.removesuffix(end) for end in ("sche", "sch", "se", "s") if word.endswith(end)), word)


def _compare_words(a: tuple[str, ...], b: tuple[str, ...]) -> Likeness:
    joined_a, joined_b = "".join(a), "".join(b)
    if joined_a == joined_b or set(a) == set(b):
        return Likeness.SAME
    if _is_typing_error(joined_a, joined_b) or _is_word_for_word(a, b):
        return Likeness.TYPO
    short, long = sorted((a, b), key=lambda words: (len(words), words))
    matches = [any(is_same_word(w, v) for v in long) for w in short]
    if all(map(str.isdigit, short)):  # a number alone is no name
        return Likeness.SHARED if any(matches) else Likeness.NONE
    if all(matches) or set(a) < set(b) or set(b) < set(a):
        return Likeness.PART
    return (
        Likeness.SHARED
        if any(m and len(w) > 2 for m, w in zip(matches, short, strict=True))
        else Likeness.NONE
    )


def _compare_kinds(a: Name, b: Name, own_a: tuple[str, ...], own_b: tuple[str, ...]) -> Likeness:
    """Compare names that have common words only, such as "Stedelijk Gymnasium": all must be the same."""
    if own_a or own_b or not (a.weak or b.weak):
        return Likeness.SAME if a.key == b.key else Likeness.NONE
    common_a, common_b = _common_words(a), _common_words(b)
    if common_a == common_b:
        return Likeness.SAME
    return (
        Likeness.SHARED
        if common_a and common_b and (common_a < common_b or common_b < common_a)
        else Likeness.NONE
    )


def _common_words(name: Name) -> frozenset[str]:
    """Return what a name without own words says; "scholengemeenschap" adds nothing to a kind."""
    return name.kinds | (name.weak - KINDS - (_ANY_SCHOOL if name.kinds else frozenset()))


def is_same_word(w: str, v: str) -> bool:
    """Tell whether two words are the same but for a typing error."""
    return w == v or _is_typing_error(w, v)


def _is_typing_error(a: str, b: str) -> bool:
    """Tell whether words differ by one letter (wrong, missing, extra or swapped), or by two from ten on."""
    shortest = min(len(a), len(b))
    begins_alike = a[:1] == b[:1] or a[:2] == b[1::-1] or shortest >= _SURE_OF_START
    if shortest < 5 or not begins_alike or _digits(a) != _digits(b):
        return False
    allowed = 2 if shortest >= 10 and a[0] == b[0] else 1
    return OSA.distance(a, b, score_cutoff=allowed) <= allowed


def _digits(word: str) -> str:
    return "".join(filter(str.isdigit, word))


def _is_word_for_word(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Tell whether each word begins the other's: "h wesselink" and "hermann wesselink"."""
    if len(a) != len(b) or not set(a) & set(b):
        return False
    return all(
        v.startswith(w) or w.startswith(v) or _is_typing_error(w, v) for w, v in zip(a, b, strict=True)
    )


def _without_abbreviation(own: tuple[str, ...], other: Name, places: frozenset[str]) -> tuple[str, ...]:
    """Leave out the other name's first letters where they stand beside other words: "Bijlmer OSB"."""
    short = {w for w in own if len(w) in (3, 4)} if len(own) > 1 else set()
    return tuple(w for w in own if w not in short or w not in other.initials(places)) or own


def _is_abbreviation(short: Name, long: Name, places: frozenset[str]) -> bool:
    """Tell whether one name is the first letters of the other, with or without its place."""
    own = _words_without(short, places)
    letters = own[0] if len(own) == 1 else ""
    if not 3 <= len(letters) <= 6 or len(long.full) < 2:
        return False
    towns = {w[0] for w in places}
    return letters in (forms := long.initials(places)) or (letters[-1] in towns and letters[:-1] in forms)
