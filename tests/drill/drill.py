"""The drill: a season is played, the table is lost, and `tweetal restore` brings it back.

The emulator cannot restore a table to a moment, so the drill copies it at that moment instead.
"""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta
from itertools import chain
from typing import Any
from unittest.mock import patch

import boto3
from typer.testing import CliRunner, Result

from cli import person, restore
from cli.main import app
from local.world import World
from shared.aws import stack
from shared.aws.restoring import Restoring
from shared.aws.ses_tags import ids_in
from shared.aws.stack import StackDescription


class Drill:
    """A world whose table is copied, lost and restored."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.table: str = world.template.table["TableName"]
        self.copied_at = world.now
        self.acts: list[str] = []  # of the command on functions

    def copies(self) -> None:
        """Copy the table, as AWS restores it to this moment."""
        self.world.pump()
        self.copied_at = self.world.now + timedelta(seconds=1)
        schema = {
            key: value for key, value in self.world.template.table.items() if key != "StreamSpecification"
        }
        _client().create_table(**{**schema, "TableName": f"{self.table}-restored"})
        for item in self.items():
            _client().put_item(TableName=f"{self.table}-restored", Item=item)

    def loses(self, *kinds: str) -> None:
        """Lose every item of some kinds, or of all."""
        self.world.pump()
        for item in self.items():
            if item["pk"]["S"].startswith(kinds or ("",)):
                _client().delete_item(TableName=self.table, Key={"pk": item["pk"], "sk": item["sk"]})
        self.world.pump()

    def items(self) -> list[dict[str, Any]]:
        """Return every item of the table, as on the wire."""
        pages = _client().get_paginator("scan").paginate(TableName=self.table)
        return [item for page in pages for item in page["Items"]]

    def runs(self, *words: str, typed: str = "") -> Result:
        """Run `tweetal restore` as an operator does, at the time of the world."""
        at = f"{self.copied_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        with self._operator():
            return CliRunner().invoke(app, ("restore", "--at", at, *words), typed, {"COLUMNS": "200"})

    def restores(self, *words: str) -> Any:
        """Restore everything, and return what the command says."""
        result = self.runs("--yes", "--json", *words)
        assert result.exit_code == 0, (result.output, result.exception)
        return json.loads(result.stdout)

    def stops_halfway(self, after: int) -> None:
        """Run the command until it has put back so many items, and have it fail there."""
        put, done = Restoring.put_back, Counter[str]()

        def puts(restoring: Restoring, piece: Any) -> bool:
            done["items"] += 1
            if done["items"] > after:
                raise ConnectionError("the operator's network")
            return put(restoring, piece)

        with patch.object(Restoring, "put_back", puts):
            assert self.runs("--yes").exit_code == 1

    def erases(self, email: str) -> None:
        """Have the operator erase somebody who requests it."""
        words = ("person", "erase", email, "--by", "Els", "--yes", "--table", self.table)
        with self._operator():
            assert CliRunner().invoke(app, words).exit_code == 0

    @contextmanager
    def _operator(self) -> Iterator[None]:
        """Stand at the operator's desk: the stack as CloudFormation tells it, and the time of the world."""
        functions = {name: ("AWS::Lambda::Function", name.lower()) for name in ("Mail", "Check")}
        outputs = {"TableName": self.table, "ExportsBucket": "Exports", "LinkSecretArn": "LinkSecret"}
        parameters = {"SenderEmail": "aanmelden@x.example"}
        description = StackDescription("UPDATE_COMPLETE", self.world.now, parameters, outputs, functions)
        with (
            patch.object(stack, "describe_stack", lambda _: description),
            patch.object(stack, "stop_function", lambda name: self.acts.append(f"stop {name}")),
            patch.object(stack, "let_function_run", lambda name: self.acts.append(f"run {name}")),
            patch.object(restore, "now", lambda: self.world.now),
            patch.object(person, "now", lambda: self.world.now),
            patch.object(restore, "_AT_ONCE", 1),  # moto loses writes otherwise
            patch("time.sleep", lambda _: self.acts.append("wait")),
        ):
            yield

    def mailed(self) -> Counter[str]:
        """Return how often each mail went out, by its id."""
        self.world.pump()
        ids = (
            ids_in({name: [value] for name, value in sent.tags.items()}) for sent in self.world.mailbox.sent
        )
        return Counter(chain.from_iterable(ids))


def _client() -> Any:
    return boto3.client("dynamodb")
