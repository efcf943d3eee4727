"""What a form's field means, told from its name: a table of synonyms per language, and how names compare."""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from shared.domain.form import synonyms_en, synonyms_nl
from shared.domain.form.answers import Path
from shared.domain.text import fold

_TABLES = (synonyms_nl, synonyms_en)
# The fields that a row of people may have; the others are of the whole post.
OF_A_PERSON = frozenset({"name", "first_name", "infix", "last_name", "email", "role", "phone"})
_OURS = (
    "name",
    "first_name",
    "infix",
    "last_name",
    "email",
    "role",
    "phone",
    "school",
    "place",
    "brin",
    "remarks",
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_ORDINAL = re.compile(r"\b(\d{1,2})(?:e|de|ste|nd|rd|st|th)\b")
# What builders write before a name: "wpforms-naam", "txtNaam", "q3_naam".
_BUILDER = re.compile(
    r"^(?:wpforms|wpcf|frm|fld|txt|tb|ddl|cbo|field|fields|input|form|item|meta|nf|et|pb|contact|q|cf|acf|"
    r"element|ctl|answer|question|vraag|label|rb|cb)$"
)
_GLUED = re.compile(r"^(?:txt|tb|ddl|fld|frm|inp)(?=[a-z]{3})")
_STAMP = re.compile(r"^\d{6,}$")
_NUMBER = re.compile(r"^[1-9]\d?$")
SHORT = 100  # letters of a name
_MOST_WORDS = 12  # of a name; a whole sentence is no name

Strength = Literal["exact", "strong", "weak"]


class Meaning(NamedTuple):
    """Which of our fields a name means, whose it is, and how surely."""

    field: str
    strength: Strength
    of_colleague: bool = False
    number: int = 0  # "naam_2" is the second person's; 0 where no number is said


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name, as they compare: "Je E-mailadres *" is ("emailadres",)."""
    # A site's names come with each of its posts; long ones are a stranger's, and would only fill the memory.
    return _short_words(name) if len(name) <= SHORT else _words(name)


@lru_cache(maxsize=4096)
def _short_words(name: str) -> tuple[str, ...]:
    return _words(name)


def _words(name: str) -> tuple[str, ...]:
    folded = _ORDINAL.sub(r"\1 ", fold(_CAMEL.sub(" ", name)))
    words = re.findall(r"[^\W\d]+|\d+", folded)[:_MOST_WORDS]
    joined = [part for word in _with_email(words) for part in _apart(word)]
    kept = [word for word in joined if word not in _fillers()] or joined
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


def compared(name: str | Path) -> str:
    """Return the key under which two names are the same, whichever way a path is written."""
    parts = (name,) if isinstance(name, str) else name
    return ".".join("".join(words_of(part)) or part.strip() for part in parts)


def meaning(path: Path) -> Meaning | None:
    """Return what the whole of a path means, or its end; None for a name that nobody knows."""
    first = 0
    for first in range(len(path)):
        means = _of_words(tuple(word for part in path[first:] for word in words_of(part)))
        if means:
            break
    else:
        return None
    # A word further out says whose it is: {"collega": {"naam": …}}.
    outer = [word for part in path[:first] for word in words_of(part)]
    if any(word in _colleague_words() for word in outer):
        means = means._replace(of_colleague=True)
    if not means.number and outer and (number := _ordinal(outer[-1])):
        means = means._replace(number=number)
    return means


@lru_cache(maxsize=4096)
def _of_words(words: tuple[str, ...]) -> Meaning | None:
    numbers = [number for word in words if (number := _ordinal(word))]
    kept = [word for word in words if not _ordinal(word)] if len(numbers) == 1 and len(words) > 1 else words
    own = [word for word in kept if word not in _colleague_words()]
    # A field that says no more than "collega" holds a name.
    synonym = _synonyms().get("".join(own)) if own else ("name", "weak")
    if synonym is None:
        return None
    field, strength = synonym
    of_colleague = len(own) < len(kept)
    if of_colleague and field not in OF_A_PERSON:
        return None
    return Meaning(field, strength, of_colleague, numbers[0] if len(kept) < len(words) else 0)


def _ordinal(word: str) -> int:
    """Return which number a word says: "2", "tweede"; 0 for a word that says none."""
    if _NUMBER.match(word):
        return int(word)
    return next(
        (table.ORDINALS.split().index(word) + 1 for table in _TABLES if word in table.ORDINALS.split()), 0
    )


def last_number(path: Path) -> int:
    """Return the number at the end of a path's name: 2 of "naam_collega_2"; 0 where it has none."""
    number = re.search(r"\D(\d{1,2})$", path[-1])
    return int(number[1]) if number else 0


def is_confirming(path: Path) -> bool:
    """Say whether a field asks for an address a second time: "E-mailadres (ter controle)"."""
    words = [word for part in path[-2:] for word in words_of(part)]
    return any(word.startswith(("email", "mail")) for word in words) and any(
        w in _confirming() for w in words
    )


def is_consent(path: Path) -> bool:
    """Say whether a field is a box for consent: "Ik ga akkoord met de voorwaarden"."""
    return any(word in _consent() for part in path[-2:] for word in words_of(part))


@cache
def _synonyms() -> Mapping[str, tuple[str, Strength]]:
    synonyms: dict[str, tuple[str, Strength]] = {}
    for strength, tables in (("weak", [t.WEAK for t in _TABLES]), ("strong", [t.STRONG for t in _TABLES])):
        for table in tables:
            for field, names in table.items():
                for key in _keys(names):
                    synonyms[key] = field, strength  # type: ignore[assignment] # both are a Strength
    return synonyms | {"".join(words_of(field)): (field, "exact") for field in _OURS}


def _keys(names: str) -> Iterable[str]:
    for name in names.split(","):
        words = words_of(name)
        yield "".join(words)
        if len(words) == 2:
            yield "".join(reversed(words))


@cache
def _fillers() -> frozenset[str]:
    return frozenset(word for table in _TABLES for word in table.FILLERS.split())


@cache
def _colleague_words() -> frozenset[str]:
    tables = (table.COLLEAGUE.split(",") + table.PEOPLE.split(",") for table in _TABLES)
    return frozenset(name.strip() for names in tables for name in names)


@cache
def _confirming() -> frozenset[str]:
    return frozenset(word for table in _TABLES for word in table.CONFIRMING.split())


@cache
def _consent() -> frozenset[str]:
    return frozenset(word for table in _TABLES for word in table.CONSENT.split())
