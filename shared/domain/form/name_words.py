"""The words of a field's name, as they compare: without case, signs, fillers and what builders add."""

import re
from functools import cache, lru_cache

from shared.domain.form import synonyms_en, synonyms_nl
from shared.domain.text import fold

TABLES = (synonyms_nl, synonyms_en)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_ORDINAL = re.compile(r"\b(\d{1,2})(?:e|de|ste|nd|rd|st|th)\b")
# What builders write before a name: "wpforms-naam", "txtNaam", "q3_naam".
_BUILDER = re.compile(
    r"^(?:wpforms|wpcf|frm|fld|txt|tb|ddl|cbo|field|fields|input|form|item|meta|nf|et|pb|contact|q|cf|acf|"
    r"element|ctl|answer|question|vraag|label|rb|cb)$"
)
_GLUED = re.compile(r"^(?:txt|tb|ddl|fld|frm|inp)(?=[a-z]{3})")
_STAMP = re.compile(r"^\d{6,}$")
_OWNED = re.compile(r"['’]s\b")  # "your colleague's name", "collega's"
SHORT = 100  # letters of a name
MOST_WORDS = 12  # of a name; a whole sentence is no name


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name, as they compare: "Je E-mailadres *" is ("emailadres",)."""
    # A site's names come with each of its posts; long ones are a stranger's, and would only fill the memory.
    return _short_words(name) if len(name) <= SHORT else _long_words(name)


@lru_cache(maxsize=4096)
def _short_words(name: str) -> tuple[str, ...]:
    return _words(name)


@lru_cache(maxsize=64)  # those that are read again and again, because all of a post stands in them
def _long_words(name: str) -> tuple[str, ...]:
    return _words(name)


def _words(name: str) -> tuple[str, ...]:
    folded = _ORDINAL.sub(r"\1 ", fold(_CAMEL.sub(" ", _OWNED.sub("", name))))
    words = re.findall(r"[^\W\d]+|\d+", folded)[:MOST_WORDS]
    joined = [part for word in _with_email(words) for part in _apart(word)]
    kept = [word for word in joined if word not in words_in("FILLERS")] or joined
    while len(kept) > 1 and _BUILDER.match(kept[0]):
        kept = kept[2:] if len(kept) > 2 and kept[1].isdigit() else kept[1:]  # "q3_naam"
    kept = [_GLUED.sub("", word) for word in kept]
    while len(kept) > 1 and _STAMP.match(kept[-1]):
        kept = kept[:-1]
    return tuple(kept)


def _with_email(words: list[str]) -> list[str]:
    """Write "e mail" as one word: people write it in three ways."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] == "e" and word.startswith("mail"):
            joined[-1] = f"e{word}"
        else:
            joined.append(word)
    return joined


def _apart(word: str) -> tuple[str, ...]:
    """Take "collega" out of a word that it is written to: "naamcollega", "collegaemail"."""
    for marker in ("collega", "colleague"):
        if word.startswith(marker) and len(word) > len(marker) + 2:
            return marker, word.removeprefix(marker)
        if word.endswith(marker) and len(word) > len(marker) + 2:
            return word.removesuffix(marker), marker
    return (word,)


@cache
def words_in(table: str) -> frozenset[str]:
    """Return the words that the languages list under a name: "FILLERS"."""
    return frozenset(
        word for language in TABLES for word in re.split(r"[\s,]+", getattr(language, table)) if word
    )


@cache
def phrases_in(table: str) -> frozenset[str]:
    """Return the phrases that the languages list under a name, between commas: "NOBODY"."""
    phrases = (phrase for language in TABLES for phrase in getattr(language, table).split(","))
    return frozenset(" ".join(phrase.split()) for phrase in phrases)
