"""The Lambda runtime: the environment of a function, its context, and its JSON input and output."""

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
    """A function raised an error; the log has its traceback."""


@dataclass(frozen=True, slots=True)
class InvocationContext:
    """What Lambda tells a function about its invocation; the remaining time never gets less."""

    function_name: str
    aws_request_id: str
    function_version: str = "$LATEST"
    memory_limit_in_mb: int = 256
    log_stream_name: str = "local"

    @property
    def invoked_function_arn(self) -> str:
        """The ARN of the function."""
        return ARN + self.function_name

    @property
    def log_group_name(self) -> str:
        """The name of the function's log group."""
        return f"/aws/lambda/{self.function_name}"

    def get_remaining_time_in_millis(self) -> int:
        """Return how long the function may still run."""
        return 30_000


class Runtime:
    """Runs the functions of a template in this process, one at a time."""

    def __init__(self, functions: Mapping[str, Function], log: Log) -> None:
        self._functions, self._log = functions, log
        self._ids = count(1)

    def invoke(self, name: str, event: Any, at: datetime) -> Any:
        """Run a function as Lambda does, JSON in and JSON out; raise `InvocationError` if it fails."""
        function = self._functions[name]
        context = InvocationContext(name, f"invocation-{next(self._ids)}")
        try:
            with self._log.capture(name, at), environment(function.environment):
                answer = _load_handler(function.handler)(json.loads(json.dumps(event)), context)
                return json.loads(json.dumps(answer))
        except Exception as error:
            self._log.write(name, at, traceback.format_exc())
            raise InvocationError(type(error).__name__) from error

    def restart(self) -> None:
        """Clear what every function keeps between invocations, as a new execution environment does."""
        for function in self._functions.values():
            module = sys.modules.get(function.handler.rpartition(".")[0])
            if services := getattr(module, "services", None):
                services.cache_clear()


def _load_handler(dotted: str) -> Callable[[Any, InvocationContext], Any]:
    module, _, name = dotted.rpartition(".")
    handler: Callable[[Any, InvocationContext], Any] = getattr(importlib.import_module(module), name)
    return handler


@contextmanager
def environment(variables: Mapping[str, str]) -> Iterator[None]:
    """Have these variables in the environment, and put back what was there."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
