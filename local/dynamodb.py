"""Makes moto's DynamoDB as fast for thousands of people as for ten, with the same answers.

Before a transaction, moto copies the whole table and every record of its stream. Our transactions replace
whole items, so a copy that shares the items is enough for a rollback. For a query, moto sorts the table.
Our queries name a partition, and at most a prefix of the sort key, so the other items can be left out.

moto stands in botocore's clients, and what a function sends without one (`shared/aws/direct.py`) would pass
it by; so it also stands in front of botocore's connections.

Three costs for ten people are avoided too. For each value of an item, moto looks for each of ten types under
every name that a type could have. At each call, moto asks Python for the list of methods. For each session,
botocore reads the same descriptions of AWS's services from the same files.
"""

import copy
from collections import defaultdict
from functools import cache
from typing import Any

from botocore.httpsession import URLLib3Session
from botocore.loaders import JSONFileLoader
from moto.core import responses, utils
from moto.core.model import StructureShape
from moto.core.models import botocore_stubber
from moto.core.serialize import BaseJSONSerializer
from moto.dynamodb.models.table import StreamShard, Table

QUERY = Table.query  # moto's own
SEND = URLLib3Session.send  # botocore's own
STRUCTURE = BaseJSONSerializer._serialize_type_structure  # moto's own


@cache
def speed_up() -> None:
    """Patch moto and botocore for the rest of this process."""
    URLLib3Session.send = _send  # type: ignore[method-assign] # moto first, where it plays AWS
    Table.__deepcopy__ = _copy_table  # type: ignore[attr-defined] # moto has none
    StreamShard.__deepcopy__ = _copy_shard  # type: ignore[attr-defined] # nor here
    Table.query = _query_partition  # type: ignore[assignment, method-assign] # the other arguments pass through
    BaseJSONSerializer._serialize_type_structure = _serialize_value  # type: ignore[method-assign] # the same JSON
    responses.method_names_from_class = cache(utils.method_names_from_class)  # type: ignore[attr-defined] # its own import
    JSONFileLoader.load_file = staticmethod(cache(JSONFileLoader().load_file))  # type: ignore[method-assign] # the path decides


def _send(self: URLLib3Session, request: Any) -> Any:
    return botocore_stubber("before-send", request) or SEND(self, request)


def _copy_table(self: Table, memo: dict[int, Any]) -> Table:
    copied = copy.copy(self)
    copied.items = copy.copy(self.items)
    copied.items.update({key: dict(items) for key, items in self.items.items()})
    copied.stream_shard = copy.deepcopy(self.stream_shard, memo)
    return copied


def _copy_shard(self: StreamShard, _memo: dict[int, Any]) -> StreamShard:
    copied = copy.copy(self)
    copied.items = list(self.items)
    return copied


def _query_partition(
    self: Table, hash_key: Any, comparison: str | None, values: list[Any], *more: Any, **named: Any
) -> Any:
    items = self.items.get(hash_key, {})
    if comparison == "BEGINS_WITH":
        items = {key: item for key, item in items.items() if key.value.startswith(values[0].value)}
    partition = copy.copy(self)
    partition.items = defaultdict(dict, {hash_key: items})
    return QUERY(partition, hash_key, comparison, values, *more, **named)


def _serialize_value(
    self: BaseJSONSerializer, serialized: Any, value: Any, shape: StructureShape, key: str
) -> None:
    if shape.name != "AttributeValue" or not isinstance(value, dict):
        STRUCTURE(self, serialized, value, shape, key)
        return
    wire: dict[str, Any] = {}
    for kind, inner in value.items():
        self._serialize(wire, inner, shape.members[kind], kind)
    self._default_serialize(serialized, wire, shape, key)
