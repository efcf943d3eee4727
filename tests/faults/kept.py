"""A moment to go back to: what moto's account holds, without playing again what led to it."""

import pickle
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from moto.dynamodb.models import dynamodb_backends

from local.account import REGION
from local.mailbox import Sent

if TYPE_CHECKING:
    from tests.faults.world import FaultyWorld


class Kept(NamedTuple):
    """The clock, the table and the mails at a moment."""

    now: datetime
    items: bytes
    sent: tuple[Sent, ...]
    records: tuple[Any, ...]

    @classmethod
    def of(cls, world: "FaultyWorld") -> "Kept":
        """Keep a world as it is."""
        return cls(
            world.now, pickle.dumps(_table(world).items), tuple(world.mailbox.sent), tuple(world.records)
        )

    def put_back(self, world: "FaultyWorld") -> None:
        """Make a world what it was; its stream does not tell of that."""
        world.now = self.now
        _table(world).items = pickle.loads(self.items)  # noqa: S301 our own, a moment ago
        world.mailbox.sent, world.mailbox.fresh = list(self.sent), []
        world.records = list(self.records)

    @staticmethod
    def forget_stream(world: "FaultyWorld") -> None:
        """Drop what the stream has told: moto copies all of it at every transaction."""
        shard = _table(world).stream_shard
        shard.starting_sequence_number += len(shard.items)
        shard.items = []


def _table(world: "FaultyWorld") -> Any:
    """Return moto's own table: its API would tell the stream, and take a request for each item."""
    (account,) = dynamodb_backends
    return dynamodb_backends[account][REGION].tables[world.template.table["TableName"]]


def items(world: "FaultyWorld", kind: str) -> list[dict[str, Any]]:
    """Return every item of a kind as it is stored, without asking any code of ours."""
    found = _table(world).items.items()
    rows = [row for pk, rows in found if pk.value.startswith(f"{kind}#") for row in rows.values()]
    return [row.to_json()["Attributes"] for row in rows]
