"""The first letters of a school's name, by which people call it."""

from functools import lru_cache

from shared.domain.schools.matching.words import COLOUR, GENERIC, KINDS, SMALL

_VOWELS = frozenset("aeiouy")


@lru_cache(maxsize=50_000)
def first_letters(full: tuple[str, ...]) -> frozenset[str]:
    """Return the abbreviations of a name with these words, with and without its common ones."""
    without_small = [w for w in full if w not in SMALL]
    return frozenset(
        letters
        for start in (list(full), without_small, _drop_leading_generic(without_small))
        for choice in (start, _drop_last_kind(start))
        for short in ("s", "sg")
        if len(letters := "".join(_first_letter(w, short) for w in choice)) > 1
    )


def _first_letter(word: str, short: str) -> str:
    """Return what an abbreviation has of a word; a word without vowels is one itself, and goes in whole."""
    if word == "scholengemeenschap":
        return short
    return word if len(word) in (2, 3) and not _VOWELS & set(word) and word.isalpha() else word[0]


def _drop_last_kind(words: list[str]) -> list[str]:
    """Leave out "college" at the end: people shorten Willem de Zwijger College to WdZ too."""
    return words[:-1] if len(words) > 3 and words[-1] in KINDS | {"school"} else words


def _drop_leading_generic(words: list[str]) -> list[str]:
    start = next((i for i, w in enumerate(words) if w not in COLOUR and w not in GENERIC), 0)
    return words[start:]
