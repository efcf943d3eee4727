"""What becomes of the links in mails over a season: the same until they are revoked, and never kept."""

import json
from datetime import datetime

import boto3

from shared.aws.secrets import link_keys
from tests.journeys.conftest import Story


def mailed(story: Story, part: str, to: str = "anna") -> str:
    """Return the path of the latest link of a kind that somebody was mailed."""
    links: list[str] = [w for mail in story.mails(to=to) for w in mail["text"].split() if part in w]
    return "/" + links[-1].partition("//")[2].partition("/")[2]


def status(story: Story, path: str) -> int:
    return story.world.http("GET", path).status


def test_a_link_that_was_forwarded_by_mistake_stops_and_a_new_one_is_mailed(story: Story) -> None:
    story.registers("Anna Bos")
    old_page, old_forward = mailed(story, "/me/"), mailed(story, "/join/")
    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = story.world.http("POST", old_page, headers, "action=revoke&sure=yes")
    assert answer.status == 200
    assert story.kinds("anna") == ["confirmation", "links"]
    assert (status(story, old_page), status(story, old_forward)) == (404, 404)
    assert (status(story, mailed(story, "/me/")), status(story, mailed(story, "/join/"))) == (200, 200)
    assert mailed(story, "/me/").rpartition("/")[2] not in answer.body.decode()


def test_a_colleague_reads_who_invites_by_first_name_and_a_preview_of_the_link_names_nobody(
    story: Story,
) -> None:
    story.registers("ANNA BOS")
    head, _, body = story.world.http("GET", mailed(story, "/join/")).text.partition("<style>")
    assert "Anna nodigt je uit om mee te doen." in body
    assert "anna" not in head.lower() + body.lower().replace("anna nodigt", "")
    story.registers("mevrouw De Vries", "Dalcollege", email="vries@dal.example")
    assert "nodigt" not in story.world.http("GET", mailed(story, "/join/", "vries")).text


def test_a_registration_has_the_same_link_in_every_mail_until_it_is_revoked(story: Story) -> None:
    story.registers("Anna Bos")
    story.registers("Bram Kuipers")
    story.world.set_clock(datetime.fromisoformat("2023-04-15T07:00:00+02:00"))
    story.world.check()
    links = [word for mail in story.mails(to="anna") for word in mail["text"].split() if "/me/" in word]
    assert len(story.kinds("anna")) == 3
    assert len(set(links)) == 1


def test_an_organisers_links_and_sessions_stop_when_the_networks_file_says_so(story: Story) -> None:
    story.world.check()
    old = mailed(story, "/organiser/", "info")
    toml = story.world.table.networks()["plg-2023"]
    story.world.apply_network(toml.replace("[organiser]", "[organiser]\nlinks_version = 1"))
    assert status(story, old) == 404
    story.world.next_day()
    new = mailed(story, "/organiser/", "info")
    assert (new != old, status(story, new)) == (True, 200)


def test_keys_are_rotated_without_breaking_a_link_that_was_mailed(story: Story) -> None:
    story.registers("Anna Bos")
    old, secret = mailed(story, "/me/"), story.world.template.named("mail").environment["LINK_SECRET"]
    before = link_keys(secret)
    keep(story, secret, [*before, "a newer key"])
    story.registers("Bram Kuipers")
    assert (status(story, old), status(story, mailed(story, "/me/", "bram"))) == (200, 200)
    keep(story, secret, ["a newer key"])
    assert (status(story, old), status(story, mailed(story, "/me/", "bram"))) == (404, 200)


def keep(story: Story, secret: str, keys: list[str]) -> None:
    """Put keys in the secret; functions read it when they start."""
    boto3.client("secretsmanager").put_secret_value(SecretId=secret, SecretString=json.dumps(keys))
    story.world.set_clock(story.world.now)


def test_no_token_is_stored_or_logged(story: Story) -> None:
    story.registers("Anna Bos")
    story.world.check()
    tokens = [mailed(story, "/me/"), mailed(story, "/join/"), mailed(story, "/organiser/", "info")]
    for path in tokens:
        status(story, path)
    table = boto3.client("dynamodb").scan(TableName=story.world.template.table["TableName"])
    logged = "\n".join(line.text for line in story.world.log.lines)
    assert logged
    for path in tokens:
        assert path.rpartition("/")[2] not in json.dumps(table, default=str) + logged
