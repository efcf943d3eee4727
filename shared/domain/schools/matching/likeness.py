"""How much two names are alike, in steps that can be said in a sentence."""

from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from shared.domain.schools.matching.names import Name
from shared.domain.schools.matching.words import ASIDE, KINDS


class Likeness(IntEnum):
    """From nothing to the very same name."""

    NONE = 0
    SHARED = 1  # a word of one is a word of the other
    PART = 2  # one is the other with words left out, or its first letters
    TYPO = 3  # a typing error or initials apart
    SAME = 4


@lru_cache(maxsize=100_000)
def likeness(a: Name, b: Name, places: frozenset[str] = frozenset()) -> Likeness:
    """Compare two names; words of the places concerned may be said or left out."""
    own_a, own_b = _own(a, places), _own(b, places)
    if a.spellings & b.spellings and not places.issuperset(a.core):
        return Likeness.SAME
    found = _of_words(own_a, own_b) if own_a and own_b else _of_kinds(a, b, own_a, own_b)
    if found < Likeness.PART and (_shortens(a, b, places) or _shortens(b, a, places)):
        return Likeness.PART
    return found


def have_different_kinds(a: Name, b: Name) -> bool:
    """Tell whether each is of a kind that the other is not, or only one of them is a praktijkschool."""
    return bool(a.kinds and b.kinds and not a.kinds & b.kinds) or a.kinds & ASIDE != b.kinds & ASIDE


def _own(name: Name, places: frozenset[str]) -> tuple[str, ...]:
    return tuple(w for w in name.core if w not in places and _place_of(w) not in places)


@lru_cache(maxsize=20_000)
def _place_of(word: str) -> str:
    """Take the place out of its adjective: "Utrechts Stedelijk Gymnasium" is the one of Utrecht."""
    return next((word.removesuffix(end) for end in ("sche", "sch", "se", "s") if word.endswith(end)), word)


def _of_words(a: tuple[str, ...], b: tuple[str, ...]) -> Likeness:
    joined_a, joined_b = "".join(a), "".join(b)
    if joined_a == joined_b or set(a) == set(b):
        return Likeness.SAME
    if _one_error(joined_a, joined_b) or _shortened(a, b):
        return Likeness.TYPO
    short, long = sorted((a, b), key=lambda words: (len(words), words))
    found = [any(_alike(w, v) for v in long) for w in short]
    if all(map(str.isdigit, short)):  # a number alone is nobody's name
        return Likeness.SHARED if any(found) else Likeness.NONE
    if all(found) or set(a) < set(b) or set(b) < set(a):
        return Likeness.PART
    return (
        Likeness.SHARED if any(f and len(w) > 2 for f, w in zip(found, short, strict=True)) else Likeness.NONE
    )


def _of_kinds(a: Name, b: Name, own_a: tuple[str, ...], own_b: tuple[str, ...]) -> Likeness:
    """Compare names of common words only, like "Stedelijk Gymnasium": all of them have to be the same."""
    if own_a or own_b or not (a.weak or b.weak):
        return Likeness.SAME if a.key == b.key else Likeness.NONE
    common_a, common_b = _common(a), _common(b)
    if common_a == common_b:
        return Likeness.SAME
    return (
        Likeness.SHARED
        if common_a and common_b and (common_a < common_b or common_b < common_a)
        else Likeness.NONE
    )


def _common(name: Name) -> frozenset[str]:
    return name.kinds | (name.weak - KINDS)


def _alike(w: str, v: str) -> bool:
    return w == v or _one_error(w, v)


@lru_cache(maxsize=100_000)
def _one_error(a: str, b: str) -> bool:
    """Allow one letter wrong, missing, too many or swapped in a word of five letters, two in one of ten."""
    shortest = min(len(a), len(b))
    if shortest < 5 or a[0] != b[0] or _digits(a) != _digits(b):
        return False
    allowed = 1 if shortest < 10 else 2
    return OSA.distance(a, b, score_cutoff=allowed) <= allowed


def _digits(word: str) -> str:
    return "".join(filter(str.isdigit, word))


def _shortened(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Tell "h wesselink" from "hermann wesselink": word for word, one may be the other's beginning."""
    if len(a) != len(b) or not set(a) & set(b):
        return False
    return all(v.startswith(w) or w.startswith(v) or _one_error(w, v) for w, v in zip(a, b, strict=True))


def _shortens(short: Name, long: Name, places: frozenset[str]) -> bool:
    """Tell whether one name is the first letters of the other, its place said or not."""
    own = _own(short, places)
    letters = own[0] if len(own) == 1 else ""
    if not 3 <= len(letters) <= 6 or len(long.full) < 2:
        return False
    towns = {w[0] for w in places}
    return letters in (forms := long.shortened(places)) or (letters[-1] in towns and letters[:-1] in forms)
