"""A moment of a local stack to go back to, without playing again what led to it."""

import pickle
from datetime import datetime
from itertools import count
from typing import Any, NamedTuple, Self

from moto.dynamodb.models import dynamodb_backends

from local.account import REGION
from local.mailbox import Sent
from local.world import World


class Moment(NamedTuple):
    """The clock, the table and the mails at a moment."""

    now: datetime
    items: bytes
    sent: tuple[Sent, ...]

    @classmethod
    def of(cls, world: World) -> Self:
        """Return the moment at which a world is now."""
        return cls(world.now, pickle.dumps(stored(world).items), tuple(world.mailbox.sent))

    def put_back(self, world: World) -> None:
        """Bring a world back to this moment; its stream does not tell of that."""
        world.now = self.now
        stored(world).items = pickle.loads(self.items)  # noqa: S301 our own, a moment ago
        world.mailbox.sent, world.mailbox.fresh = list(self.sent), []
        world._aftermath.skip(world.now)
        world._ids = count(1000)  # the requests before this moment had lower ones


def stored(world: World) -> Any:
    """Return moto's own table: its API would tell the stream, and take a request for each item."""
    (account,) = dynamodb_backends
    return dynamodb_backends[account][REGION].tables[world.template.table["TableName"]]
