"""The Lambda runtime: a function's environment, its context, and the JSON that goes in and out."""

import importlib
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from local.log import Log
from local.template import Function

ARN = "arn:aws:lambda:eu-west-1:123456789012:function:"


class InvocationError(Exception):
    """A function raised an error; the log says which."""


@dataclass(frozen=True, slots=True)
class Context:
    """What Lambda tells a function of its invocation; time stands still, so none of it is ever used up."""

    function_name: str
    aws_request_id: str
    function_version: str = "$LATEST"
    memory_limit_in_mb: int = 256
    log_stream_name: str = "local"

    @property
    def invoked_function_arn(self) -> str:
        """The name under which it was called."""
        return ARN + self.function_name

    @property
    def log_group_name(self) -> str:
        """Where its log would go."""
        return f"/aws/lambda/{self.function_name}"

    def get_remaining_time_in_millis(self) -> int:
        """Return how long the function may still take."""
        return 30_000


class Runtime:
    """Runs the functions of a template in this process, one at a time."""

    def __init__(self, functions: Mapping[str, Function], log: Log) -> None:
        self._functions, self._log = functions, log
        self._ids = count(1)

    def invoke(self, name: str, event: Any, at: datetime) -> Any:
        """Run a function as Lambda would, JSON in and JSON out; raise `InvocationError` when it fails."""
        function = self._functions[name]
        context = Context(name, f"invocation-{next(self._ids)}")
        try:
            with self._log.capture(name, at), _environment(function.environment):
                answer = _handler(function.handler)(json.loads(json.dumps(event)), context)
                return json.loads(json.dumps(answer))
        except Exception as error:
            self._log.write(name, at, traceback.format_exc())
            raise InvocationError(type(error).__name__) from error

    def restart(self) -> None:
        """Let every function forget what it kept between invocations, as new execution environments would."""
        for function in self._functions.values():
            module = sys.modules.get(function.handler.rpartition(".")[0])
            if services := getattr(module, "services", None):
                services.cache_clear()


def _handler(dotted: str) -> Callable[[Any, Context], Any]:
    module, _, name = dotted.rpartition(".")
    handler: Callable[[Any, Context], Any] = getattr(importlib.import_module(module), name)
    return handler


@contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
