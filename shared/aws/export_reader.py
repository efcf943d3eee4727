"""Reads the daily exports, for the operator who restores: no function imports this."""

import gzip
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

import boto3

from shared.aws.clients import CONFIG
from shared.aws.exports import WHOLE
from shared.aws.items import instant
from shared.aws.wire import translating_errors


class Export(NamedTuple):
    """One whole export: of which instant, and where its parts are."""

    at: datetime
    bucket: str
    parts: tuple[str, ...]

    def read_lines(self, kind: str) -> Iterator[Any]:
        """Yield what the lines of a kind say: `mail`, `report`, `person` or `answered`."""
        client, start = _client(), f'{{"{kind}":'
        for part in self.parts:
            with translating_errors():
                packed = client.get_object(Bucket=self.bucket, Key=part)["Body"].read()
            for line in gzip.decompress(packed).decode().splitlines():
                if line.startswith(start):
                    yield json.loads(line)[kind]


def whole_exports(bucket: str) -> Sequence[Export]:
    """Return every export that was finished, the newest first."""
    with translating_errors():
        pages = _client().get_paginator("list_objects_v2").paginate(Bucket=bucket)
        names = sorted(each["Key"] for page in pages for each in page.get("Contents", ()))
    folders = [name.removesuffix(f"/{WHOLE}") for name in names if name.endswith(f"/{WHOLE}")]
    return [
        Export(
            instant(folder), bucket, tuple(name for name in names if name.startswith(folder) and "gz" in name)
        )
        for folder in reversed(folders)
    ]


def _client() -> Any:
    return cast("Any", boto3).client("s3", config=CONFIG)
