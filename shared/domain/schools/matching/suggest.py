"""Which schools to suggest to someone who is still typing."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from shared.domain.schools.matching.names import words
from shared.domain.schools.matching.places import place_key, place_words
from shared.domain.schools.matching.vestiging import Vestiging
from shared.domain.text import fold

_FEWEST_LETTERS = 2  # with fewer, nothing is worth suggesting
_MOST_WORDS = 8  # the rest of a pasted text is ignored
_WHOLE_WORD, _WORD_START = 3.0, 2.0
_OTHER_NAME = 0.5  # for a word that only the official or a former name has
_SIMILARITY = 78  # of 100, by the letters that two words share: "montesori", "lyceun"


class Suggestions:
    """The words of a register, each with the vestigingen that have it."""

    def __init__(self, rows: Sequence[Vestiging]) -> None:
        self._rows = rows
        self._weights: dict[str, dict[int, float]] = defaultdict(dict)
        for number, row in enumerate(rows):
            others = _split(*row.names, row.name)
            own = _split(row.title, row.place, row.brin, row.code) | place_words(place_key(row.place))
            for word in own | others:
                self._weights[word][number] = 1.0 if word in own else _OTHER_NAME
        self._words = sorted(self._weights)

    def find(self, typed: str, most: int = 10) -> list[Vestiging]:
        """Return the vestigingen with the most of the typed words in name, place or BRIN; best first."""
        typed_words = fold(typed).split()[:_MOST_WORDS]
        if sum(map(len, typed_words)) < _FEWEST_LETTERS:
            return []
        hits: Counter[int] = Counter()
        points: Counter[int] = Counter()
        for word in typed_words:
            for number, score in self._score(word).items():
                hits[number] += 1
                points[number] += round(100 * score)
        best = max(hits.values(), default=0)
        ranked = sorted((n for n in hits if hits[n] == best), key=lambda n: (-points[n], self._sort_key(n)))
        return [self._rows[n] for n in ranked[:most]]

    def _score(self, word: str) -> dict[int, float]:
        """Score the rows that have a word or one that starts with it, or else a word near it."""
        near = {w: _WHOLE_WORD if w == word else _WORD_START for w in self._words if w.startswith(word)}
        if not near and len(word) > 3:
            close = process.extract(word, self._words, scorer=fuzz.ratio, score_cutoff=_SIMILARITY, limit=8)
            near = {w: ratio / 100 for w, ratio, _ in close}
        scores: dict[int, float] = {}
        for spelling, score in near.items():
            for number, weight in self._weights[spelling].items():
                scores[number] = max(weight * score, scores.get(number, 0.0))
        return scores

    def _sort_key(self, number: int) -> tuple[int, str, str]:
        row = self._rows[number]
        return len(row.title), row.title, row.code


def _split(*texts: str) -> set[str]:
    return {word for text in texts for word in (*fold(text).split(), *words(text))}
