"""A season in which everything happens that somebody is mailed about, and what is left of it."""

from datetime import datetime
from typing import Any

import boto3

from local.world import World
from tests.journeys.conftest import Story
from tests.journeys.scanner import links_of

FORM = {"content-type": "application/x-www-form-urlencoded"}


def at(world: World, text: str) -> None:
    world.set_clock(datetime.fromisoformat(text))


def acts(story: Story, name: str, body: str) -> None:
    link = next(w for mail in reversed(story.mails(to=name)) for w in mail["text"].split() if "/me/" in w)
    path = "/" + link.partition("//")[2].partition("/")[2]
    assert story.world.http("POST", path, FORM, body).status in (200, 303)


def before_the_deadline(story: Story) -> None:
    """Everything that registrants do in time: alone, with a colleague, gone, robbed of a link."""
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email="bram@berg.example")
    story.registers("Carla Smit", "Dalcollege")
    story.registers("Dirk Visser", "Eikcollege")
    story.registers("Els Meijer", "Eikcollege")
    story.registers("Fien Mulder", "Fjordcollege")
    story.registers("Carla Smit", "Dalcollege", functie="rector")
    acts(story, "carla", "action=invite&colleague_email=kim%40dal.example")
    acts(story, "els", "action=cancel&sure=yes")
    acts(story, "dirk", "action=links&sure=yes")
    acts(story, "dirk", "action=data&sure=yes")
    acts(story, "fien", "action=revoke&sure=yes")
    at(story.world, "2023-04-12T07:00:00+02:00")
    story.world.check()


def after_the_deadline(story: Story) -> None:
    """The decision, somebody who was too late, a place given away, and a school that may repair itself."""
    at(story.world, "2023-04-15T07:00:00+02:00")
    story.world.check()
    story.registers("Gijs Laat", "Grachtcollege")
    acts(story, "bram", "action=cancel&sure=yes")
    acts(story, "fien", "action=replace&colleague_name=Hugo+Pot&colleague_email=hugo%40fjord.example")
    story.world.next_day()


def everything(world: World) -> list[dict[str, Any]]:
    """Return every item of the table but the counts of refused posts, and what went out of it."""
    items = boto3.client("dynamodb").scan(TableName=world.template.table["TableName"])["Items"]
    found = [item for item in items if not item["sk"]["S"].startswith("REFUSED-")]
    return [*sorted(found, key=lambda item: (item["pk"]["S"], item["sk"]["S"])), {"mails": world.mails()}]


def all_links(world: World) -> list[str]:
    return sorted({link for mail in world.mails() for link in links_of(mail, world.base_url)})
