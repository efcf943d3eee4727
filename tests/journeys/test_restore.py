"""A table that lost items gets them back from a backup, in the order of docs/deploy.md."""

from typing import Any

import boto3

from tests.journeys.conftest import Story


def everything(table: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = [
        dict(item) for item in boto3.client("dynamodb").scan(TableName=table)["Items"]
    ]
    return [i for i in items if i["pk"]["S"].startswith(("MAIL#", "REPORT#", "REGISTRATION#"))]


def lose(table: str, items: list[dict[str, Any]]) -> None:
    for item in items:
        key = {"pk": item["pk"], "sk": item["sk"]}
        boto3.client("dynamodb").delete_item(TableName=table, Key=key)


def put_back(table: str, items: list[dict[str, Any]], *kinds: str) -> None:
    for item in items:
        if item["pk"]["S"].startswith(kinds):
            boto3.client("dynamodb").put_item(TableName=table, Item=item)


def test_whoever_is_put_back_is_not_mailed_twice(story: Story) -> None:
    world = story.world
    table = world.template.table["TableName"]
    story.registers("Jan de Vries")
    world.next_day()
    sent = [mail["kind"] for mail in world.mails()]
    backup = everything(table)
    lose(table, backup)
    put_back(table, backup, "MAIL#", "REPORT#")
    put_back(table, backup, "REGISTRATION#")
    world.pump()
    world.sweep()
    assert [r.name for r in world.registrations()] == ["Jan de Vries"]
    assert sent == ["confirmation", "report"]
    assert [mail["kind"] for mail in world.mails()] == sent
    world.next_day()
    assert [mail["kind"] for mail in world.mails()] == [*sent, "report"]


def test_without_the_records_of_mails_everybody_would_be_mailed_again(story: Story) -> None:
    world = story.world
    table = world.template.table["TableName"]
    story.registers("Jan de Vries")
    world.mails()
    backup = everything(table)
    lose(table, backup)
    put_back(table, backup, "REGISTRATION#")
    assert [mail["kind"] for mail in world.mails()] == ["confirmation", "confirmation"]
