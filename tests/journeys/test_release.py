"""A release mails nobody: a season that the release before it played halfway, and what happens after."""

import re
from datetime import timedelta
from typing import Any

import boto3
import pytest

from tests.journeys.conftest import Story
from tests.journeys.test_moved_deadline import at, deadline, mornings, words

# What the release before did not write, by the kind of item.
NEW = {"MAIL": ("deadline",), "REGISTRATION": ("reminded_of",), "NETWORK": ("closes_at", "sessions")}


def as_stored_before(story: Story) -> None:
    """Have the table hold what the release before would have stored."""
    name = story.world.template.table["TableName"]
    client = boto3.client("dynamodb")
    for item in client.scan(TableName=name, ConsistentRead=True)["Items"]:
        new = NEW.get(item["pk"]["S"].partition("#")[0], ())
        before: dict[str, Any] = {key: value for key, value in item.items() if key not in new}
        before["sk"] = {"S": re.sub(r"-reminder-\d{8}-", "-reminder-", item["sk"]["S"])}
        if before != item:
            client.delete_item(TableName=name, Key={"pk": item["pk"], "sk": item["sk"]})
            client.put_item(TableName=name, Item=before)


def upgrade(story: Story) -> list[dict[str, Any]]:
    """Have this release find the table of the one before and sweep for two hours; return its mails."""
    as_stored_before(story)
    before = len(story.mails())
    for _ in range(8):
        story.world.set_clock(story.world.now + timedelta(minutes=15))
    return story.mails()[before:]


def test_a_deadline_that_moved_before_the_release_mails_nobody_and_the_next_move_does(story: Story) -> None:
    story.registers("Anna Bos")
    story.registers("Bram Kuipers", "Dalcollege", collega_naam="Eva Pot", collega_email="eva@dal.example")
    mornings(story, "03-31", "04-06")
    deadline(story, "04-21")
    assert upgrade(story) == []
    for hour in ("08", "09", "20"):
        at(story, f"04-06T{hour}:00")
    mornings(story, "04-07", "04-11", "04-14")
    assert story.kinds("anna") == ["confirmation", "reminder", "reminder"]
    assert story.mails("deadline") == []
    deadline(story, "05-05")
    at(story, "04-14T10:00")
    assert {mail["to"][0] for mail in story.mails("deadline")} == {
        *("anna@berg.example", "bram@berg.example", "eva@dal.example"),
    }
    # She read 14 April, and the release before did not note it: nothing is claimed of that.
    text = words(story.mails("deadline", "anna")[0])
    assert "kon tot en met" not in text
    assert "aanmelden kan nu tot en met vrijdag 5 mei 2023" in text


def test_a_window_that_was_opened_again_before_the_release_mails_nobody(story: Story) -> None:
    story.registers("Anna Bos")
    mornings(story, "04-12", "04-15")
    story.registers("Carla Smit", "Dalcollege")
    deadline(story, "05-05")
    assert upgrade(story) == []
    mornings(story, "04-16", "04-17")
    assert story.kinds("anna") == ["confirmation", "reminder", "held"]
    assert story.kinds("carla") == ["late"]


@pytest.mark.parametrize("kind", NEW)
def test_the_release_before_is_played_as_it_was(story: Story, kind: str) -> None:
    story.registers("Anna Bos")
    mornings(story, "03-31")
    as_stored_before(story)
    items = boto3.client("dynamodb").scan(TableName=story.world.template.table["TableName"])["Items"]
    mine = [item for item in items if item["pk"]["S"].startswith(f"{kind}#")]
    assert mine
    assert not any(key in item for key in NEW[kind] for item in mine)
