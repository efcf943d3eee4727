"""Makes moto's DynamoDB take as long for thousands of people as for ten, and answer the same.

Before a transaction it copies the whole table, with every record of its stream. Our transactions only put
items, each in the place of the one before, so a copy that shares the items is enough to go back to. For a
query it sorts the whole table; ours name a partition, and at most how sort keys begin: no others matter.

What costs most for ten people is spared too. In each value of an item moto looks for each of ten kinds, under
every name that a kind could have; at each call it asks Python which methods there are; and for each session
botocore, beneath it, reads the same descriptions of AWS's services from the same files.
"""

import copy
from collections import defaultdict
from functools import cache
from typing import Any

from botocore.loaders import JSONFileLoader
from moto.core import responses, utils
from moto.core.model import StructureShape
from moto.core.serialize import BaseJSONSerializer
from moto.dynamodb.models.table import StreamShard, Table

QUERY = Table.query  # as moto has it
STRUCTURE = BaseJSONSerializer._serialize_type_structure  # the same


@cache
def spare_work() -> None:
    """Have moto and botocore do no more than they must, in the whole of this process from now on."""
    Table.__deepcopy__ = _table  # type: ignore[attr-defined] # moto has none of its own
    StreamShard.__deepcopy__ = _shard  # type: ignore[attr-defined] # nor here
    Table.query = _query  # type: ignore[assignment, method-assign] # all but three arguments pass
    BaseJSONSerializer._serialize_type_structure = _value  # type: ignore[method-assign] # the same JSON
    responses.method_names_from_class = cache(utils.method_names_from_class)  # type: ignore[attr-defined] # imported there
    JSONFileLoader.load_file = staticmethod(cache(JSONFileLoader().load_file))  # type: ignore[method-assign] # by path alone


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


def _value(self: BaseJSONSerializer, serialized: Any, value: Any, shape: StructureShape, key: str) -> None:
    if shape.name != "AttributeValue" or not isinstance(value, dict):
        STRUCTURE(self, serialized, value, shape, key)
        return
    wire: dict[str, Any] = {}
    for kind, inner in value.items():
        self._serialize(wire, inner, shape.members[kind], kind)
    self._default_serialize(serialized, wire, shape, key)
