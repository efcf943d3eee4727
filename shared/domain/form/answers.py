"""Answers: what a form sent, in one normal form, whatever the shape of its post.

An answer is a path and its texts. `a[b]`, `a.b`, objects and lists lead to one path; a pair of a label and a
value is an answer named by its label, and by its key or id.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

MAX_ANSWERS = 400  # that hold a text; far more than a form has fields
MAX_EMPTY = 5000  # with those that hold none
MAX_NAME = 300  # characters of a field's name; what is longer is cut
MAX_PARTS = 12  # of a path; what stands deeper is no form's
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_DOTTED = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8});", re.IGNORECASE)
STRUCTURE = re.compile(r"[\[.$]")

Path = tuple[str, ...]


class TooManyAnswersError(ValueError):
    """A post with more answers than any form has."""


class Answer(NamedTuple):
    """One answer: the paths under which it stands, its own place first, and its texts in their order."""

    paths: tuple[Path, ...]
    texts: tuple[str, ...]

    @property
    def name(self) -> str:
        """The path as one text: "deelnemers.0.naam"."""
        return ".".join(self.paths[0])

    @property
    def text(self) -> str:
        """All its texts, joined as DESIGN says: "docent; teamleider"."""
        return "; ".join(filter(None, (text.strip() for text in self.texts)))


def path_of(name: str) -> Path:
    """Return the path that a field's name writes: "a[b][0]", "a.b.0" and "ctl00$a$b" name a path.

    A dot in a label ("Tel. nr") is no notation: only names without spaces are split at dots.
    """
    name = name[:MAX_NAME].strip()
    if not STRUCTURE.search(name):
        return (name,)
    if "$" in name:
        return tuple(filter(None, name.split("$")))[:MAX_PARTS] or (name,)
    start = name.partition("[")[0]
    inner = _BRACKETS.findall(name[len(start) :])
    head = tuple(start.split(".")) if _DOTTED.fullmatch(start) else (start,)
    return tuple(part.strip() for part in (*head, *inner) if part.strip())[:MAX_PARTS] or (name,)


def bounded(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Return answers, or raise `TooManyAnswersError`; of empty ones there may be more."""
    few = islice(answers, MAX_EMPTY + 1)
    kept = tuple(_unescaped(each) if any("&" in text for text in each.texts) else each for each in few)
    if len(kept) > MAX_EMPTY or sum(any(answer.texts) for answer in kept) > MAX_ANSWERS:
        raise TooManyAnswersError
    return kept


def _unescaped(answer: Answer) -> Answer:
    """Return an answer as it was typed: sites send "Stad &amp; Esch", and browsers "&#351;" for what a
    page's charset lacks. Signs of mark-up stay as they are.
    """
    from html import unescape  # few texts need it

    def read(sign: re.Match[str]) -> str:
        return sign[0] if unescape(sign[0]) in "<>" else unescape(sign[0])

    return answer._replace(texts=tuple(_ENTITY.sub(read, text) for text in answer.texts))


def texts_of(values: Sequence[object]) -> Iterator[str]:
    """Yield scalar values of a document as texts; nothing for null."""
    for value in values:
        if isinstance(value, bool):
            yield "true" if value else "false"
        elif value is not None:
            yield str(value)
