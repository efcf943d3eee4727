"""A local stack that records each call of AWS: the function, the parameters, and the code it came through."""

import importlib
import sys
from collections.abc import Iterator, Mapping
from types import FrameType
from typing import Any, NamedTuple

import boto3
import pytest
from botocore.handlers import BUILTIN_HANDLERS
from botocore.model import OperationModel

from local.runtime import environment
from local.world import World
from shared.aws.direct import DirectClient
from shared.aws.networks import read_ahead
from tests.conftest import ROOT

_AWS = str(ROOT / "shared" / "aws")


class Place(NamedTuple):
    """A function or method of ours in `shared/aws`."""

    file: str
    name: str


class Call(NamedTuple):
    """One call of AWS by a function; `through` is the code of ours that it came through, innermost first."""

    function: str
    service: str
    operation: str
    params: Mapping[str, Any]
    through: tuple[Place, ...]


class RecordingWorld(World):
    """The local stack, and every call of AWS that its functions make."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[Call] = []
        self._running: list[str] = []
        self._patch = pytest.MonkeyPatch()
        call = DirectClient._call

        def recorded(client: DirectClient, operation: str, **request: Any) -> Any:
            self._add(client.service, operation, request)
            return call(client, operation, **request)

        self._patch.setattr(DirectClient, "_call", recorded)

    def __exit__(self, *error: object) -> None:
        self._patch.undo()
        super().__exit__(*error)

    def reset(self) -> None:
        """Start over with an empty recording; functions connect later, at their first call."""
        super().reset()
        self.calls = []
        assert boto3.DEFAULT_SESSION
        boto3.DEFAULT_SESSION.events.register("provide-client-params", self._record)
        past_boto3 = ("provide-client-params.s3", self._record)
        if past_boto3 not in BUILTIN_HANDLERS:
            BUILTIN_HANDLERS.append(past_boto3)

    def invoke(self, function: str, event: Any) -> Any:
        """Run one function, and record its calls under its name."""
        self._running.append(self.template.named(function).name)
        try:
            return super().invoke(function, event)
        finally:
            self._running.pop()

    def start(self) -> None:
        """Start each function as Lambda does before its first request, and record its calls."""
        for function in self.template.functions.values():
            handler = importlib.import_module(function.handler.rpartition(".")[0])
            if (ROOT / "functions" / function.folder / "start.py").exists():
                self._running.append(function.name)
                with environment(function.environment):
                    read_ahead(handler.services)
                self._running.pop()

    def _record(self, params: Mapping[str, Any], model: OperationModel, **_: Any) -> None:
        self._add(model.service_model.service_name, model.name, params)

    def _add(self, service: str, operation: str, params: Mapping[str, Any]) -> None:
        if self._running:
            self.calls.append(Call(self._running[-1], service, operation, params, tuple(_through())))


def _through() -> Iterator[Place]:
    frame: FrameType | None = sys._getframe()
    while frame := frame.f_back if frame else None:
        folder, _, file = frame.f_code.co_filename.rpartition("/")
        if folder == _AWS:
            yield Place(file, frame.f_code.co_name)
