"""A moment to go back to: what moto's account holds, without playing again what led to it."""

from typing import TYPE_CHECKING, Any, NamedTuple

from tests.moment import Moment, stored

if TYPE_CHECKING:
    from tests.faults.world import FaultyWorld


class Kept(NamedTuple):
    """A moment, the records of the stream until then, and how often chance was asked for."""

    moment: Moment
    records: tuple[Any, ...]
    numbers: int

    @classmethod
    def of(cls, world: "FaultyWorld") -> "Kept":
        """Keep a world as it is."""
        return cls(Moment.of(world), tuple(world.records), world.numbers)

    def put_back(self, world: "FaultyWorld") -> None:
        """Make a world what it was; its stream does not tell of that."""
        self.moment.put_back(world)
        world.records, world.numbers = list(self.records), self.numbers


def items(world: "FaultyWorld", kind: str) -> list[dict[str, Any]]:
    """Return every item of a kind as it is stored, without asking any code of ours."""
    partitions = stored(world).items.items()
    rows = [row for pk, rows in partitions if pk.value.startswith(f"{kind}#") for row in rows.values()]
    return [row.to_json()["Attributes"] for row in rows]
