"""Which schools to suggest to someone who is still typing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from shared.domain.schools.matching.names import words
from shared.domain.schools.matching.places import place_key, place_words
from shared.domain.text import fold

if TYPE_CHECKING:
    from shared.domain.schools.matching.register import Vestiging

_LEAST = 2  # letters, before anything is worth suggesting
_MOST = 8  # words; what is pasted is cut off there
_WHOLE, _BEGUN = 3.0, 2.0
_FORMERLY = 0.5  # a word of its official or former name only
_NEAR = 78  # of 100, by the letters that two words share: "montesori", "lyceun"


class Suggestions:
    """The words of a register, by which its vestigingen are found."""

    def __init__(self, rows: Sequence[Vestiging]) -> None:
        self._rows = rows
        self._having: dict[str, dict[int, float]] = defaultdict(dict)
        for number, row in enumerate(rows):
            also = _words(*row.names, row.name)
            own = _words(row.title, row.place, row.brin, row.code) | place_words(place_key(row.place))
            for word in own | also:
                self._having[word][number] = 1.0 if word in own else _FORMERLY
        self._every = sorted(self._having)

    def of(self, typed: str, most: int = 10) -> list[Vestiging]:
        """Return the vestigingen with the most of the typed words in name, place or BRIN; best first."""
        asked = fold(typed).split()[:_MOST]
        if sum(map(len, asked)) < _LEAST:
            return []
        hits: Counter[int] = Counter()
        points: Counter[int] = Counter()
        for word in asked:
            for number, score in self._found(word).items():
                hits[number] += 1
                points[number] += round(100 * score)
        best = max(hits.values(), default=0)
        named = sorted((n for n in hits if hits[n] == best), key=lambda n: (-points[n], self._order(n)))
        return [self._rows[n] for n in named[:most]]

    def _found(self, word: str) -> dict[int, float]:
        """Return who has a word, or one that begins so, or else one near it; with how well it fits."""
        near = {w: _WHOLE if w == word else _BEGUN for w in self._every if w.startswith(word)}
        if not near and len(word) > 3:
            close = process.extract(word, self._every, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=8)
            near = {w: ratio / 100 for w, ratio, _ in close}
        found: dict[int, float] = {}
        for spelling, score in near.items():
            for number, weight in self._having[spelling].items():
                found[number] = max(weight * score, found.get(number, 0.0))
        return found

    def _order(self, number: int) -> tuple[int, str, str]:
        row = self._rows[number]
        return len(row.title), row.title, row.code


def _words(*texts: str) -> set[str]:
    return {word for text in texts for word in (*fold(text).split(), *words(text))}
