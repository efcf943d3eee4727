"""Our patches of moto change none of its answers."""

from functools import partial
from typing import Any

import boto3
import pytest
from hypothesis import given
from hypothesis import strategies as st
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.models.table import Table

from local.dynamodb import QUERY
from local.world import World

_KEYS = st.text("abC", min_size=1, max_size=3)


@pytest.fixture(scope="module")
def table() -> Any:
    """Return the table as moto holds it, with some items in three partitions."""
    with World() as world:
        name, client = world.table._store.name, boto3.client("dynamodb")
        for pk in "abC":
            for sk in ("a", "ab", "abC", "b", "C", "Ca"):
                client.put_item(TableName=name, Item={"pk": {"S": pk}, "sk": {"S": sk}})
        yield dynamodb_backends["123456789012"]["eu-west-1"].tables[name]


def _pages(query: Any, pk: str, prefix: str | None, limit: int) -> list[Any]:
    comparison, start, pages = (
        ("BEGINS_WITH", [DynamoType({"S": prefix})]) if prefix else (None, []),
        None,
        [],
    )
    while True:
        items, _, last = query(DynamoType({"S": pk}), *comparison, limit, start, True, [])
        pages += items
        if not last:  # moto's own may have one more page, with nothing on it
            return pages
        start = {name: value.to_regular_json() for name, value in last.items()}


@given(pk=_KEYS, prefix=st.none() | _KEYS, limit=st.integers(1, 7))
def test_a_query_finds_what_moto_itself_finds(table: Table, pk: str, prefix: str | None, limit: int) -> None:
    own = _pages(partial(QUERY, table), pk, prefix, limit)
    assert Table.query is not QUERY
    assert _pages(table.query, pk, prefix, limit) == own
