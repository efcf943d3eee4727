"""Every type of value is serialized as moto itself does it."""

from typing import Any

import boto3
import pytest
from moto.core.serialize import BaseJSONSerializer

from local.dynamodb import STRUCTURE
from shared.aws.table import Table

ITEM: dict[str, Any] = {
    "pk": {"S": "PK"},
    "sk": {"S": "SK"},
    "empty": {"S": ""},
    "number": {"N": "1.5"},
    "bytes": {"B": b"\x00\xff"},
    "no": {"BOOL": False},
    "nothing": {"NULL": True},
    "texts": {"SS": ["a", "b"]},
    "numbers": {"NS": ["1", "2"]},
    "many bytes": {"BS": [b"\x00", b"\x01"]},
    "list": {"L": [{"S": "a"}, {"L": []}, {"M": {"in it": {"N": "1"}}}]},
    "map": {"M": {"S": {"S": "named as a kind is"}, "empty": {"M": {}}}},
}


def test_every_type_of_value_comes_back_unchanged_and_as_moto_itself_gives_it(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = boto3.client("dynamodb")
    client.put_item(TableName="tweetal", Item=ITEM)
    request: dict[str, Any] = {"TableName": "tweetal", "Key": {"pk": ITEM["pk"], "sk": ITEM["sk"]}}
    assert client.get_item(**request)["Item"] == ITEM
    assert BaseJSONSerializer._serialize_type_structure is not STRUCTURE
    monkeypatch.setattr(BaseJSONSerializer, "_serialize_type_structure", STRUCTURE)
    assert client.get_item(**request)["Item"] == ITEM


def test_the_item_that_blocks_a_write_is_in_the_error(table: Table) -> None:
    client = boto3.client("dynamodb")
    client.put_item(TableName="tweetal", Item=ITEM)
    with pytest.raises(client.exceptions.ConditionalCheckFailedException) as refused:
        client.put_item(
            TableName="tweetal",
            Item=ITEM,
            ConditionExpression="attribute_not_exists(pk)",
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        )
    assert refused.value.response["Item"] == ITEM  # type: ignore[typeddict-item] # botocore has it of the error
