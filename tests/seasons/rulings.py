"""What an organiser rules on how people typed their schools, and who must be together or apart by that."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.seasons.cast import Typing
from tests.seasons.rows import COUNTED, Row
from tests.seasons.standing import Part


class Ruling(NamedTuple):
    """What was ruled on how two people typed their school, or on how one did; `undo` takes it back."""

    kind: str
    rows: tuple[Row, ...]
    typings: tuple[Typing, ...]
    undo: str

    @property
    def holds(self) -> bool:
        """Whether those who typed it so are still there, and say nothing else since."""
        return self.typings == tuple(r.root for r in self.rows) and all(r.state in COUNTED for r in self.rows)


@dataclass
class Rulings:
    """Everything that was ruled, and not taken back."""

    of: dict[frozenset[tuple[str, ...]], Ruling] = field(default_factory=dict)

    def wrong(self, parts: Sequence[Part]) -> Iterator[str]:
        """Yield what was ruled one school and is two, or the other way round."""
        for ruling in (ruling for ruling in self.of.values() if ruling.holds):
            part = next(part for part in parts if ruling.rows[0] in part)
            names = [row.root[1:4] for row in ruling.rows]
            together = ruling.rows[-1] in part
            if ruling.kind != "is" and together is not (ruling.kind == "same"):
                yield f"these were ruled {ruling.kind}: {names}"
            if ruling.kind == "is" and any(_is_of(row, ruling) and row not in part for row in _all(parts)):
                yield f"this was ruled to be a school of which it is not: {names}"

    def mistaken(self) -> set[str]:
        """Return the schools of which people were ruled apart."""
        alike = (r for r in self.of.values() if r.kind == "different")
        return {r.typings[0].school for r in alike if r.typings[0].school == r.typings[1].school}


def _is_of(row: Row, ruling: Ruling) -> bool:
    """Say whether somebody surely means the school that a typing was ruled to be."""
    return row.root.sure and row.root.school == ruling.typings[0].school and row.state in COUNTED


def _all(parts: Iterable[Part]) -> Iterator[Row]:
    return (row for part in parts for row in part)
