"""Places as people write them: with everyday names, abbreviations, wards, islands and typing errors."""

import re
from functools import lru_cache

from rapidfuzz import fuzz

from shared.domain.schools.matching.words import y
from shared.domain.text import fold

# Everyday names, wards and villages. The municipalities in the register need no line here.
EVERYDAY = {
    "den haag": "s gravenhage", "the hague": "s gravenhage", "scheveningen": "s gravenhage",
    "loosduinen": "s gravenhage", "den bosch": "s hertogenbosch", "gorkum": "gorinchem",
    "bergen": "bergen nh", "driehuis": "driehuis nh", "haren": "haren gn",
    "hoogvliet": "hoogvliet rotterdam", "texel": "den burg", "ameland": "nes",
    "terschelling": "midsland", "leidsche ryn": "utrecht", "rdam": "rotterdam", "adam": "amsterdam",
    "ypenburg": "s gravenhage", "almere stad": "almere", "almere buiten": "almere",
    "nymwegen": "nymegen", "den dolder": "zeist",
}  # fmt: skip
_SHORT = {"st": "sint", "a": "aan", "v": "van", "bij": "by", "nh": "nh"}
_SMALL = frozenset(("de", "den", "der", "het", "t", "d"))
_SIMILARITY = 82  # of 100: one letter wrong in a name of six


@lru_cache(maxsize=20_000)
def place_key(text: str) -> str:
    """Return the spelling under which a place is compared: "Capelle a/d IJssel" is "capelle aan yssel"."""
    plain = re.sub(r"\b(a|v)[/.]?d[/. ]", r"\1 d ", text.casefold())
    folded = y(re.sub(r"^s ?(?=gravenhage|gravenzande|hertogenbosch)", "s ", fold(plain)))
    tokens = [_SHORT.get(w, w) for w in EVERYDAY.get(folded, folded).split()]
    kept = tokens[:1] + [w for w in tokens[1:] if w not in _SMALL]
    return EVERYDAY.get(" ".join(kept), " ".join(kept))


@lru_cache(maxsize=20_000)
def place_words(key: str) -> frozenset[str]:
    """Return the words that a school's name may have for this place: "haag" for "s gravenhage"."""
    spellings = [key, *(everyday for everyday, official in EVERYDAY.items() if official == key)]
    return frozenset(w for spelling in spellings for w in spelling.split() if len(w) > 2 and w not in _SMALL)


@lru_cache(maxsize=50_000)
def is_same_place(a: str, b: str) -> bool:
    """Tell whether two place keys are one place, or one is a ward of the other."""
    short, long = sorted((a, b), key=len)
    return bool(a and b) and (
        a == b or (long.startswith(f"{short} ") and not long.startswith(f"{short} op "))
    )


def is_near_place(a: str, b: str) -> bool:
    """Tell whether two place keys are one typing error apart; use it when one of them is no place we know."""
    is_close = min(len(a), len(b)) >= 5 and a[0] == b[0] and abs(len(a) - len(b)) < 2
    return is_close and fuzz.ratio(a, b) >= _SIMILARITY
