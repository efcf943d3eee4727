"""What stays after a deletion can be taken into a new stack."""

from typing import Any

from infra.adoption import adoption

Resources = dict[str, dict[str, Any]]


def test_everything_that_stays_can_be_adopted_and_nothing_else_is_made(made: Resources) -> None:
    kept = {
        name for name, resource in made.items() if resource.get("DeletionPolicy") == "RetainExceptOnCreate"
    }
    identifiers = {"Table": {"TableName": "tweetal-Table-1"}, "LinkSecret": {"Id": "arn:…:secret:tweetal"}}
    template, resources = adoption(made, identifiers)
    assert set(template["Resources"]) == kept == set(identifiers)
    assert resources[0] == {
        "ResourceType": "AWS::DynamoDB::Table",
        "LogicalResourceId": "Table",
        "ResourceIdentifier": {"TableName": "tweetal-Table-1"},
    }


def test_what_is_adopted_refers_to_nothing_that_is_made_later(made: Resources) -> None:
    template, _ = adoption(made, {"Table": {}, "LinkSecret": {}})
    assert not [word for word in ("Ref", "Fn::") if f'"{word}' in str(template).replace("'", '"')]
