"""What we read of DynamoDB's values is what boto3 reads."""

from typing import Any

from boto3.dynamodb.types import TypeDeserializer
from hypothesis import given
from hypothesis import strategies as st

from shared.aws.wire import from_wire, to_wire

_TEXTS = st.text(max_size=5)
_VALUES = st.recursive(
    st.one_of(_TEXTS, st.integers(-(10**9), 10**9), st.booleans(), st.none(), st.binary(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_TEXTS, inner, max_size=3)),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["S", "M", "N", "name"]), _VALUES))
def test_an_item_reads_as_boto3_reads_it(item: dict[str, Any]) -> None:
    wire = to_wire(item)
    assert from_wire(wire) == {key: TypeDeserializer().deserialize(value) for key, value in wire.items()}
