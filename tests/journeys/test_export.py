"""Each check exports what a restored table would lack, and nothing that says who somebody is."""

import gzip
import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from local.runtime import InvocationError
from tests.infra.permissions.recording import RecordingWorld
from tests.journeys.conftest import Story


@pytest.fixture(scope="module")
def _world() -> Iterator[RecordingWorld]:
    with RecordingWorld(exports=True) as world:
        yield world


def exported(story: Story) -> dict[str, str]:
    """Return every object in the bucket of exports, unzipped."""
    client: Any = boto3.client("s3")
    bucket = story.world.template.named("check").environment["EXPORTS"]
    objects = {
        each["Key"]: client.get_object(Bucket=bucket, Key=each["Key"])["Body"].read()
        for each in client.list_objects_v2(Bucket=bucket)["Contents"]
    }
    return {key: (gzip.decompress(b) if key.endswith("gz") else b).decode() for key, b in objects.items()}


def test_a_check_exports_mails_people_and_erasures_without_names_and_addresses(story: Story) -> None:
    reference = story.registers("Anna Bos", opmerkingen="bel 06-1234")
    story.world.next_day()
    parts, whole = exported(story).values()
    lines = [json.loads(line) for line in parts.splitlines()]
    assert json.loads(whole)["lines"] == len(lines)
    assert {line["mail"]["kind"] for line in lines if "mail" in line} == {"confirmation"}
    (person,) = (line["person"] for line in lines if "person" in line)
    assert (person["reference"], person["is_erased"]) == (reference, False)
    (anna,) = story.world.registrations()
    for secret in ("Anna", "Bos", "anna@", "berg", "1234", anna.person_key):
        assert secret not in parts


def test_an_export_that_fails_is_an_alarm_and_stops_no_report(story: Story) -> None:
    story.registers("Anna Bos")
    client: Any = boto3.client("s3")
    client.delete_bucket(Bucket=story.world.template.named("check").environment["EXPORTS"])
    with pytest.raises(InvocationError):
        story.world.next_day()
    assert story.kinds("info") == ["report"]
