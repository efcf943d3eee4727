"""Makes moto's DynamoDB take as long for thousands of people as for ten, and answer the same.

Before a transaction it copies the whole table, with every record of its stream. Our transactions only put
items, each in the place of the one before, so a copy that shares the items is enough to go back to. For a
query it sorts the whole table; ours name a partition, and at most how sort keys begin: no others matter.
"""

import copy
from collections import defaultdict
from typing import Any

from moto.dynamodb.models.table import StreamShard, Table

QUERY = Table.query  # as moto has it


def spare_work() -> None:
    """Have moto copy and sort no more of a table than it must."""
    Table.__deepcopy__ = _table  # type: ignore[attr-defined] # moto has none of its own
    StreamShard.__deepcopy__ = _shard  # type: ignore[attr-defined] # nor here
    Table.query = _query  # type: ignore[assignment, method-assign] # all but three arguments pass


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


def _query(
    self: Table, hash_key: Any, comparison: str | None, values: list[Any], *more: Any, **named: Any
) -> Any:
    items = self.items.get(hash_key, {})
    if comparison == "BEGINS_WITH":
        items = {key: item for key, item in items.items() if key.value.startswith(values[0].value)}
    narrow = copy.copy(self)
    narrow.items = defaultdict(dict, {hash_key: items})
    return QUERY(narrow, hash_key, comparison, values, *more, **named)
