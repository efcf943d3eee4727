"""Each day is exported what a restored table would lack, and nothing that says who somebody is."""

import gzip
import json
from typing import Any

import boto3
import pytest

from shared.aws import exports
from shared.aws.export_reader import whole_exports
from tests.journeys.conftest import Story


def exported(story: Story) -> dict[str, str]:
    """Return every object in the bucket of exports, unzipped."""
    client: Any = boto3.client("s3")
    bucket = story.world.template.named("export").environment["EXPORTS"]
    objects = {
        each["Key"]: client.get_object(Bucket=bucket, Key=each["Key"])["Body"].read()
        for each in client.list_objects_v2(Bucket=bucket)["Contents"]
    }
    return {key: (gzip.decompress(b) if key.endswith("gz") else b).decode() for key, b in objects.items()}


def test_each_day_has_an_export_of_mails_and_people_that_names_nobody(
    story: Story,
) -> None:
    reference = story.registers("Anna Bos", opmerkingen="bel 06-1234")
    story.world.export()
    parts, whole = exported(story).values()
    lines = [json.loads(line) for line in parts.splitlines()]
    assert json.loads(whole)["lines"] == len(lines)
    assert {line["mail"]["kind"] for line in lines if "mail" in line} == {"confirmation"}
    (person,) = (line["person"] for line in lines if "person" in line)
    assert (person["reference"], person["is_erased"]) == (reference, False)
    (anna,) = story.world.registrations()
    for secret in ("Anna", "Bos", "anna@", "berg", "1234", anna.person_key):
        assert secret not in parts


def test_an_export_is_written_in_parts_and_is_one_when_its_last_object_is_there(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "_LINES", 1)
    story.registers("Anna Bos")
    story.world.export()
    client: Any = boto3.client("s3")
    (export,) = whole_exports("Exports")
    assert len(export.parts) == 2  # her mail, and herself
    assert [mail["kind"] for mail in export.read_lines("mail")] == ["confirmation"]
    client.delete_object(Bucket="Exports", Key=f"{export.parts[0].partition('/')[0]}/{exports.WHOLE}")
    assert whole_exports("Exports") == []
