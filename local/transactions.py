"""Makes moto's transactions cheap: it copies the whole table before each, with every record of its stream.

That takes seconds once there are thousands of people. Our transactions only put items, each in the place of
the one before, so a copy that shares the items is enough to go back to.
"""

import copy
from typing import Any

from moto.dynamodb.models.table import StreamShard, Table


def share_items() -> None:
    """Have copies of a table, and of its stream, share what is in them."""
    Table.__deepcopy__ = _table  # type: ignore[attr-defined] # moto has none of its own
    StreamShard.__deepcopy__ = _shard  # type: ignore[attr-defined] # nor here


def _table(self: Table, memo: dict[int, Any]) -> Table:
    copied = copy.copy(self)
    copied.items = copy.copy(self.items)
    copied.items.update({key: dict(items) for key, items in self.items.items()})
    copied.stream_shard = copy.deepcopy(self.stream_shard, memo)
    return copied


def _shard(self: StreamShard, _memo: dict[int, Any]) -> StreamShard:
    copied = copy.copy(self)
    copied.items = list(self.items)
    return copied
