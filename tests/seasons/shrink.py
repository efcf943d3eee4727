"""Makes a season that breaks smaller, until nothing can be left out of it (delta debugging)."""

from collections.abc import Callable, Sequence

from tests.seasons.play import play
from tests.seasons.script import Act, Season

Tell = Callable[[int], None]


def shrunk(season: Season, broken: str, tell: Tell = lambda _: None) -> Season:
    """Return the smallest part of a season that we find in which the same kind of thing breaks."""
    acts = list(season.acts)
    size = max(1, len(acts) // 2)
    while size:
        kept = _without(season, acts, size, broken)
        tell(len(kept))
        if len(kept) == len(acts):
            size //= 2
        acts = kept
    return season._replace(acts=tuple(_fair(season, acts, broken)))


def _without(season: Season, acts: list[Act], size: int, broken: str) -> list[Act]:
    """Leave out every run of so many acts without which it breaks all the same, from the end on."""
    for start in range((len(acts) - 1) // size * size, -1, -size):
        fewer = acts[:start] + acts[start + size :]
        if _breaks(season, fewer, broken):
            acts = fewer
    return acts


def _fair(season: Season, acts: list[Act], broken: str) -> list[Act]:
    """Take away the bad luck that is not needed."""
    for at, act in enumerate(acts):
        fairer = [*acts[:at], act._replace(luck=0), *acts[at + 1 :]]
        if act.luck and _breaks(season, fairer, broken):
            acts = fairer
    return acts


def _breaks(season: Season, acts: Sequence[Act], broken: str) -> bool:
    # Where a claim was untrue or could not be read, only the reader notices.
    breakage = play(season._replace(acts=tuple(acts)), reads=_is_read(broken)).broken
    return bool(breakage) and kind(breakage) == kind(broken)


def _is_read(broken: str) -> bool:
    return "“" in broken or "read" in broken


def kind(broken: str) -> str:
    """Return what sort of thing broke: its words, without the names and numbers in them."""
    first = broken.splitlines()[0]
    return " ".join(word for word in first.split() if word.isalpha() and word.islower())
