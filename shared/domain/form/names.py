"""What a form's field means, told from its name: a table of synonyms per language, and how names compare."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import Literal, NamedTuple

from shared.domain.form.answers import Path
from shared.domain.form.name_words import MOST_WORDS, SHORT, TABLES, words_in, words_of

_NUMBER = re.compile(r"^[1-9]\d?$")
_EMPTY = re.compile(r"^(?:\d{3,}|[^\W\d])$")  # "email-456", "a.u.b."
_EXPLAINED = re.compile(r"\(([^()]+)\)")  # "Naam (zoals op je badge)"
_BOTH = re.compile(r"[/+&,]|(?<=[\W_])(?:en|and)(?=[\W_])", re.IGNORECASE)  # "School en plaats"
_EITHER = re.compile(r"[/,]|(?<=[\W_])(?:of|or)(?=[\W_])", re.IGNORECASE)  # "Functie of rol"
PARTS = ("first_name", "infix", "last_name")  # of a name, in their order
# The fields that a row of people may have; the others are of the whole post.
OF_A_PERSON = frozenset({"name", *PARTS, "email", "role", "phone"})
_OURS = ("name", *PARTS, "email", "role", "phone", "school", "place", "brin", "remarks")
Strength = Literal["exact", "strong", "fair", "weak"]


class Meaning(NamedTuple):
    """Which of our fields a name means, whose it is, and how surely."""

    field: str
    strength: Strength
    of_colleague: bool = False
    number: int = 0  # "naam_2" is the second person's; 0 where no number is said

    def less_sure(self) -> "Meaning":
        """Return the same for a name that says it less plainly: it gives way to one that says it."""
        return self if self.strength == "weak" else self._replace(strength="fair")


def compared(name: str | Path) -> str:
    """Return the key under which two names are the same, whichever way a path is written."""
    parts = (name,) if isinstance(name, str) else name
    return ".".join("".join(words_of(part)) or part.strip() for part in parts)


def meaning(path: Path) -> Meaning | None:
    """Return what the whole of a path means, or its end; None for a name that nobody knows."""
    words, first = [words_of(part) for part in path], 0
    for first in range(len(path)):
        means = _of_parts(path[first:], words[first:])
        if means:
            break
    else:
        return None
    # A word further out says whose it is: {"collega": {"naam": …}}.
    outer = [word for part in words[:first] for word in part]
    if any(word in _colleague_words() for word in outer):
        means = means._replace(of_colleague=True)
    if not means.number and (number := _person_number(outer)):
        means = means._replace(number=number)
    return means


def _of_parts(parts: Path, words: Sequence[Path]) -> Meaning | None:
    if len(parts) == 1 and len(parts[0]) <= SHORT:
        return _of_name(parts[0])
    is_sentence = sum(map(len, words)) > MOST_WORDS
    return None if is_sentence else _of_words(tuple(chain.from_iterable(words)))


@lru_cache(maxsize=4096)
def _of_name(name: str) -> Meaning | None:
    """Return what one name means; what stands in brackets explains it, or says which part of a name it is."""
    explained = _EXPLAINED.search(name)
    part = _of_words(words_of(explained[1])) if explained else None
    if part and part.field in PARTS:
        return part
    means = _of_both(name) or _of_words(words_of(name)) or _of_same(name)
    if not means and explained and (bare := _of_words(words_of(_EXPLAINED.sub(" ", name)))):
        means = bare.less_sure()
    return means or _of_several(words_of(name))


def _of_several(words: Sequence[str]) -> Meaning | None:
    """Return what asks for all of a colleague in one field: "Naam en e-mail van je collega's"."""
    own = [word for word in words if word not in _colleague_words() and word not in words_in("VAGUE")]
    fields = {_synonyms().get(word, ("", ""))[0] for word in own}
    of_colleague = any(word in _colleague_words() for word in words)
    return Meaning("name", "weak", True) if of_colleague and "name" in fields <= OF_A_PERSON else None


def _of_both(name: str) -> Meaning | None:
    """Return what a name of a school and its place means: the school."""
    both = [_of_words(words_of(part)) for part in _BOTH.split(name)]
    if {means and means.field for means in both} != {"school", "place"}:
        return None
    return next(means.less_sure() for means in both if means and means.field == "school")


def _of_same(name: str) -> Meaning | None:
    """Return what a name means whose parts all mean the same: "Functie/rol", "School of organisatie"."""
    for by in (_BOTH, _EITHER):
        each = [_of_words(words_of(part)) for part in by.split(name)]
        if len(each) > 1 and each[0] and len({means and means[::2] for means in each}) == 1:
            return each[0].less_sure()
    return None


@lru_cache(maxsize=4096)
def _of_words(words: tuple[str, ...]) -> Meaning | None:
    numbers = [number for word in words if (number := _ordinal(word))]
    kept = [word for word in words if not _ordinal(word)] if len(numbers) == 1 and len(words) > 1 else words
    means = _of_kept(kept) or _of_bare(kept)
    return means and means._replace(number=numbers[0] if len(kept) < len(words) else 0)


def _of_kept(words: Sequence[str]) -> Meaning | None:
    own = [word for word in words if word not in _colleague_words()]
    of_colleague = len(own) < len(words)
    # A field that says no more than "collega" holds a name.
    synonym = _synonyms().get("".join(own)) if own else ("name", "weak")
    if synonym is None or (of_colleague and synonym[0] not in OF_A_PERSON):
        return None
    field, strength = synonym
    return Meaning(field, strength, of_colleague)


def _of_bare(words: Sequence[str]) -> Meaning | None:
    """Return what is left to mean without the words that say whose a field is, or how to fill it in."""
    persons = [word for word in words if word in words_in("PERSON")]
    is_other = bool(persons) and any(word in words_in("OTHER") for word in words)
    vague = words_in("VAGUE") | words_in("OTHER")
    rest = [word for word in words if word not in persons]
    bare = [w for w in rest if w not in vague and not _EMPTY.match(w)]
    means = _of_kept(bare) if bare and len(bare) < len(words) else None
    if is_other and not bare:
        means = Meaning("name", "weak")
    if means is None:
        return None
    return means.less_sure()._replace(of_colleague=means.of_colleague or is_other)


def _person_number(outer: Sequence[str]) -> int:
    """Return which person a container is of: 2 of "persoon2"; a number of anything else counts nobody."""
    persons = words_in("PERSON") | _colleague_words() | words_in("ROW")
    return _ordinal(outer[-1]) if outer and not persons.isdisjoint(outer) else 0


def _ordinal(word: str) -> int:
    """Return which number a word says: "2", "tweede"; 0 for a word that says none."""
    if _NUMBER.match(word):
        return int(word)
    return next(
        (table.ORDINALS.split().index(word) + 1 for table in TABLES if word in table.ORDINALS.split()), 0
    )


def last_number(path: Path) -> int:
    """Return the number at the end of a path's name: 2 of "naam_collega_2"; 0 where it has none."""
    number = re.search(r"\D(\d{1,2})$", path[-1])
    return int(number[1]) if number else 0


def is_confirming(path: Path) -> bool:
    """Say whether a field asks for an address a second time: "E-mailadres (ter controle)"."""
    words = [word for part in path[-2:] for word in words_of(part)]
    return any(word.startswith(("email", "mail")) for word in words) and any(
        w in words_in("CONFIRMING") for w in words
    )


def is_consent(path: Path) -> bool:
    """Say whether a field is a box for consent: "Ik ga akkoord met de voorwaarden"."""
    return any(word in words_in("CONSENT") for part in path[-2:] for word in words_of(part))


@cache
def _synonyms() -> Mapping[str, tuple[str, Strength]]:
    synonyms: dict[str, tuple[str, Strength]] = {}
    for strength in ("weak", "fair", "strong"):
        for table in TABLES:
            for field, names in getattr(table, strength.upper()).items():
                for key in _keys(names):
                    synonyms[key] = field, strength
    return synonyms | {"".join(words_of(field)): (field, "exact") for field in _OURS}


def _keys(names: str) -> Iterable[str]:
    for name in names.split(","):
        words = words_of(name)
        yield "".join(words)
        if len(words) == 2:
            yield "".join(reversed(words))


@cache
def _colleague_words() -> frozenset[str]:
    return words_in("COLLEAGUE") | words_in("PEOPLE")
