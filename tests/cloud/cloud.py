"""The emulator with the stack in it, and what people see of both."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import boto3

from shared.aws import keys
from shared.aws.store import Store
from shared.aws.table import Table
from shared.domain.outbox import MailState
from shared.domain.registration.registration import Registration
from tests.cloud.mailbox import Mailbox, until
from tests.cloud.site import Visitor, expect
from tests.cloud.stack import Stack, tweetal

Items = Mapping[tuple[str, str], Mapping[str, Any]]  # by partition and sort key
_STORED_ANEW = (keys.STREAM, keys.members_of(""))


@dataclass
class Cloud:
    """The emulator, with the stack and what people see of it."""

    url: str
    stack: Stack
    network: str = ""

    @property
    def mailbox(self) -> Mailbox:
        """Everybody's mail."""
        return Mailbox(self.url)

    @property
    def table(self) -> Table:
        """The stack's table."""
        return Table(Store(self.table_name))

    @property
    def table_name(self) -> str:
        """The name of the stack's table."""
        return self.stack.outputs["TableName"]

    def visitor(self) -> Visitor:
        """Return somebody who has not been here before."""
        return Visitor(self.url, self.stack.resources)

    def person(self, email: str) -> Registration:
        """Return a registration as it is stored."""
        (person,) = (r for r in self.table.registrations(self.network) if r.email == email)
        return person

    def command(self, *words: str) -> Any:
        """Give a command about the table, and return what it prints as JSON."""
        return json.loads(tweetal(*words, "--json", TABLE=self.table_name))

    def items(self) -> Items:
        """Return everything in the table, once no function writes to it any longer."""
        return items_of(self.table_name)

    def register(self, name: str, email: str, school: str) -> str:
        """Register somebody as a form with a script does, and return the reference."""
        path = f"/networks/{self.network}/registrations"
        answer = self.visitor().sends_json(path, name=name, email=email, school=school)
        return str(expect(201, answer).json()["reference"])

    def wait_for_state(self, mail: str, state: MailState) -> None:
        """Wait until a mail is in a state."""
        what = f"{mail} is not {state}"
        until(lambda: any(m.id == mail and m.state is state for m in self.table.mails(self.network)), what)


def items_of(table: str) -> Items:
    """Return what a table has by its keys, once nothing in it has changed for three seconds.

    A function stores what it did after SES has the mail. Left out is what each sweep stores anew, and one may
    run at any time: where it is in the stream, and with whom everybody was grouped.
    """

    def look() -> Items | None:
        before = _scan(table)
        time.sleep(3)
        return before if before == _scan(table) else None

    return until(look, f"something in {table} still changes") or {}


def _scan(table: str) -> Items:
    pages = boto3.client("dynamodb").get_paginator("scan").paginate(TableName=table)
    items = {(item["pk"]["S"], item["sk"]["S"]): item for page in pages for item in page["Items"]}
    return {key: item for key, item in items.items() if not key[0].startswith(_STORED_ANEW)}
