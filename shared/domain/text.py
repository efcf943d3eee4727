"""Text that people type: cleaned for storing, folded for comparing."""

import re
import unicodedata
from functools import lru_cache
from itertools import dropwhile
from typing import Literal

# Control, format (bidi, zero-width), surrogate, private, unassigned, line and paragraph separators.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Letters and marks that are invisible: fillers, joiners, variation selectors, a Braille cell without dots.
_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)

_MOST_MARKS = 30  # on one letter (UAX 15, "Stream-Safe Text Format"); sorting more takes their square


def clean(text: str) -> str:
    """Return one line of NFC text without invisible characters, white space folded to single spaces.

    An accent needs a letter before it. "=?…?=", which a mail program might decode in a header, is broken up.
    """
    started = text if text.isascii() and text.isprintable() else _started(text)
    return " ".join(started.replace("=?", "= ?").split())


def _started(text: str) -> str:
    spaced = re.sub(r"\s", " ", _normalized("NFC", text))
    visible = "".join(c for c in spaced if unicodedata.category(c) not in _INVISIBLE)
    return "".join(dropwhile(_is_no_start, _normalized("NFC", _BLANK.sub("", visible))))


def _is_no_start(character: str) -> bool:
    return character.isspace() or unicodedata.category(character).startswith("M")


def clean_lines(text: str) -> str:
    """Return NFC text as `clean` does, with its line breaks kept."""
    return "\n".join(clean(line) for line in text.splitlines()).strip()


def fold(text: str) -> str:
    """Return the comparison key of a text: no case, accents or punctuation, words separated by one space.

    A text of only signs folds to itself, so that different ones stay different and none is empty.
    """
    bare = text.lower() if text.isascii() else _without_accents(text)
    words = re.sub(r"['’‘`´]", "", bare)
    # A lone accent ("¨") has nothing left at all: then it is itself.
    return " ".join(re.findall(r"[^\W_]+", words)) or bare.strip() or text.strip()


# Letters that lose no accent in Unicode, as people type them who have no such key.
_TYPED_AS = "ø=o ł=l đ=d ð=d ħ=h ı=i þ=th æ=ae œ=oe"
_ONE_LETTER = str.maketrans(dict(pair.split("=") for pair in _TYPED_AS.split()))


def plain(text: str) -> str:
    """Return the key by which people look for a text in a list: `fold`, and "Łukasz" as lukasz."""
    return fold(text).translate(_ONE_LETTER)


# For names of schools and places, which are compared over and over.
fold_often = lru_cache(maxsize=50_000)(fold)


def _without_accents(text: str) -> str:
    decomposed = _normalized("NFKD", text).casefold()
    return "".join(c for c in _normalized("NFKD", decomposed) if not unicodedata.combining(c))


def _normalized(form: Literal["NFC", "NFKD"], text: str) -> str:
    return unicodedata.normalize(form, text if len(text) <= _MOST_MARKS else _with_few_marks(text))


def _with_few_marks(text: str) -> str:
    kept, marks = [], 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)
