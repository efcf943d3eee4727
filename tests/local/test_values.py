"""Every kind of value is told as moto itself tells it."""

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


def test_every_kind_of_value_comes_back_as_it_went_and_as_moto_itself_gives_it(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = boto3.client("dynamodb")
    client.put_item(TableName="tweetal", Item=ITEM)
    asked: dict[str, Any] = {"TableName": "tweetal", "Key": {"pk": ITEM["pk"], "sk": ITEM["sk"]}}
    assert client.get_item(**asked)["Item"] == ITEM
    assert BaseJSONSerializer._serialize_type_structure is not STRUCTURE
    monkeypatch.setattr(BaseJSONSerializer, "_serialize_type_structure", STRUCTURE)
    assert client.get_item(**asked)["Item"] == ITEM


def test_what_stood_in_the_way_of_a_write_is_told_too(table: Table) -> None:
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
