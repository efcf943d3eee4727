"""Which vestiging someone means who typed a school's name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from shared.domain.schools.matching.candidate import Candidate
from shared.domain.schools.matching.likeness import Likeness
from shared.domain.schools.matching.names import words
from shared.domain.schools.matching.places import place_key
from shared.domain.schools.matching.register import Register, Vestiging
from shared.domain.schools.matching.typed import Reading, Typed, brin_of, read
from shared.domain.schools.matching.weigh import weigh

Sureness = Literal["sure", "unsure", "unknown"]

# Two independent clues at least, such as a whole name and its place; the weights are in `candidate`.
_SURE = 4.0
_MARGIN = 1.0


@dataclass(frozen=True, slots=True)
class Match:
    """The vestiging that is meant, or the candidates for it, and why, in Dutch."""

    sureness: Sureness
    vestiging: Vestiging | None
    candidates: tuple[Vestiging, ...]
    why: str


def alias_key(typed: Typed) -> str:
    """Return the key under which an organiser's answer about a typing is remembered."""
    return f"{' '.join(words(typed.name))}|{place_key(typed.place)}"


def match(typed: Typed, register: Register, aliases: Mapping[str, str] | None = None) -> Match:
    """Find the vestiging that a typing means; `aliases` holds codes of vestigingen by `alias_key`."""
    reading, code = read(typed, register), brin_of(typed)
    if rows := register.index.by_brin.get(code[:4], []):
        return _by_brin(reading, rows, code, register)
    if remembered := register.by_code.get((aliases or {}).get(alias_key(typed), "")):
        return _sure(remembered, "dit is eerder zo beslist")
    if ranked := weigh(reading, register):
        return _decide(reading, ranked)
    return Match("unknown", None, (), "Geen school in het register lijkt hierop.")


def _by_brin(reading: Reading, rows: list[Vestiging], code: str, register: Register) -> Match:
    if code in register.by_code:
        return _sure(register.by_code[code], f"de code {code} is ingevuld")
    ranked = [c.row for c in weigh(reading, register) if c.row in rows]
    return _sure((ranked or rows)[0], f"het BRIN-nummer {code[:4]} is ingevuld")


def _decide(reading: Reading, ranked: list[Candidate]) -> Match:
    best = ranked[0]
    rivals = [c for c in ranked[1:] if best.points - c.points < _MARGIN and not best.is_same_school(c)]
    of_group = best.entry.name.group and len(reading.names) == 1
    doubtful = reading.doubtful or of_group
    if best.points >= _SURE and best.like > Likeness.NONE and not rivals and not doubtful:
        return _sure(best.row, best.because)
    return Match("unsure", None, _several(c.row for c in ranked), _doubt(best, rivals, doubtful))


def _sure(row: Vestiging, because: str) -> Match:
    return Match("sure", row, (row,), f"Dit is {row.called}: {because}.")


def _several(rows: Iterable[Vestiging]) -> tuple[Vestiging, ...]:
    return tuple(dict.fromkeys(rows))[:5]


def _doubt(best: Candidate, rivals: list[Candidate], doubtful: bool) -> str:
    if doubtful:
        return f"Dit klinkt niet als de naam van één middelbare school; misschien is het {best.row.called}."
    if rivals:
        return f"Dit kan {best.row.called} zijn, maar ook {rivals[0].row.called}."
    return f"Misschien is dit {best.row.called}: {best.because}, maar dat is te weinig om zeker te zijn."
