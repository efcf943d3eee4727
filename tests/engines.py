"""What plays DynamoDB in the tests of the table: moto always, and real servers where there are some."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from itertools import count
from typing import Any

import boto3
import pytest
from botocore.httpsession import URLLib3Session
from moto import mock_aws
from moto.core.botocore_stubber import BotocoreStubber

from tests import ministack

LOCAL_URL = os.environ.get("DYNAMODB_LOCAL_URL", "")
# Many writes at one moment only where they are really judged one by one: moto loses some then.
SERVERS = ("ministack", *(["dynamodb-local"] if LOCAL_URL else []))
ENGINES = ("moto", *SERVERS)
Send = Callable[[Any], Any]
Around = Callable[[Send, Any], Any]


def without_chance(patch: pytest.MonkeyPatch) -> None:
    """Count where the functions ask for chance, so that what is played again is the same again."""
    numbers = count()
    patch.setattr("secrets.token_hex", lambda _: f"seed-{next(numbers):08}")


class Engine:
    """One DynamoDB: its address, empty for moto, which sits inside botocore."""

    def __init__(self, url: str = "") -> None:
        self.url = url

    def around(self, patch: pytest.MonkeyPatch, what: Around) -> None:
        """Have every request pass through `what`, below everything that botocore does by itself."""
        if self.url:
            send = URLLib3Session.send
            patch.setattr(URLLib3Session, "send", lambda own, r: what(lambda r: send(own, r), r))
        else:
            play = BotocoreStubber.__call__
            patch.setattr(
                BotocoreStubber,
                "__call__",
                lambda own, event_name, request, **_: what(lambda r: play(own, event_name, r), request),
            )

    @contextmanager
    def playing(self, patch: pytest.MonkeyPatch) -> Iterator[None]:
        """Have every client ask this engine, which is empty when it starts and is left so."""
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
            patch.setenv(name, "testing")
        patch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
        patch.setenv("AWS_ACCOUNT_ID_ENDPOINT_MODE", "disabled")
        if not self.url:
            with mock_aws():
                yield
            return
        patch.setenv("AWS_ENDPOINT_URL_DYNAMODB", self.url)
        yield
        client = boto3.client("dynamodb")
        with suppress(client.exceptions.ResourceNotFoundException):
            client.delete_table(TableName="tweetal")
        client.close()


class Engines:
    """The engines that there are, each started when it is first asked for; a context manager."""

    def __init__(self) -> None:
        self._started: dict[str, Engine] = {"moto": Engine()}
        self._open = ExitStack()

    def __enter__(self) -> "Engines":
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def named(self, name: str) -> Engine:
        """Return an engine; skip the test, and say how to have it, where it is not there."""
        if name not in self._started:
            self._started[name] = Engine(self._open.enter_context(_STARTS[name]()))
        return self._started[name]


@contextmanager
def _ministack() -> Iterator[str]:
    if not ministack.PYTHON.exists():
        pytest.skip("there is no MiniStack here; make engines installs it")
    with ministack.running() as url:
        yield url


@contextmanager
def _dynamodb_local() -> Iterator[str]:
    yield ministack.answering(LOCAL_URL)


_STARTS: dict[str, Callable[[], AbstractContextManager[str]]] = {
    "ministack": _ministack,
    "dynamodb-local": _dynamodb_local,
}
